import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashOfHashes, hex16 } from '../../../tests/support/hashes.ts';
import { inspectStaged } from '../../../tests/support/inspect-staged.ts';
import { openMemoryWarehouse } from '../../../tests/support/memory-warehouse.ts';
import { gameDate } from '../../calendar/game-date.ts';
import { arrayOf, bool, date, int64, numeric, string } from '../../sql/column.ts';
import { emptyHash } from '../../table/partition-hash.ts';
import { type ComputedTable, defineTable } from '../../table/table-definition.ts';
import type { DuckDbWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts';
import { emptyStagedDate, type StagedDate } from './staged-dates.ts';

const table: ComputedTable = defineTable({
  kind: 'computed',
  phase: 'precompute',
  name: 'zones',
  dataset: 'nba_precompute',
  purpose: '',
  partition: 'day',
  key: ['team', 'day'],
  cluster: ['team'],
  columns: [
    string('team', ''),
    date('day', ''),
    int64('games', '', { range: { min: 1, max: 15, severity: 'error' } }),
    numeric('pct', [5, 3], '', {
      nullWhen: 'no attempts',
      range: { min: 0.3, max: 0.8, severity: 'warn' },
    }),
    bool('ready', ''),
    arrayOf('STRING', 'issues', ''),
  ],
  isReadByKeys: true,
  inputs: [],
  options: [],
  bootstrap: false,
  lookback: undefined,
  excludes: true,
  checks: [
    {
      kind: 'row',
      name: 'ready_with_few_games',
      severity: 'error',
      violation: 'ready AND games < 3',
    },
    {
      kind: 'group',
      name: 'teams_disagree',
      severity: 'warn',
      sql: (staged) => `
SELECT day AS partition_date, COUNT(DISTINCT games) - 1 AS violations, 'games ' || CAST(MIN(games) AS STRING) AS example
FROM ${staged} AS staged
GROUP BY day
HAVING COUNT(DISTINCT games) > 3`,
    },
  ],
  expectedRows: () => ({ min: 0, max: 30, why: '' }),
  rowsSql: () => '',
});

type Line = readonly [
  team: string,
  day: string,
  games: string,
  pct: string,
  hash: string,
  exclusion?: string,
];

const sound: readonly Line[] = [
  ['BOS', '2023-11-01', '5', '0.550', 'ffff000000000000'],
  ['DEN', '2023-11-01', '6', 'NULL', '0000111100000000'],
  ['LAL', '2023-11-01', '2', '0.500', 'aaaa000000000000', 'INSUFFICIENT_DATA'],
  ['BOS', '2023-11-02', '1', '0.300', 'bbbb000000000000'],
  ['BOS', '2023-11-04', '3', '0.300', 'cccc000000000000', 'INSUFFICIENT_DATA'],
  ['DEN', '2023-11-04', '3', '0.300', 'dddd000000000000', 'BELOW_QUALITY_THRESHOLD'],
];

let warehouse: DuckDbWarehouse;

beforeAll(async () => {
  warehouse = await openMemoryWarehouse();
});
afterAll(() => warehouse.close());

async function inspect(lines: readonly Line[]): Promise<ReadonlyMap<string, StagedDate>> {
  const text = (value: string) => (value === 'NULL' ? 'NULL' : `'${value}'`);
  const rows = lines.map(
    ([team, day, games, pct, hash, exclusion = 'NULL']) =>
      `(${text(team)}, DATE '${day}', ${games}, CAST(${pct} AS DECIMAL(5, 3)), FALSE, ['a'], ${text(hash)}, ${text(exclusion)})`,
  );
  await warehouse.stage(
    'staged_zones',
    `SELECT * FROM (VALUES ${rows.join(', ')})
    AS t(team, day, games, pct, ready, issues, data_hash, exclusion_reason)`,
  );
  return inspectStaged(warehouse, table, 'staged_zones');
}

const day = (text: string) => gameDate(text);

describe('sound rows', () => {
  it('are counted per date, those left out apart', async () => {
    const found = await inspect(sound);
    const counts = [...found.values()].map((one) => [one.date, one.rows, one.excluded]);
    expect(counts.toSorted()).toEqual([
      ['2023-11-01', 2, 1],
      ['2023-11-02', 1, 0],
      ['2023-11-04', 0, 2],
    ]);
    expect([...found.values()].flatMap(({ violations }) => violations)).toEqual([]);
  });

  it('a date is hashed by its row hashes, and by its keys without the date', async () => {
    const one = (await inspect(sound)).get(day('2023-11-01'));
    expect(one?.dataHash).toBe(hashOfHashes(['0000111100000000', 'ffff000000000000']));
    expect(one?.keyHash).toBe(hashOfHashes(['BOS', 'DEN'].map(hex16)));
  });

  it('a date of which everybody was left out has the hash of nothing', async () => {
    const one = (await inspect(sound)).get(day('2023-11-04'));
    expect(one).toEqual({ ...emptyStagedDate(day('2023-11-04')), excluded: 2 });
    expect(emptyHash).toBe(hashOfHashes([]));
  });

  it('the order in which rows come does not matter', async () => {
    const forth = await inspect(sound);
    const back = await inspect(sound.toReversed());
    for (const [date_, one] of forth) expect(back.get(date_)).toEqual(one);
  });

  it('a date without rows is not there', async () => {
    expect((await inspect(sound)).has(day('2023-11-03'))).toBe(false);
  });
});

describe('unsound rows', () => {
  const violationsOf = async (extra: readonly Line[]) =>
    (await inspect([...sound, ...extra])).get(day('2023-11-02'))?.violations;

  it('a doubled key', async () => {
    expect(
      await violationsOf([
        ['BOS', '2023-11-02', '2', '0.400', 'e'],
        ['BOS', '2023-11-02', '2', '0.400', 'e'],
      ]),
    ).toEqual([{ check: 'doubled key', severity: 'error', count: 2 }]);
  });

  it('a key that is doubled only by a row left out is not', async () => {
    expect(
      await violationsOf([['BOS', '2023-11-02', '2', '0.400', 'e', 'INSUFFICIENT_DATA']]),
    ).toEqual([]);
  });

  it('NULL where there may be none, in the key too', async () => {
    expect(
      await violationsOf([
        ['DEN', '2023-11-02', 'NULL', '0.400', 'e'],
        ['NULL', '2023-11-02', '3', 'NULL', 'e'],
      ]),
    ).toEqual([{ check: 'NULL in a column that may not be', severity: 'error', count: 2 }]);
  });

  it('a value outside its range, as severe as the column says; the bounds themselves are inside', async () => {
    expect(
      await violationsOf([
        ['DEN', '2023-11-02', '15', '0.800', 'e'],
        ['LAL', '2023-11-02', '1', '0.300', 'e'],
      ]),
    ).toEqual([]);
    expect(
      await violationsOf([
        ['DEN', '2023-11-02', '16', '0.801', 'e'],
        ['LAL', '2023-11-02', '0', '0.299', 'e'],
        ['NYK', '2023-11-02', '1', 'NULL', 'e'],
      ]),
    ).toEqual([
      { check: 'games outside 1 to 15', severity: 'error', count: 2 },
      { check: 'pct outside 0.3 to 0.8', severity: 'warn', count: 2 },
    ]);
  });

  it('a row check and a group check of the table', async () => {
    const found = await violationsOf([
      ['DEN', '2023-11-02', '2', '0.400', 'e'],
      ['LAL', '2023-11-02', '3', '0.400', 'e'],
      ['NYK', '2023-11-02', '4', '0.400', 'e'],
    ]);
    expect(found).toEqual([
      { check: 'teams_disagree', severity: 'warn', count: 3, example: 'games 1' },
    ]);
    await warehouse.run("UPDATE staged_zones SET ready = TRUE WHERE team = 'DEN'");
    const again = await inspectStaged(warehouse, table, 'staged_zones');
    expect(again.get(day('2023-11-02'))?.violations).toEqual([
      { check: 'ready_with_few_games', severity: 'error', count: 1 },
      { check: 'teams_disagree', severity: 'warn', count: 3, example: 'games 1' },
    ]);
  });

  it('stay on their own date', async () => {
    const found = await inspect([...sound, ['DEN', '2023-11-02', '99', '0.400', 'e']]);
    expect(found.get(day('2023-11-01'))?.violations).toEqual([]);
  });

  it('a group check does not judge rows that are left out', async () => {
    const found = await violationsOf([
      ['DEN', '2023-11-02', '2', '0.400', 'e', 'INSUFFICIENT_DATA'],
      ['LAL', '2023-11-02', '3', '0.400', 'e', 'INSUFFICIENT_DATA'],
      ['NYK', '2023-11-02', '4', '0.400', 'e', 'INSUFFICIENT_DATA'],
    ]);
    expect(found).toEqual([]);
  });

  it('a NULL among the elements of a list', async () => {
    await inspect(sound);
    await warehouse.run(
      "UPDATE staged_zones SET issues = ['a', NULL] WHERE day = DATE '2023-11-02'",
    );
    const found = await inspectStaged(warehouse, table, 'staged_zones');
    expect(found.get(day('2023-11-02'))?.violations).not.toEqual([]);
  });
});
