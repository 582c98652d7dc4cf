import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { writeSimulatedLeague } from '../../simulation/write-simulated-league.ts';
import { ledgerTables, warehouseTable } from '../../src/ledger/ledger-tables.ts';
import { ledgerUpgrade } from '../../src/ledger/upgrade-ledger.ts';
import { storedColumns } from '../../src/table/provenance.ts';
import { qualifiedName } from '../../src/table/table-definition.ts';
import { loadTables } from '../../src/table/table-registry.ts';
import type { DuckDbWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { type Warehouse, WarehouseError } from '../../src/warehouse/warehouse.ts';
import { backfillEverything, ingestedWarehouse } from '../equality/filled-warehouse.ts';
import { copyRawTables } from './copy-raw-tables.ts';
import { ledgerOf } from './engines.ts';
import { type GoogleSqlService, startGoogleSql } from './googlesql/googlesql-service.ts';
import { type MemoryDatabase, makeMemoryDatabase } from './googlesql/memory-database.ts';
import { type OpenStandIn, openStandIn } from './open-stand-in.ts';

const tables = await loadTables();
const tableNames = ['team_offense_game_summary', 'team_defense_game_summary'];
let directory: string;
let service: GoogleSqlService;
let duckdb: DuckDbWarehouse;
let dates: number;
let database: MemoryDatabase;
let open: OpenStandIn;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'backcourt-stand-in-'));
  service = await startGoogleSql();
  const league = { directory, seasons: 1, gamesPerTeam: 4, postseason: false, seed: 31 };
  duckdb = await ingestedWarehouse(tables, await writeSimulatedLeague(league), 'simulated');
  const days = await duckdb.query('SELECT DISTINCT game_date FROM nba_raw.schedule');
  dates = days.length;
});
afterAll(async () => {
  await duckdb?.close();
  await service?.stop();
  await rm(directory, { recursive: true, force: true });
});
beforeEach(async () => {
  database = makeMemoryDatabase(service);
  await copyRawTables(tables, duckdb, database);
  open = await openStandIn(database);
});
afterEach(() => open.close());

const backfill = (warehouse: Warehouse = open.warehouse, batchDays = 850) =>
  backfillEverything(tables, warehouse, { tableNames, batchDays });

function definition(name: string) {
  const found = tables.all.find((table) => qualifiedName(table) === name);
  if (!found) throw new Error(`no table ${name}`);
  return found;
}

async function failure(work: Promise<unknown>): Promise<WarehouseError> {
  const error = await work.then(
    () => undefined,
    (found: unknown) => found,
  );
  expect(error).toBeInstanceOf(WarehouseError);
  return error as WarehouseError;
}

/** Rows of the table and records of it, which must always agree. */
function written(): { readonly rows: number; readonly records: number } {
  const records = database
    .rows('backcourt.partitions')
    .filter(({ table_name, state }) => tableNames.includes(String(table_name)) && state === 'done');
  const rows = tableNames.flatMap((name) => database.rows(`nba_analytics.${name}`));
  const recorded = records.reduce((sum, { row_count }) => sum + Number(row_count), 0);
  expect(rows.length).toBe(recorded);
  return { rows: rows.length, records: records.length };
}

const commits = /^BEGIN TRANSACTION[\s\S]*INSERT INTO nba_analytics/;
const stages = /^CREATE OR REPLACE TABLE/;

describe('tables', () => {
  test('are made from their definitions, once', async () => {
    const empty = makeMemoryDatabase(service);
    const fresh = await openStandIn(empty, 'dev');
    const all = [...ledgerTables, ...tables.all];
    await fresh.warehouse.createTables(all);
    await fresh.warehouse.createTables(all);
    for (const table of all) {
      const stored = empty.tables().get(`dev_${qualifiedName(table)}`);
      expect(stored?.columns.map(({ name }) => name)).toEqual(
        storedColumns(table).map(({ name }) => name),
      );
    }
    expect(await fresh.warehouse.hasTable(warehouseTable)).toBe(true);
    expect(await ledgerUpgrade(fresh.warehouse, [], '2026-01-01T00:00:00Z')).toEqual({
      statements: [],
      widened: [],
    });
    await fresh.close();
  });
});

describe('a backfill', () => {
  test('writes what DuckDB writes, and a second one nothing', async () => {
    const copy = await ingestedWarehouse(
      tables,
      await writeSimulatedLeague({
        directory,
        seasons: 1,
        gamesPerTeam: 4,
        postseason: false,
        seed: 31,
      }),
      'simulated',
    );
    const expected = await backfill(copy);
    expect({ ...(await backfill()), seconds: 0 }).toEqual({ ...expected, seconds: 0 });
    expect(await ledgerOf(open.warehouse)).toEqual(await ledgerOf(copy));
    await copy.close();
    expect(written().records).toBe(2 * dates);
    expect(await backfill()).toMatchObject({ written: 0, skipped: { done: 2 * dates } });
  });

  test('leaves no staging table behind, and a killed one only some that expire', async () => {
    const other = await open.openAgain('second');
    await backfill(other);
    expect([...database.tables().keys()].some((name) => /_second_\d+$/.test(name))).toBe(true);
    await other.close();
    expect([...database.tables().keys()].some((name) => /_second_\d+$/.test(name))).toBe(false);
    for (const { sql } of open.standIn.jobs.filter((job) => stages.test(job.sql))) {
      expect(sql).toContain(
        'expiration_timestamp = TIMESTAMP_ADD(CURRENT_TIMESTAMP(), INTERVAL 24 HOUR)',
      );
    }
  });

  test('labels its jobs with run and table', async () => {
    await backfill();
    const job = open.standIn.jobs.find(({ sql }) => commits.test(sql));
    expect(job?.labels).toEqual({
      tool: 'backcourt',
      warehouse: 'none',
      mode: 'write',
      run: 'backfill',
      table: 'team_offense_game_summary',
    });
  });
});

describe('a failed date', () => {
  test('fails alone, with its reason, and is done once it is mended', async () => {
    const name = 'nba_raw.player_box';
    const box = database.rows(name);
    const day = String(box[0]?.['game_date']);
    // Nobody's points fit into what is computed from them: an overflow, found when it is evaluated.
    await database.change(
      `UPDATE ${name} SET pts = 9223372036854775807 WHERE game_date = DATE '${day}'`,
    );
    const first = await backfill();
    expect(first.failed.map(({ date }) => date)).toEqual([day]);
    expect(first.failed[0]?.failure).toMatchObject({ kind: 'bad_data' });
    expect(written().records).toBe(2 * dates - 2);
    database.drop(name);
    database.create(name, storedColumns(definition(name)));
    database.load(name, box);
    expect((await backfill()).failed).toEqual([]);
    expect(written().records).toBe(2 * dates);
  });
});

describe('what goes wrong between staging and commit', () => {
  test.each(['before', 'after'] as const)(
    'a connection that breaks %s the commit leaves rows and records that agree',
    async (when) => {
      open.standIn.inject({ sql: commits, times: 1, happens: { kind: 'break', when } });
      expect((await failure(backfill())).kind).toBe('surroundings');
      open.standIn.heal();
      expect(written().records).toBe(when === 'before' ? 0 : dates);
      expect((await backfill(await open.openAgain('next'))).failed).toEqual([]);
      expect(written()).toEqual({ rows: expect.any(Number), records: 2 * dates });
    },
  );

  test('an answer that is lost does not commit twice', async () => {
    open.standIn.inject({ sql: commits, times: 1, happens: { kind: 'lostAnswer' } });
    expect((await backfill()).failed).toEqual([]);
    expect(open.standIn.jobs.filter(({ sql }) => commits.test(sql)).length).toBe(2);
    expect(written().records).toBe(2 * dates);
  });

  test('a statement of the commit that fails undoes those before it', async () => {
    await backfill(open.warehouse);
    const before = written();
    const error = await failure(
      open.warehouse.commit([
        "DELETE FROM nba_analytics.team_offense_game_summary WHERE game_date > DATE '1900-01-01'",
        "INSERT INTO backcourt.exclusions (table_name, partition_date, entity, reason_code)\nVALUES\n('t', DATE '2021-10-19', NULL, 'x')",
      ]),
    );
    expect(error.kind).toBe('statement');
    expect(written()).toEqual(before);
  });
});

describe('errors', () => {
  const answer = (status: number, reason: string, message: string) =>
    ({ kind: 'answer', status, reason, message }) as const;

  test('a quota ends the run, says so, and what was committed stays', async () => {
    const happens = answer(403, 'quotaExceeded', 'Quota exceeded: imports');
    open.standIn.inject({ sql: /INSERT INTO nba_analytics.team_defense/, times: 9, happens });
    const error = await failure(backfill());
    expect(error.kind).toBe('surroundings');
    expect(error.message).toContain('quota of the project');
    expect(written().records).toBe(dates);
  });

  test('what passes is tried again', async () => {
    const happens = answer(
      503,
      'backendError',
      'Error encountered during execution. Retrying may solve the problem.',
    );
    open.standIn.inject({ sql: stages, times: 2, happens });
    expect((await backfill()).failed).toEqual([]);
    expect(written().records).toBe(2 * dates);
  });

  test('an expired token says which command renews it', async () => {
    open.standIn.expireTokens();
    const error = await failure(backfill());
    expect(error.kind).toBe('surroundings');
    expect(error.message).toContain('gcloud auth application-default login');
  });

  test('denied access names the roles', async () => {
    const happens = answer(
      403,
      'accessDenied',
      'Access Denied: Dataset loopback-project:backcourt',
    );
    open.standIn.inject({ sql: /./, times: 1, happens });
    const error = await failure(open.warehouse.query('SELECT 1 AS n'));
    expect([error.kind, error.message.includes('BigQuery Data Editor')]).toEqual([
      'surroundings',
      true,
    ]);
  });

  test('a table that is not there is absent, a wrong query is a definition', async () => {
    const missing = answer(404, 'notFound', 'Not found: Dataset loopback-project:nba_raw');
    open.standIn.inject({ sql: /nba_raw/, times: 1, happens: missing });
    expect((await failure(open.warehouse.query('SELECT 1 FROM nba_raw.shots'))).kind).toBe(
      'absent',
    );
    const wrong = await failure(open.warehouse.query('SELECT foo FROM nba_raw.shots'));
    expect([wrong.kind, wrong.message]).toEqual(['definition', 'Unrecognized name: foo']);
    const data = await failure(open.warehouse.query("SELECT CAST('x' AS INT64) AS n"));
    expect(data.kind).toBe('statement');
  });

  test('nothing runs that would read more than is allowed', async () => {
    // Of each of two tables at least 10 MB are billed.
    const careful = await open.openAgain('careful', 10 * 2 ** 20);
    const sql =
      'SELECT COUNT(shots.player_id) AS n FROM nba_raw.shots AS shots CROSS JOIN nba_raw.player_box AS box';
    expect(await careful.bytesOf(sql)).toBeGreaterThan(1000);
    const error = await failure(careful.query(sql));
    expect([error.kind, error.message.includes('--max-bytes')]).toEqual(['surroundings', true]);
  });
});

describe('values', () => {
  test('come back as those of DuckDB', async () => {
    const sql = `SELECT 5 AS a, NUMERIC '5.1' AS b, DATE '2023-11-05' AS c, TRUE AS d, ['x', 'y'] AS e,
  CAST(NULL AS INT64) AS f, 0.5 AS g, TIMESTAMP '2023-11-15 20:30:00.125+00' AS h, [1, 2] AS i`;
    expect(await open.warehouse.query(sql)).toEqual([
      {
        a: 5,
        b: '5.1',
        c: '2023-11-05',
        d: true,
        e: ['x', 'y'],
        f: null,
        g: 0.5,
        h: '2023-11-15 20:30:00.125+00',
        i: [1, 2],
      },
    ]);
  });

  test('an integer beyond 2^53 throws instead of losing digits', async () => {
    await expect(open.warehouse.query('SELECT 9007199254740993 AS big')).rejects.toThrow('"big"');
  });
});
