import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { writeSimulatedLeague } from '../../simulation/write-simulated-league.ts';
import { ledgerFormatVersion } from '../../src/ledger/ledger-tables.ts';
import { googlesqlDialect } from '../../src/sql/googlesql-dialect.ts';
import { hashVersion, partitionHash } from '../../src/table/partition-hash.ts';
import { loadTables } from '../../src/table/table-registry.ts';
import type { DuckDbWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { type Warehouse, WarehouseError } from '../../src/warehouse/warehouse.ts';
import { backfillEverything, ingestedWarehouse } from '../equality/filled-warehouse.ts';
import { between } from '../support/equal-hashes.ts';
import { backcourt } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { copyRawTables } from './copy-raw-tables.ts';
import { type GoogleSqlService, startGoogleSql } from './googlesql/googlesql-service.ts';
import {
  decodeRows,
  type MemoryDatabase,
  makeMemoryDatabase,
} from './googlesql/memory-database.ts';
import { type OpenStandIn, openStandIn } from './open-stand-in.ts';
import { errorTable } from './stand-in/error-table.ts';
import { JobError } from './stand-in/job-error.ts';

const tables = await loadTables();
const table = 'team_offense_game_summary';
const directory = tempFolder('one-writer');
let service: GoogleSqlService;
let duckdb: DuckDbWarehouse;
let dates: readonly string[];
let database: MemoryDatabase;
let open: OpenStandIn;

beforeAll(async () => {
  service = await startGoogleSql();
  const league = { directory, seasons: 1, gamesPerTeam: 4, postseason: false, seed: 31 };
  duckdb = await ingestedWarehouse(tables, await writeSimulatedLeague(league), 'simulated');
  const days = await duckdb.query(
    'SELECT DISTINCT CAST(game_date AS VARCHAR) AS day FROM nba_raw.schedule ORDER BY day',
  );
  dates = days.map(({ day }) => String(day));
});
afterAll(async () => {
  await duckdb?.close();
  await service?.stop();
});
beforeEach(async () => {
  database = makeMemoryDatabase(service);
  await copyRawTables(tables, duckdb, database);
  open = await openStandIn(database);
});
afterEach(() => open.close());

const backfill = (warehouse: Warehouse) =>
  backfillEverything(tables, warehouse, { tableNames: [table] });
const run = (...flags: readonly string[]) =>
  backcourt(
    ['run', '--backfill', ...between(dates[0], dates.at(-1)), '--tables', table, ...flags].concat(
      '--warehouse',
      open.place,
    ),
    { bigQueryClient: open.client },
  );

/** Each date once in the table, and once in the ledger. */
function expectOnce(): void {
  const records = database
    .rows('backcourt.partitions')
    .filter((row) => row['table_name'] === table);
  expect(records.map((row) => row['partition_date']).sort()).toEqual(dates);
  const rows = database.rows(`nba_analytics.${table}`);
  const keys = new Set(rows.map((row) => `${row['nba_game_id']} ${row['team_abbr']}`));
  expect([rows.length > 0, keys.size]).toEqual([true, rows.length]);
}

async function failure(work: Promise<unknown>): Promise<WarehouseError> {
  const error = await work.then(
    () => undefined,
    (found: unknown) => found,
  );
  expect(error).toBeInstanceOf(WarehouseError);
  return error as WarehouseError;
}

describe('two writers of the same new dates', () => {
  test('that overlap: one writes, the other ends with 6 and says who was faster', async () => {
    const [one, other] = await Promise.all([run(), run()]);
    const codes = [one.exitCode, other.exitCode].sort();
    expect(codes).toEqual([0, 6]);
    const lost = one.exitCode === 6 ? one : other;
    expect(lost.stderr).toMatch(
      /another process|run \S+ of tester@here \(job backcourt_\S+\) has committed|is still running/,
    );
    expectOnce();
    expect((await run()).lines.at(-1)).toBe('nothing to do');
  });

  test('that overlap and know nothing of each other: one writes, the other has not', async () => {
    const writers = [await open.openAgain('one'), await open.openAgain('two')];
    const ends = await Promise.allSettled(writers.map(backfill));
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = ends.find((end) => end.status === 'rejected');
    expect(lost?.reason).toMatchObject({ kind: 'locked' });
    expectOnce();
  });

  test('one after the other, by what was read before the first: the second one ends', async () => {
    const [first, second] = [await open.openAgain('one'), await open.openAgain('two')];
    await backfill(first);
    const error = await failure(
      second.commit(["DELETE FROM backcourt.exclusions WHERE entity = 'e'"]),
    );
    expect(error.kind).toBe('locked');
    expect(error.message).toContain('run backfill (job backcourt_backfill_one_');
    expect(error.message).toContain('run again');
    expectOnce();
  });

  test('a commit of several, and one that fails, count for their own process', async () => {
    const writer = await open.openAgain('one');
    const insert = (day: string) =>
      `INSERT INTO backcourt.exclusions (table_name, partition_date, entity, reason_code) VALUES ('t', DATE '${day}', 'e', 'r')`;
    await writer.commit([insert('2023-11-01')]);
    await failure(writer.commit([insert('2023-11-02'), "SELECT CAST('x' AS INT64)"]));
    const counted = await writer.commit(
      [insert('2023-11-03')],
      "SELECT COUNT(*) AS n FROM backcourt.exclusions WHERE table_name = 't'",
    );
    expect(counted).toEqual([{ n: 2 }]);
  });

  test('a commit that is told to have failed after it took effect is nobody else’s', async () => {
    open.standIn.onJob(/^BEGIN TRANSACTION[\s\S]*INSERT INTO nba_analytics/, async () => {
      throw new JobError(400, 'resourcesExceeded', 'after all of it');
    });
    const { exitCode, stderr } = await run();
    expect([exitCode, stderr]).toEqual([8, expect.stringContaining('its commit has taken effect')]);
    expectOnce();
    expect((await run()).lines.at(-1)).toBe('nothing to do');
  });

  test('beginning and end of a run are recorded by whoever has lost as well', async () => {
    const [first, second] = [await open.openAgain('one'), await open.openAgain('two')];
    await backfill(first);
    await second.write(`UPDATE backcourt.runs SET exit_code = 6 WHERE run_id = 'ingest'`);
  });

  test('a warehouse of an earlier version gets its row, whoever comes first', async () => {
    database.drop('backcourt.writer');
    await Promise.all([open.openAgain('one'), open.openAgain('two')]);
    expect(database.rows('backcourt.writer')).toEqual([
      { generation: 0, holder: null, job_id: null },
    ]);
  });
});

test('a verification during which somebody writes says what its differences may come of', async () => {
  expect((await run()).exitCode).toBe(0);
  const [day] = dates;
  open.standIn.onJob(/FROM backcourt\.partitions[\s\S]*GROUP BY table_name/, async () => {
    await database.change(
      `UPDATE nba_analytics.${table} SET fg_makes = fg_makes + 1 WHERE game_date = DATE '${day}'`,
    );
    await database.change(
      `UPDATE backcourt.partitions SET run_id = 'another' WHERE table_name = '${table}' AND partition_date = DATE '${day}'`,
    );
  });
  const verify = () =>
    backcourt(
      ['verify', '--hashes', '--sample', '0', '--tables', table, '--warehouse', open.place],
      {
        bigQueryClient: open.client,
      },
    );
  const warning = `first ${table} ${day}; differences may come of that alone`;
  expect(await verify()).toMatchObject({ exitCode: 7, stderr: expect.stringContaining(warning) });
  expect(await verify()).toMatchObject({ exitCode: 7, stderr: '' });
});

describe('the job of a process that is gone', () => {
  const commits = /^INSERT INTO nba_analytics/;

  test('is waited for, or named with how it is cancelled', async () => {
    const gone = await open.openAgain('gone');
    const hold = open.standIn.hold(commits);
    const orphan = backfill(gone).catch((error: unknown) => error);
    await hold.reached;
    const refused = await run();
    expect(refused.exitCode).toBe(6);
    expect(refused.stderr).toMatch(
      /job backcourt_backfill_gone_\S+ of run backfill is still running; .*--wait 1800.* bq --project_id=loopback-project --location=US cancel backcourt_backfill_gone_/,
    );
    const waiting = run('--wait', '600');
    hold.release();
    expect((await waiting).lines.at(-1)).toBe('nothing to do');
    await orphan;
    expectOnce();
  });

  test('is found under a prefix of capitals too, which a label cannot have', async () => {
    const fresh = await openStandIn(makeMemoryDatabase(service), 'Dev');
    const gone = await fresh.openAgain('gone');
    const hold = fresh.standIn.hold(/^SELECT 41/);
    const orphan = gone.query('SELECT 41 AS n');
    await hold.reached;
    expect(await failure(fresh.openAgain('next'))).toMatchObject({ kind: 'locked' });
    hold.release();
    await orphan;
    await fresh.close();
  });

  test('is none of a reader, and hinders nobody', async () => {
    const reader = await open.openAgain('reader');
    const hold = open.standIn.hold(/^SELECT 41/);
    // Only what writes has the label of a writer.
    const asked = reader.query('SELECT 41 AS n').catch((error: unknown) => error);
    await hold.reached;
    expect(open.standIn.jobs.at(-1)?.labels).toMatchObject({ mode: 'write' });
    hold.release();
    await asked;
    const status = await backcourt(['status', '--warehouse', open.place], {
      bigQueryClient: open.client,
    });
    expect([status.exitCode, open.standIn.jobs.at(-1)?.labels['mode']]).toEqual([0, 'read']);
  });

  test('is cancelled when its process still can, and has written nothing', async () => {
    const leaving = await open.openAgain('leaving');
    const hold = open.standIn.hold(commits);
    const cut = backfill(leaving).catch((error: unknown) => error);
    await hold.reached;
    const left = leaving.cancel();
    hold.release();
    await left;
    expect(await cut).toMatchObject({
      kind: 'surroundings',
      message: expect.stringContaining('cancelled'),
    });
    expect(open.standIn.running()).toEqual([]);
    expect(database.rows(`nba_analytics.${table}`)).toEqual([]);
    expect((await run()).exitCode).toBe(0);
    expectOnce();
  });
});

describe('tables', () => {
  test('of an older ledger are brought up to date by whoever writes', async () => {
    await database.change('UPDATE backcourt.warehouse SET format_version = 2 WHERE TRUE');
    const { exitCode, stderr } = await run();
    expect([exitCode, stderr]).toEqual([0, '']);
    const versions = database.rows('backcourt.warehouse').map((row) => row['format_version']);
    expect(versions).toEqual([ledgerFormatVersion]);
  });

  test('that an older Backcourt made without a column get it, and hashes that held are those of today', async () => {
    const props = tables.table('player_props');
    const stored = 'nba_raw.player_props';
    const former = {
      ...props,
      columns: props.columns.filter(({ name }) => !name.endsWith('_price')),
    };
    const [first = '', damaged = ''] = dates;
    const hashes = async (of: typeof props) => {
      const { data } = partitionHash(of, googlesqlDialect);
      return decodeRows(
        await database.query(
          `SELECT game_date, ${data} AS data_hash FROM ${stored} AS given GROUP BY game_date ORDER BY game_date`,
        ),
      ).map((row) => row['data_hash']);
    };
    for (const day of [first, damaged]) {
      await database.change(`INSERT INTO ${stored} (event_id, bookmaker, player_lookup, game_date, market, line)
VALUES ('e1', 'Book', 'somebody', DATE '${day}', 'points', NUMERIC '20.5')`);
    }
    const [held = '', other = ''] = await hashes(former);
    const now = await hashes(props);
    for (const [day, hash] of [
      [first, held],
      [damaged, `${other}0`],
    ]) {
      await database.change(`INSERT INTO backcourt.partitions (table_name, partition_date, state, row_count, excluded_count, data_hash, hash_version, options, code_version, run_id, attempts, warnings, seconds, seconds_is_share, recorded_at)
VALUES ('player_props', DATE '${day}', 'done', 1, 0, '${hash}', ${hashVersion}, '{}', '0', '0', 1, '[]', 0, FALSE, TIMESTAMP '2026-01-01 00:00:00+00')`);
    }
    const narrow = database.tables().get(stored);
    if (!narrow) throw new Error('no props');
    const kept = narrow.columns.flatMap(({ name }, place) =>
      name.endsWith('_price') ? [] : [place],
    );
    const cut = <T>(values: readonly T[]) => values.filter((_, place) => kept.includes(place));
    database.put(stored, {
      ...narrow,
      columns: cut(narrow.columns),
      rows: narrow.rows.map(({ cell }) => ({ cell: cut(cell) })),
    });
    await database.change('UPDATE backcourt.warehouse SET format_version = 6 WHERE TRUE');

    const { exitCode, stderr } = await run();
    expect([exitCode, stderr]).toEqual([
      0,
      `${stored} is of an older Backcourt: over_price, under_price are NULL until its files are loaded again\n`,
    ]);
    expect(database.rows(stored).map((row) => [row['over_price'], row['under_price']])).toEqual([
      [null, null],
      [null, null],
    ]);
    const records = database
      .rows('backcourt.partitions')
      .filter((row) => row['table_name'] === 'player_props')
      .map((row) => row['data_hash']);
    expect(records.toSorted()).toEqual([now[0], `${other}0`].toSorted());
    expect(now[0]).not.toBe(held);
  });

  test('that the dataset has expire are mended before anything is written', async () => {
    const empty = makeMemoryDatabase(service);
    const fresh = await openStandIn(empty, 'dev');
    for (const { dataset } of tables.all) {
      fresh.standIn.datasets.change(`dev_${dataset}`, {
        defaultTableExpirationMs: '3600000',
        defaultPartitionExpirationMs: '86400000',
      });
    }
    await fresh.warehouse.createTables(tables.all);
    const expiring = [...empty.tables()].filter(
      ([, { options }]) => options.expiresAtMs !== undefined || options.partitionDays !== undefined,
    );
    expect(expiring.map(([name]) => name)).toEqual([]);
    expect(fresh.standIn.jobs.some(({ sql }) => sql.startsWith('ALTER TABLE'))).toBe(true);
    await fresh.close();
  });

  test('that are all there need no job', async () => {
    const before = open.standIn.jobs.length;
    await open.warehouse.createTables(tables.all);
    expect(open.standIn.jobs.length).toBe(before);
  });

  test('in another location are told as such, with the location that is right', async () => {
    open.standIn.datasets.change('backcourt', { location: 'europe-west3' });
    const { exitCode, stderr } = await run();
    expect(exitCode).toBe(8);
    expect(stderr).toContain(
      'stands in europe-west3, not in US; use --warehouse "bigquery://loopback-project?location=europe-west3"',
    );
  });
});

// That none costs more than a few jobs is told of all reasons and verbs in `faults.test.ts`.
const told = ['billingTierLimitExceeded', 'invalid', 'notFound', 'resourcesExceeded', 'stopped'];

describe('a reason that BigQuery gives', () => {
  test.each(
    errorTable
      .filter(({ reason }) => told.includes(reason))
      .map((refusal) => [refusal.reason, refusal] as const),
  )('%s is recorded against the data only where it may be theirs', async (reason, refusal) => {
    open.standIn.inject({
      sql: /^CREATE OR REPLACE TABLE/,
      times: 10_000,
      happens: { kind: 'answer', ...refusal },
    });
    const { exitCode, stdout, stderr } = await run();
    const isPlanning = refusal.message.includes('query planning');
    const expected = reason === 'invalid' || isPlanning ? 3 : reason === 'notFound' ? 5 : 8;
    expect([reason, exitCode, stderr + stdout]).toEqual([
      reason,
      expected,
      expect.stringContaining(refusal.message.slice(0, 20)),
    ]);
    const recorded = database
      .rows('backcourt.partitions')
      .filter((row) => row['table_name'] === table);
    // What no date can succeed with ends the table as a whole, and is recorded with the run.
    expect(recorded.length).toBe(expected === 3 && !isPlanning ? dates.length : 0);
  });
});
