import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { gameLog, type SourceRow, shotChart, withEach, withRow } from '../support/game-log.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { differingUnits, partitionHashes, queryFile } from '../support/warehouse-file.ts';
import { renamed, writeCsv, writeParquet } from '../support/write-source.ts';

const folder = tempFolder('spellings');
const games = [
  { id: '0022300061', date: '2023-10-24', away: 'LAL', home: 'DEN' },
  { id: '0022300062', date: '2023-10-25', away: 'BOS', home: 'NYK' },
];
const logs = games.flatMap(gameLog);
const shots = games.flatMap(shotChart);
let warehouses = 0;

async function hashesOf(...files: readonly string[]): Promise<ReadonlyMap<string, string>> {
  warehouses += 1;
  const warehouse = join(folder, `${warehouses}.duckdb`);
  await prepare(['ingest', 'nba-stats', ...files, '--warehouse', warehouse]);
  return partitionHashes(warehouse);
}

describe('the same games in another file give the same hashes', () => {
  let expected: ReadonlyMap<string, string>;
  beforeAll(async () => {
    expected = await hashesOf(
      await writeParquet(folder, 'logs.parquet', logs),
      await writeParquet(folder, 'shots.parquet', shots),
    );
  });
  const lower = (rows: readonly SourceRow[]) => renamed(rows, (name) => name.toLowerCase());
  const backwards = (rows: readonly SourceRow[]) =>
    renamed(
      rows,
      (name) => name,
      (columns) => columns.toReversed(),
    );
  const shortIds = (rows: readonly SourceRow[]) =>
    withEach(rows, (row) => ({ GAME_ID: String(row['GAME_ID']).replace(/^0+/, '') }));
  const decimals = (rows: readonly SourceRow[]) =>
    withEach(rows, (row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          typeof value === 'number' ? value.toFixed(1) : value,
        ]),
      ),
    );
  const numericIds = (rows: readonly SourceRow[]) =>
    withEach(rows, (row) => ({ GAME_ID: Number(row['GAME_ID']) }));
  const signed = (rows: readonly SourceRow[]) =>
    withEach(rows, (row) =>
      'PLUS_MINUS' in row && Number(row['PLUS_MINUS']) > 0
        ? { PLUS_MINUS: `+${row['PLUS_MINUS']}` }
        : {},
    );
  const compactDates = (rows: readonly SourceRow[]) =>
    withEach(rows, (row) => {
      const digits = String(row['GAME_DATE']).replaceAll('-', '').slice(0, 8);
      return { GAME_DATE: digits };
    });

  test.each([
    ['CSV', 'csv', (rows: readonly SourceRow[]) => rows],
    ['compressed CSV', 'csv.gz', (rows: readonly SourceRow[]) => rows],
    ['lower-case headings', 'csv', lower],
    ['columns in another order', 'csv', backwards],
    ['rows in another order', 'csv', (rows: readonly SourceRow[]) => rows.toReversed()],
    ['game ids without their leading zeros', 'csv', shortIds],
    ['integers with a decimal point', 'csv', decimals],
    ['a plus sign', 'csv', signed],
    ['dates without dashes', 'csv', compactDates],
  ])('%s', async (name, ending, change) => {
    const file = name.replaceAll(' ', '-');
    const actual = await hashesOf(
      writeCsv(folder, `${file}-logs.${ending}`, change(logs)),
      writeCsv(folder, `${file}-shots.${ending}`, change(shots)),
    );

    expect(differingUnits(expected, actual)).toEqual([]);
    expect(actual.size).toBe(8);
  });

  test.each([
    ['Parquet with lower-case headings', lower],
    ['Parquet with numeric game ids', numericIds],
    ['Parquet with every value as text', decimals],
  ])('%s', async (name, change) => {
    const file = name.replaceAll(' ', '-');
    const actual = await hashesOf(
      await writeParquet(folder, `${file}-logs.parquet`, change(logs)),
      await writeParquet(folder, `${file}-shots.parquet`, change(shots)),
    );

    expect(differingUnits(expected, actual)).toEqual([]);
  });

  test('and another assist gives another hash', async () => {
    const actual = await hashesOf(
      writeCsv(folder, 'changed.csv', withRow(logs, 0, { AST: 4 })),
      writeCsv(folder, 'same.csv', shots),
    );

    expect(differingUnits(expected, actual)).toEqual(['player_box 2023-10-24']);
  });
});

test.each<readonly [string, string | null, number | null, number | null]>([
  ['minutes and seconds', '40:11', 40, 2411],
  ['plain minutes', '36', 36, 2160],
  ['decimal minutes', '36.5', 36.5, 2190],
  ['less than a minute', '0:45', 0.75, 45],
  ['sixty seconds', '33:60', 34, 2040],
  ['nobody at all', '0:00', 0, 0],
  ['only MIN, rounded half up', null, 30.508334, 1831],
  ['only MIN, two decimals', null, 30.51, 1831],
  ['a decimal comma', '36,5', 36.5, 2190],
  ['ISO 8601', 'PT34M12.00S', 34.2, 2052],
  ['minutes with zeros behind a point', '34.000000:12', 34.2, 2052],
  ['hours, minutes and seconds', '0:34:12', 34.2, 2052],
  ['a duration of a table tool', '0 days 00:34:12', 34.2, 2052],
  ['a dash beside MIN', '-', 34.2, 2052],
])('time on court: %s', async (name, minSec, minutes, seconds) => {
  const file = writeCsv(
    folder,
    `minutes-${name.replaceAll(' ', '-')}.csv`,
    withRow(logs, 0, { MIN_SEC: minSec, MIN: minutes }),
  );
  expect(await secondsOfFirst(file)).toBe(seconds);
});

const idle = Object.fromEntries(
  ['FGM', 'FGA', 'FG3M', 'FG3A', 'FTM', 'FTA', 'OREB', 'DREB', 'AST', 'TOV', 'STL', 'BLK', 'PF']
    .concat('PTS')
    .map((name) => [name, null]),
);

test.each(['-', 'DNP', "DNP - Coach's Decision", 'nan', ' '])(
  'a player who did not play has no time on court: "%s"',
  async (written) => {
    const rows = withRow(logs, 0, { ...idle, MIN_SEC: written, MIN: null });
    const file = await writeParquet(folder, 'idle.parquet', rows);
    expect(await secondsOfFirst(file)).toBeNull();
  },
);

test.each<readonly [string, string | null, string]>([
  ['more than sixty seconds', '12:75', 'unreadable MIN "12:75": a minute has 60 seconds'],
  ['a negative time', '-35', 'unreadable MIN "-35": it is negative'],
  ['a word', '35m', 'unreadable MIN "35m"'],
  ['no number', 'inf', 'unreadable MIN "inf"'],
  ['seconds', '2052', 'MIN "2052" is more than any game has: are these seconds?'],
  [
    'hours and minutes',
    '34:12:00',
    'MIN "34:12:00" is more than any game has: are these hours and minutes?',
  ],
  ['a number beyond all numbers', '1e400', 'unreadable MIN "1e400"'],
  ['a clock beyond all clocks', `${'9'.repeat(30)}:00`, `unreadable MIN "${'9'.repeat(30)}:00"`],
  ['nothing, with counts', null, 'MIN is missing for a player with counts'],
])('time on court that cannot be refuses its date: %s', async (_, written, rule) => {
  warehouses += 1;
  const file = writeCsv(
    folder,
    `time-${warehouses}.csv`,
    withRow(logs, 0, { MIN_SEC: written, MIN: null }),
  );
  const warehouse = join(folder, `${warehouses}.duckdb`);
  const { exitCode, lines } = await backcourt([
    ...['ingest', 'nba-stats', file, '--warehouse', warehouse],
  ]);

  expect(exitCode).toBe(3);
  expect(lines).toContain(`  time-${warehouses}.csv row 1: ${rule}`);
  const dates = await queryFile(
    warehouse,
    'SELECT DISTINCT CAST(game_date AS VARCHAR) FROM nba_raw.player_box',
  );
  expect(dates).toEqual([['2023-10-25']]);
});

test('an empty MIN_SEC falls back to MIN, as a NULL one does', async () => {
  const rows = (minSec: string | null) => withRow(logs, 0, { MIN_SEC: minSec, MIN: 12.5 });
  const empty = await writeParquet(folder, 'empty.parquet', rows(''));
  const none = await writeParquet(folder, 'none.parquet', rows(null));
  expect(await secondsOfFirst(empty)).toBe(750);
  expect(await secondsOfFirst(none)).toBe(750);
});

async function secondsOfFirst(file: string): Promise<number | null> {
  warehouses += 1;
  const warehouse = join(folder, `${warehouses}.duckdb`);
  await prepare(['ingest', 'nba-stats', file, '--warehouse', warehouse]);
  const [row] = await queryFile(
    warehouse,
    `SELECT seconds_played FROM nba_raw.player_box WHERE player_id = ${logs[0]?.['PLAYER_ID']}`,
  );
  return row?.[0] === null || row === undefined ? null : Number(row[0]);
}

test('plus/minus: a sign, a dash, nothing', async () => {
  const changed = withRow(
    withRow(withRow(logs, 0, { PLUS_MINUS: '+7' }), 1, { PLUS_MINUS: '-14' }),
    2,
    { PLUS_MINUS: '-' },
  );
  const warehouse = join(folder, 'plus-minus.duckdb');
  const file = writeCsv(folder, 'plus-minus.csv', changed);
  await prepare(['ingest', 'nba-stats', file, '--warehouse', warehouse]);

  const rows = await queryFile(
    warehouse,
    "SELECT CAST(plus_minus AS INT) FROM nba_raw.player_box WHERE team_abbr = 'LAL' ORDER BY player_id LIMIT 3",
  );
  expect(rows.flat()).toEqual([7, -14, null]);
});

test('other spellings of a team become its tricode', async () => {
  const game = { id: '0022300099', date: '2023-11-02', away: 'BKN', home: 'PHX' };
  const other = { id: '0022300098', date: '2023-11-02', away: 'BOS', home: 'UTA' };
  const spelling: Readonly<Record<string, string>> = { BKN: 'BRK', PHX: 'PHO', UTA: 'UTAH' };
  const rows = withEach([...gameLog(game), ...gameLog(other)], (row) => ({
    TEAM_ABBREVIATION:
      spelling[String(row['TEAM_ABBREVIATION'])] ?? String(row['TEAM_ABBREVIATION']),
  }));
  const warehouse = join(folder, 'variants.duckdb');
  const file = await writeParquet(folder, 'variants.parquet', rows);
  await prepare(['ingest', 'nba-stats', file, '--warehouse', warehouse]);

  expect(
    (await queryFile(warehouse, 'SELECT game_id FROM nba_raw.schedule ORDER BY 1')).flat(),
  ).toEqual(['20231102_BKN_PHX', '20231102_BOS_UTA']);
});
