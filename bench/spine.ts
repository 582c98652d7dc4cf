/**
 * The whole product against the same SQL run bare, in one process, alternating.
 *
 *   npx node bench/spine.ts <folder with the files> [runs]
 *
 * Product: ingest of the files and a backfill of all tables, with checks, hashes of partitions,
 * ledger and commits. Bare: the same files read and the same SELECT of each table, row hash
 * included, one CREATE TABLE AS per table into a fresh file.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gameDate } from '../src/calendar/game-date.ts';
import { defaultBatchDays } from '../src/cli/program.ts';
import { describeFiles } from '../src/ingest/describe-files.ts';
import { ingestFiles } from '../src/ingest/ingest-files.ts';
import { readPlayerBox } from '../src/ingest/nba-stats/player-box-sql.ts';
import { readShots } from '../src/ingest/nba-stats/shots-sql.ts';
import { playerBoxSelect, shotsSelect } from '../src/ingest/stage-raw-tables.ts';
import { ledgerTables } from '../src/ledger/ledger-tables.ts';
import { makePlan } from '../src/plan/make-plan.ts';
import { batchContext } from '../src/run/batch-context.ts';
import { targetDate } from '../src/run/date-facts.ts';
import { makeRunEngine, type RunEngine } from '../src/run/run-engine.ts';
import { runPlan } from '../src/run/run-plan.ts';
import { stagedSelect } from '../src/table/staged-select.ts';
import { qualifiedName } from '../src/table/table-definition.ts';
import { loadTables, type TableRegistry } from '../src/table/table-registry.ts';
import { createStatements } from '../src/warehouse/duckdb/ddl.ts';
import { type DuckDbWarehouse, openDuckDb } from '../src/warehouse/duckdb/duckdb-warehouse.ts';

const [folder = '', runs = '3'] = process.argv.slice(2);
const files = readdirSync(folder)
  .filter((name) => /^(playergamelogs|shotchartdetail)_.*\.parquet$/.test(name))
  .map((name) => join(folder, name));
const dataKind = 'real';
const clock = {
  now: () => '2026-01-01T00:00:00Z',
  today: () => gameDate('2100-01-01'),
  elapsedMs: () => performance.now(),
};
const tables = await loadTables();
const scratch = mkdtempSync(join(tmpdir(), 'backcourt-bench-'));

function open(name: string): Promise<DuckDbWarehouse> {
  return openDuckDb({
    path: join(scratch, name),
    mode: 'write',
    waitSeconds: 0,
    threads: undefined,
    writer: { pid: process.pid, host: 'bench', startedAt: clock.now() },
  });
}

interface Laps {
  ingest: number;
  tables: number;
  engine: RunEngine;
}

async function product(name: string): Promise<Laps> {
  const warehouse = await open(name);
  await warehouse.commit(createStatements([...ledgerTables, ...tables.all]));
  const started = performance.now();
  const runId = 'bench';
  const codeVersion = 'bench';
  const { now, elapsedMs } = clock;
  await ingestFiles({
    warehouse,
    tables,
    files: (await describeFiles(warehouse, 'nba-stats', files)).files,
    dataKind,
    allowShrink: false,
    runId,
    codeVersion,
    now: now(),
    elapsedMs,
  });
  const ingested = performance.now();
  const engine = await makeRunEngine(warehouse, tables, clock, 'bench');
  const plan = makePlan(engine.facts, {
    tables: tables.computed.map((table) => table.name),
    dates: engine.calendar.dates,
    backfillMode: true,
    options: {},
  });
  const run = {
    runId,
    verb: 'run' as const,
    request: '{}',
    codeVersion,
    who: 'bench',
    reason: undefined,
    startedAt: now(),
  };
  const settings = {
    options: {},
    batchDays: defaultBatchDays,
    maxFailures: Number.POSITIVE_INFINITY,
    allowShrink: false,
    stop: new AbortController().signal,
  };
  const observer = { batchStarted: () => {}, unitFinished: () => {} };
  const summary = await runPlan(engine, plan, run, settings, observer);
  if (summary.failed.length > 0) throw new Error('the product failed on some dates');
  await warehouse.close();
  return { ingest: ingested - started, tables: performance.now() - ingested, engine };
}

async function bare(name: string, { calendar, facts }: RunEngine): Promise<Omit<Laps, 'engine'>> {
  const warehouse = await open(name);
  const started = performance.now();
  for (const dataset of ['nba_raw', 'nba_analytics', 'nba_precompute']) {
    await warehouse.run(`CREATE SCHEMA ${dataset}`);
  }
  await createRaw(warehouse, tables);
  const loaded = performance.now();
  for (const table of tables.computed) {
    const targets = calendar.dates
      .filter((date) => !table.bootstrap || !isBootstrap(calendar, date))
      .map((date) => targetDate({ calendar } as RunEngine, date));
    const sql = warehouse.dialect;
    const context = batchContext(sql, tables, facts.windows, table, {}, targets);
    await warehouse.run(
      `CREATE TABLE ${qualifiedName(table)} AS ${stagedSelect(table, context, targets)}`,
    );
  }
  await warehouse.close();
  return { ingest: loaded - started, tables: performance.now() - loaded };
}

function isBootstrap(calendar: RunEngine['calendar'], date: ReturnType<typeof gameDate>): boolean {
  const { seasonStart } = targetDate({ calendar } as RunEngine, date);
  return Date.parse(date) - Date.parse(seasonStart) < 7 * 86_400_000;
}

/** The raw tables without judging a row, comparing a hash or writing a record. */
async function createRaw(warehouse: DuckDbWarehouse, registry: TableRegistry): Promise<void> {
  const { files: described } = await describeFiles(warehouse, 'nba-stats', files);
  const keep = 'game_type IS NOT NULL';
  const boxes = described.filter(({ content }) => content === 'player_box');
  await warehouse.stage('source_player_box', readPlayerBox(boxes));
  const box = { keep, relation: 'source_player_box' };
  await warehouse.run(
    `CREATE TABLE nba_raw.player_box AS ${await playerBoxSelect(warehouse, box)}`,
  );
  const charts = described.filter(({ content }) => content === 'shots');
  const shots = { keep, relation: `(${readShots(charts)})` };
  await warehouse.run(`CREATE TABLE nba_raw.shots AS ${shotsSelect(shots)}`);
  for (const name of ['player_props', 'schedule_entries']) {
    await warehouse.run(createStatements([registry.get(name) ?? fail()]).join(';'));
  }
  for (const name of ['schedule', 'game_results']) {
    const table = registry.get(name);
    if (table?.kind !== 'computed') fail();
    const sql = warehouse.dialect;
    const dates = await warehouse.query(
      'SELECT DISTINCT CAST(game_date AS STRING) AS day FROM nba_raw.player_box',
    );
    const targets = dates.map(({ day }) => {
      const date = gameDate(String(day));
      return { date, seasonYear: 0, seasonStart: date };
    });
    const context = {
      sql,
      input: (input: string) => `(SELECT * FROM nba_raw.${input})`,
      option: fail,
    };
    await warehouse.run(`CREATE TABLE nba_raw.${name} AS ${stagedSelect(table, context, targets)}`);
  }
}

function fail(): never {
  throw new Error('the benchmark does not fit the tables');
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

try {
  const ratios: number[] = [];
  for (let run = 0; run < Number(runs); run += 1) {
    const full = await product(`product-${run}.duckdb`);
    const floor = await bare(`bare-${run}.duckdb`, full.engine);
    const ratio = (full.ingest + full.tables) / (floor.ingest + floor.tables);
    ratios.push(ratio);
    const show = (ms: number) => `${(ms / 1000).toFixed(2)} s`.padStart(8);
    console.log(
      `product ${show(full.ingest)} ingest + ${show(full.tables)} tables   bare ${show(floor.ingest)} + ${show(floor.tables)}   ratio ${ratio.toFixed(2)}`,
    );
  }
  console.log(`median ratio ${median(ratios).toFixed(2)}`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
