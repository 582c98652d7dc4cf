import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { ledgerTables } from '../../src/ledger/ledger-tables.ts';
import { qualifiedName } from '../../src/table/table-definition.ts';
import { loadTables } from '../../src/table/table-registry.ts';
import { openDuckDb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { prepare } from '../support/run-command.ts';
import { scheduledGame } from '../support/scheduled-game.ts';
import { changeFile, partitionHashes } from '../support/warehouse-file.ts';
import { writeCsv } from '../support/write-source.ts';
import { differentRows, ledgerOf } from './engines.ts';
import { smallLeague } from './small-league.ts';

const league = smallLeague('ingest', 4);
const rawTables = (await loadTables()).all.filter(({ dataset }) => dataset === 'nba_raw');
const commits = /^BEGIN TRANSACTION[\s\S]*INSERT INTO nba_raw/;
const loads = /^LOAD /;

const ingest = (...files: readonly string[]) => league().onStandIn('ingest', 'simulated', ...files);

/** Records and rows of raw tables, which must always agree. */
function partitions(): readonly string[] {
  const { database } = league();
  if (!database.has('backcourt.partitions')) return [];
  const records = database.rows('backcourt.partitions');
  for (const { name, partition } of rawTables) {
    const rows = database.rows(`nba_raw.${name}`);
    for (const { partition_date: date, row_count: count } of records.filter(
      ({ table_name }) => table_name === name,
    )) {
      expect(rows.filter((row) => row[partition] === date).length).toBe(count);
    }
    const recorded = records
      .filter(({ table_name }) => table_name === name)
      .reduce((sum, { row_count }) => sum + Number(row_count), 0);
    expect(rows.length).toBe(recorded);
  }
  return records.map(({ table_name, partition_date }) => `${table_name} ${partition_date}`).sort();
}

/** Compares all raw rows and records on the stand-in with those of a DuckDB file. */
async function expectSameAs(path: string): Promise<void> {
  const { database, open } = league();
  const duckdb = await openDuckDb({
    path,
    mode: 'read',
    waitSeconds: 0,
    threads: undefined,
    writer: { pid: 1, host: 'here', startedAt: '' },
  });
  try {
    const engines = { duckdb, database, google: open.warehouse, close: async () => {} };
    for (const table of rawTables) expect(await differentRows(engines, table)).toEqual([]);
    expect(await ledgerOf(open.warehouse)).toEqual(await ledgerOf(duckdb));
  } finally {
    await duckdb.close();
  }
}

/** A copy of a file of box scores in which one value differs. */
async function corrected(day: string, name: string, change: string): Promise<string> {
  const [logs = ''] = league().files;
  const path = join(league().folder, name);
  await changeFile(
    ':memory:',
    `CREATE TABLE source AS FROM read_parquet('${logs}');
COPY (SELECT * REPLACE (CASE WHEN GAME_DATE LIKE '${day}%' AND PLAYER_ID = (
  SELECT MIN(PLAYER_ID) FROM source WHERE GAME_DATE LIKE '${day}%') THEN ${change})
FROM source) TO '${path}' (FORMAT parquet)`,
  );
  return path;
}

describe('an ingest', () => {
  test('makes the warehouse, and writes what DuckDB writes; a second one writes nothing', async () => {
    const { files, ingested, dates, open, database } = league();
    const first = await ingest(...files);
    expect([first.exitCode, first.stderr]).toEqual([0, '']);
    expect(first.lines[0]).toContain(`into ${open.place}, simulated data`);
    await expectSameAs(ingested);
    expect(partitions().length).toBe(4 * dates.length);
    expect([...database.tables().keys()].filter((name) => name.includes('arrived'))).toEqual([]);

    const loaded = open.standIn.jobs.filter(({ sql }) => /^LOAD .*_(shots|player_box)/.test(sql));
    expect(loaded.length).toBe(2);
    expect(loaded[0]?.jobId).toMatch(/^backcourt_\d{8}T\d{6}Z-[0-9a-f]{6}_[0-9a-f]+_nba-raw_/);
    const second = await ingest(...files);
    expect(second.stdout).toMatch(/shots .* nothing changed/);
    await expectSameAs(ingested);
    expect(database.rows('backcourt.runs').map(({ verb, exit_code }) => [verb, exit_code])).toEqual(
      [
        ['ingest', 0],
        ['ingest', 0],
      ],
    );
    expect(database.rows('backcourt.raw_files').length).toBe(4);
  });

  test('makes every table of the definitions', async () => {
    await ingest(...league().files);
    const { all } = await loadTables();
    for (const table of [...ledgerTables, ...all]) {
      expect(league().database.has(qualifiedName(table))).toBe(true);
    }
  });

  test('of a corrected box score rewrites one date, as DuckDB does', async () => {
    const { files, ingested, dates, folder, open } = league();
    const file = await corrected(dates[2] ?? '', 'one.parquet', 'AST + 1 ELSE AST END AS AST');
    const other = join(folder, 'corrected.duckdb');
    copyFileSync(ingested, other);
    await prepare(['ingest', 'simulated', file, '--warehouse', other]);
    await ingest(...files);
    const before = open.standIn.jobs.length;
    expect((await ingest(file)).stdout).toMatch(
      new RegExp(`player_box .*1 date written: ${dates[2]}`),
    );
    await expectSameAs(other);
    const read = open.standIn.jobs
      .slice(before)
      .filter(({ sql }) => /FROM nba_raw.shots/.test(sql));
    expect(
      read.map(({ sql }) => sql.includes(`DATE '${dates[2]}'`) && !sql.includes('IN (')),
    ).toEqual([true]);
  });

  test('keeps what it replaces, as a file does: the past of both is the same', async () => {
    const { files, ingested, dates, folder } = league();
    const file = await corrected(dates[2] ?? '', 'later.parquet', 'AST + 1 ELSE AST END AS AST');
    await ingest(...files);
    await sleep(5);
    const time = new Date().toISOString().slice(0, 23);
    await sleep(5);
    await ingest(file);
    const past = join(folder, 'past.duckdb');
    const made = await league().onStandIn('as-known-at', time, '--to', past);
    expect([made.exitCode, made.stderr]).toEqual([0, '']);
    const raw = async (path: string) =>
      [...(await partitionHashes(path))].filter(([unit]) =>
        rawTables.some(({ name }) => unit.startsWith(`${name} `)),
      );
    expect(await raw(past)).toEqual(await raw(ingested));
    const told = await league().onStandIn('history', 'player_box', dates[2] ?? '');
    const unit = ['player_box', dates[2] ?? ''];
    const known = await league().onStandIn('explain', ...unit, '--known-at', time, '--json');
    const states = await league().onStandIn('history', ...unit, '--json');
    expect(JSON.parse(known.stdout)).toMatchObject({
      record: { run_id: JSON.parse(states.lines[0] ?? '').run_id },
    });
    expect(told.lines.slice(1).map((line) => /run \S+: (.*)$/.exec(line)?.[1])).toEqual([
      ...[undefined, undefined],
      '1 row changed',
    ]);
  });

  test('of a date with fewer rows is refused, and allowed with --allow-shrink', async () => {
    const { files, folder, ingested } = league();
    const [logs = ''] = files;
    const fewer = join(folder, 'fewer.parquet');
    await changeFile(
      ':memory:',
      `CREATE TABLE source AS FROM read_parquet('${logs}');
CREATE TABLE busiest AS
  SELECT GAME_DATE, MIN(GAME_ID) AS kept FROM source
  GROUP BY GAME_DATE ORDER BY COUNT(DISTINCT GAME_ID) DESC, GAME_DATE LIMIT 1;
COPY (
  SELECT source.* FROM source LEFT JOIN busiest USING (GAME_DATE)
  WHERE kept IS NULL OR GAME_ID = kept
) TO '${fewer}' (FORMAT parquet)`,
    );
    await ingest(...files);
    const refused = await ingest(fewer);
    expect([refused.exitCode, refused.stdout.includes('allow it with --allow-shrink')]).toEqual([
      5,
      true,
    ]);
    await expectSameAs(ingested);
    expect((await ingest(fewer, '--allow-shrink')).exitCode).toBe(0);
    partitions();
  });

  test('of an impossible row refuses its date alone', async () => {
    const { dates, files } = league();
    const [, shots = ''] = files;
    const file = await corrected(dates[1] ?? '', 'bad.parquet', '-5 ELSE PTS END AS PTS');
    const { exitCode, stdout } = await ingest(file, shots);
    expect(exitCode).toBe(3);
    expect(stdout).toContain(`refused player_box ${dates[1]}`);
    const record = league()
      .database.rows('backcourt.partitions')
      .find((row) => row['table_name'] === 'player_box' && row['partition_date'] === dates[1]);
    expect(record).toMatchObject({ state: 'failed', failure_kind: 'bad_data', row_count: 0 });
    partitions();
  });

  test('of a schedule moves a game, and takes away the date that is left without one', async () => {
    const { folder, database } = league();
    const opener = { id: '0022300900', away: 'BOS', home: 'NYK' };
    const other = { id: '0022300901', date: '2024-01-20', away: 'LAL', home: 'DEN' };
    const load = (date: string) => {
      const rows = [{ ...opener, date }, other].map((game) => scheduledGame(game));
      return league().onStandIn('ingest', 'schedule', writeCsv(folder, `on-${date}.csv`, rows));
    };
    const days = () => database.rows('nba_raw.schedule').map((row) => row['game_date']);
    expect((await load('2024-01-10')).exitCode).toBe(0);
    expect(days().sort()).toEqual(['2024-01-10', '2024-01-20']);
    const moved = await load('2024-01-12');
    expect(moved.stdout).toContain('moved game 0022300900 from 2024-01-10 to 2024-01-12');
    expect(days().sort()).toEqual(['2024-01-12', '2024-01-20']);
    expect(partitions().filter((name) => name.endsWith('2024-01-10'))).toEqual([]);
  });

  test('of birth dates writes the one partition without a date', async () => {
    const file = writeCsv(league().folder, 'players.csv', [
      { player_id: 1, birth_date: '1999-01-02', DATA_KIND: 'simulated' },
      { player_id: 2, birth_date: '2001-03-04', DATA_KIND: 'simulated' },
    ]);
    for (const written of [2, 2]) {
      expect((await league().onStandIn('ingest', 'players', file)).exitCode).toBe(0);
      expect(league().database.rows('nba_raw.players').length).toBe(written);
    }
  });

  test('never mixes real and simulated', async () => {
    const { files, database } = league();
    await ingest(...files);
    const file = writeCsv(league().folder, 'real.csv', [
      { player_id: 1, birth_date: '1999-01-02' },
    ]);
    const { exitCode, stderr } = await league().onStandIn('ingest', 'players', file);
    expect([exitCode, stderr.includes('real and simulated never mix')]).toEqual([2, true]);
    expect(database.rows('nba_raw.players')).toEqual([]);
  });
});

describe('what goes wrong on the way', () => {
  const answer = (status: number, reason: string, message: string) =>
    ({ kind: 'answer', status, reason, message }) as const;

  test.each([
    ['before the first file', loads, 'before', 0],
    ['after the first file', loads, 'after', 0],
    ['before the commit', commits, 'before', 0],
    ['after the commit', commits, 'after', 4],
  ] as const)('a connection that breaks %s leaves all or nothing', async (_, sql, when, tables) => {
    const { files, ingested, open, dates } = league();
    open.standIn.inject({ sql, times: 1, happens: { kind: 'break', when } });
    const broken = await ingest(...files);
    expect(broken.exitCode).toBe(8);
    open.standIn.heal();
    expect(partitions().length).toBe(tables * dates.length);
    expect((await ingest(...files)).exitCode).toBe(0);
    await expectSameAs(ingested);
  });

  test('a load or a commit whose answer is lost happens once', async () => {
    const { files, ingested, open } = league();
    open.standIn.inject({ sql: loads, times: 1, happens: { kind: 'lostAnswer' } });
    open.standIn.inject({ sql: commits, times: 1, happens: { kind: 'lostAnswer' } });
    expect((await ingest(...files)).exitCode).toBe(0);
    expect(open.standIn.jobs.filter(({ sql }) => commits.test(sql)).length).toBe(1);
    await expectSameAs(ingested);
  });

  test('a load that fails in passing is sent again', async () => {
    const { files, ingested, open } = league();
    const happens = answer(503, 'backendError', 'Error encountered during execution.');
    open.standIn.inject({ sql: loads, times: 1, happens });
    expect((await ingest(...files)).exitCode).toBe(0);
    await expectSameAs(ingested);
  });

  test.each([
    ['a quota', answer(403, 'quotaExceeded', 'Quota exceeded: imports'), 'quota of the project'],
    ['no access', answer(403, 'accessDenied', 'Access Denied: Table x'), 'BigQuery Data Editor'],
  ])('%s ends it, says what to do, and nothing is written', async (_, happens, advice) => {
    const { files, open } = league();
    open.standIn.inject({ sql: loads, times: 9, happens });
    const { exitCode, stderr } = await ingest(...files);
    expect([exitCode, stderr.includes(advice)]).toEqual([8, true]);
    expect(partitions()).toEqual([]);
  });

  test('an expired token says which command renews it', async () => {
    const { files, open } = league();
    open.standIn.expireTokens();
    const { exitCode, stderr } = await ingest(...files);
    expect([exitCode, stderr.includes('gcloud auth application-default login')]).toEqual([8, true]);
  });

  test('rows that arrive other than they were sent are not written', async () => {
    const { files, open, database } = league();
    // Between the load and the look at it: somebody else's hand, or a fault of the transport.
    open.standIn.onJob(/^LOAD .*player_box/, async (sql) => {
      const table = sql.replace(/^LOAD /, '');
      await database.change(`UPDATE ${table} SET pts = pts + 1 WHERE player_id IS NOT NULL`);
    });
    const { exitCode, stderr } = await ingest(...files);
    expect(exitCode).toBe(8);
    expect(stderr).toMatch(/player_box \S+ arrived .* nothing was written, load the files again/);
    expect(partitions()).toEqual([]);
  });

  test('a signal before the commit leaves everything as it was', async () => {
    const { files, open } = league();
    const stop = new AbortController();
    open.standIn.onJob(/^LOAD .*partitions/, async () => stop.abort());
    const { exitCode, stderr } = await league().stoppable(
      stop.signal,
      ...['ingest', 'simulated', ...files],
    );
    expect([exitCode, stderr]).toEqual([130, 'error: interrupted; nothing was written\n']);
    expect(partitions()).toEqual([]);
    const [run] = league().database.rows('backcourt.runs');
    expect(run).toMatchObject({ exit_code: 130 });
  });
});
