import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { ledgerFormatVersion } from '../../src/ledger/ledger-tables.ts';
import { duckdbDialect } from '../../src/sql/duckdb-dialect.ts';
import { hasRowProvenance } from '../../src/table/provenance.ts';
import { qualifiedName } from '../../src/table/table-definition.ts';
import { loadTables } from '../../src/table/table-registry.ts';
import { copyOf } from '../support/copy-of.ts';
import { between, gameDatesOf } from '../support/equal-hashes.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cellOf, changeFile, queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('old-ledger');
const table = 'team_offense_game_summary';
let league: Awaited<ReturnType<typeof simulatedWarehouse>>;
let old: string;
let dates: readonly string[];

/** A warehouse as format 1 left it: without the hashes of inputs and projections. */
beforeAll(async () => {
  league = await simulatedWarehouse(folder, { gamesPerTeam: 12, postseason: false });
  const { path } = league;
  old = path;
  dates = await gameDatesOf(path);
  await prepare([
    ...['run', '--backfill', '--tables', table, '--dates', dates.slice(0, 3).join(',')],
    ...['--warehouse', path],
  ]);
  await changeFile(
    path,
    `ALTER TABLE backcourt.partitions DROP COLUMN input_hashes;
    ALTER TABLE backcourt.partitions DROP COLUMN projection_hashes;
    UPDATE backcourt.warehouse SET format_version = 1`,
  );
});

const columns = (path: string) =>
  cellOf(
    path,
    "SELECT count(*)::INT FROM information_schema.columns WHERE table_name = 'partitions' AND column_name IN ('input_hashes', 'projection_hashes')",
  );

test('an older ledger is read as it is', async () => {
  const plan = await backcourt(['plan', '--backfill', '--tables', table, '--warehouse', old]);
  expect(plan.exitCode).toBe(0);
  expect(plan.stdout).toContain('an older version has hashed its rows');
  expect(await columns(old)).toBe(0);
});

test('and brought up to date by the first run that writes; its records stay', async () => {
  const path = join(folder, 'upgraded.duckdb');
  copyFileSync(old, path);
  await prepare([
    ...['run', '--backfill', '--tables', table, '--dates', dates.slice(0, 4).join(',')],
    ...['--warehouse', path],
  ]);
  expect(await cellOf(path, 'SELECT format_version::INT FROM backcourt.warehouse')).toBe(
    ledgerFormatVersion,
  );
  const hashes = await queryFile(
    path,
    `SELECT input_hashes IS NULL AND projection_hashes IS NULL FROM backcourt.partitions WHERE table_name = '${table}' ORDER BY partition_date`,
  );
  expect(hashes.flat()).toEqual([true, true, true, false]);
});

test('dates that an older ledger recorded count by all their columns, and are not stale for that', async () => {
  const path = copyOf(old);
  const season = ['--backfill', ...between(dates[0], dates.at(-1)), '--warehouse', path];
  await prepare(['run', ...season]);
  const recorded = `SELECT partition_date FROM backcourt.partitions WHERE table_name = '${table}' AND projection_hashes IS NULL ORDER BY 1`;
  expect((await queryFile(path, recorded)).flat()).toEqual(dates.slice(0, 3));
  expect((await backcourt(['plan', ...season])).stdout).toContain('nothing to do');
});

test.each([
  [2, ['projection_hashes']],
  [1, ['projection_hashes', 'input_hashes']],
])(
  'a warehouse of format %i that was never filled is brought up to date by its first ingest',
  async (format, lacking) => {
    const path = join(folder, `empty-${format}.duckdb`);
    const { files } = league;
    await expect(
      backcourt(['ingest', 'simulated', ...files, '--warehouse', path]),
    ).resolves.toMatchObject({ exitCode: 0 });
    // Killed before its first commit: the tables of an older Backcourt, and nothing that tells its format.
    await changeFile(
      path,
      [
        'DELETE FROM backcourt.warehouse; DELETE FROM backcourt.partitions; DELETE FROM nba_raw.player_box; DELETE FROM nba_raw.shots',
        ...lacking.map((column) => `ALTER TABLE backcourt.partitions DROP COLUMN ${column}`),
      ].join(';\n'),
    );
    const again = await backcourt(['ingest', 'simulated', ...files, '--warehouse', path]);
    expect([again.exitCode, again.stderr]).toEqual([0, '']);
    expect(await columns(path)).toBe(2);
  },
);

test('a ledger of a newer Backcourt is not touched', async () => {
  const path = join(folder, 'newer.duckdb');
  copyFileSync(old, path);
  await changeFile(path, 'UPDATE backcourt.warehouse SET format_version = 99');
  const run = await backcourt([
    ...['run', '--backfill', '--tables', table, '--dates', dates[5] ?? '', '--warehouse', path],
  ]);
  expect(run.exitCode).toBe(8);
  expect(run.stderr).toContain('made by a newer Backcourt');
});

test('hashes of raw rows are brought over where they held, and what was computed is stale and says why', async () => {
  const fresh = join(folder, 'fresh.duckdb');
  await prepare(['ingest', 'simulated', ...league.files, '--warehouse', fresh]);
  const season = ['--backfill', '--tables', table, '--dates', dates.slice(0, 4).join(',')];
  await prepare(['run', ...season, '--warehouse', fresh]);
  const path = copyOf(fresh);
  const { all } = await loadTables();
  const sql = duckdbDialect;
  const raw = all.filter((stored) => !hasRowProvenance(stored));
  const firstHashes = raw.map((stored) => {
    const parts = stored.columns.flatMap((column) => [sql.hashText(column), sql.string('|')]);
    const text = sql.concat([...parts, sql.string('\n')]);
    return `UPDATE backcourt.partitions SET data_hash = first_hash FROM (
  SELECT ${stored.partition} AS day, substr(sha256(string_agg(${text}, '' ORDER BY ${text})), 1, 16) AS first_hash
  FROM ${qualifiedName(stored)} GROUP BY ALL) AS hashed
WHERE table_name = '${stored.name}' AND partition_date = day`;
  });
  const damaged = dates[8] ?? '';
  await changeFile(
    path,
    [
      ...firstHashes,
      `UPDATE nba_raw.player_box SET ast = ast + 1 WHERE game_date = '${damaged}'`,
      'ALTER TABLE backcourt.partitions DROP COLUMN IF EXISTS hash_version',
      'UPDATE backcourt.warehouse SET format_version = 5',
    ].join(';\n'),
  );
  const on = ['--warehouse', path];
  const before = await backcourt(['verify', '--hashes', '--sample', '0', ...on]);
  expect([before.exitCode, before.stderr, before.stdout]).toEqual([
    0,
    '',
    expect.stringContaining('hashed by an older version, and not proven'),
  ]);
  const explained = await backcourt(['explain', table, dates[0] ?? '', ...on]);
  expect(explained.stdout).toContain('an older version has hashed its rows');
  await prepare(['run', ...season, ...on]);

  const after = await backcourt(['verify', '--hashes', '--sample', '0', '--json', ...on]);
  const findings = after.lines
    .map((line) => JSON.parse(line))
    .filter(({ type }) => type === 'difference');
  expect(findings.map((found) => `${found.table} ${found.date}`)).toEqual([
    `player_box ${damaged}`,
  ]);
  const hashes = (of: string) =>
    queryFile(
      of,
      `SELECT table_name, partition_date::VARCHAR, data_hash, hash_version::INT FROM backcourt.partitions WHERE NOT (table_name = 'player_box' AND partition_date = '${damaged}') ORDER BY ALL`,
    );
  expect(await hashes(path)).toEqual(await hashes(fresh));
});
