import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { ledgerFormatVersion } from '../../src/ledger/ledger-tables.ts';
import { duckdbDialect as sql } from '../../src/sql/duckdb-dialect.ts';
import { partitionHash } from '../../src/table/partition-hash.ts';
import { loadTables } from '../../src/table/table-registry.ts';
import { copyOf } from '../support/copy-of.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cellOf, changeFile, partitionHashes, queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('older-props');
const file = join(folder, 'props.csv');
const fresh = join(folder, 'fresh.duckdb');
const days = ['2023-10-24', '2023-10-25', '2023-10-26'] as const;
const [, damaged] = days;
let former: Awaited<ReturnType<typeof playerProps>>;

async function playerProps() {
  const table = (await loadTables()).get('player_props');
  if (!table) throw new Error('no player_props');
  return { ...table, columns: table.columns.filter(({ name }) => !name.endsWith('_price')) };
}

beforeAll(async () => {
  const rows = days.flatMap((day) =>
    ['points', 'rebounds'].map((market) => `e1,Book,Nikola Jokic,${day},${market},20.5,1.9,-110`),
  );
  const heading = 'event_id,bookmaker,player_name,game_date,market,line,over_price,under_price';
  writeFileSync(file, [heading, ...rows].join('\n'));
  await prepare(['ingest', 'player-props', file, '--warehouse', fresh]);
  former = await playerProps();
});

/** The file as an older Backcourt left it: points lines without prices, in the hashes of its columns; a date is damaged. */
async function olderFile(format: 5 | 6): Promise<string> {
  const path = copyOf(fresh);
  const parts = former.columns.flatMap((column) => [sql.hashText(column), sql.string('|')]);
  const text = sql.concat([...parts, sql.string('\n')]);
  const hash =
    format === 5
      ? `substr(sha256(string_agg(${text}, '' ORDER BY ${text})), 1, 16)`
      : partitionHash(former, sql).data;
  await changeFile(
    path,
    [
      "DELETE FROM nba_raw.player_props WHERE market <> 'points'",
      'ALTER TABLE nba_raw.player_props DROP COLUMN over_price',
      'ALTER TABLE nba_raw.player_props DROP COLUMN under_price',
      `UPDATE backcourt.partitions SET data_hash = old_hash, row_count = old_rows FROM (
  SELECT game_date AS day, ${hash} AS old_hash, COUNT(*) AS old_rows FROM nba_raw.player_props GROUP BY ALL
) AS hashed WHERE table_name = 'player_props' AND partition_date = day`,
      `UPDATE nba_raw.player_props SET line = 1 WHERE game_date = '${damaged}'`,
      'DROP TABLE backcourt.former_partitions',
      'ALTER TABLE backcourt.changes DROP COLUMN row_hash',
      'ALTER TABLE backcourt.warehouse DROP COLUMN history_from',
      ...(format === 5 ? ['ALTER TABLE backcourt.partitions DROP COLUMN hash_version'] : []),
      `UPDATE backcourt.warehouse SET format_version = ${format}`,
    ].join(';\n'),
  );
  return path;
}

const told =
  'nba_raw.player_props is of an older Backcourt: over_price, under_price are NULL until its files are loaded again\n';

test.each([5, 6] as const)(
  'an older file of format %i gets the columns; hashes are brought over where they held',
  async (format) => {
    const path = await olderFile(format);
    const on = ['--warehouse', path];
    const set = await backcourt(['config', 'set', 'min_games=4', ...on]);
    expect([set.exitCode, set.stderr]).toEqual([0, told]);
    expect(await cellOf(path, 'SELECT format_version::INT FROM backcourt.warehouse')).toBe(
      ledgerFormatVersion,
    );
    const verified = await backcourt(['verify', '--hashes', '--sample', '0', '--json', ...on]);
    const findings = verified.lines
      .map((line) => JSON.parse(line))
      .filter(({ type }) => type === 'difference');
    expect(findings.map((found) => `${found.table} ${found.date}`)).toEqual([
      `player_props ${damaged}`,
    ]);
  },
);

test('it is looked at as it is, and what reads all columns of its rows says what brings them', async () => {
  const on = ['--warehouse', await olderFile(6)];
  expect(await backcourt(['status', ...on])).toMatchObject({ exitCode: 0, stderr: '' });
  for (const verb of [
    ['verify', '--hashes', '--sample', '0'],
    ['export', 'player_props', '--out', join(folder, 'props.csv.out'), '--format', 'csv'],
  ]) {
    const refused = await backcourt([...verb, ...on]);
    expect(refused.exitCode).toBe(8);
    expect(refused.stderr).toContain(
      'is of an older Backcourt and lacks over_price, under_price; any verb that writes to it brings it up to date',
    );
  }
});

test('what it had not kept comes with the same files, and then nothing differs from a new one', async () => {
  const path = await olderFile(6);
  const load = ['ingest', 'player-props', file, '--warehouse', path];
  const loaded = await backcourt(load);
  expect([loaded.exitCode, loaded.stderr]).toEqual([0, told]);
  expect(loaded.stdout).toMatch(/player_props +6 rows +3 dates +3 dates written/);
  expect(await partitionHashes(path)).toEqual(await partitionHashes(fresh));
  const rows = 'SELECT * FROM nba_raw.player_props ORDER BY ALL';
  expect(await queryFile(path, rows)).toEqual(await queryFile(fresh, rows));
  expect((await backcourt(load)).stdout).toContain('nothing changed');
});
