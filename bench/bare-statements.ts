import type { GameDate } from '../src/calendar/game-date.ts';
import { dayOfSeason } from '../src/calendar/season-calendar.ts';
import { describeFiles } from '../src/ingest/files/describe-files.ts';
import { sourceContents } from '../src/ingest/source-contents.ts';
import { readPlayerBox } from '../src/ingest/sources/nba-stats/player-box-sql.ts';
import { readShots } from '../src/ingest/sources/nba-stats/shots-sql.ts';
import { playerBoxSelect, shotsSelect } from '../src/ingest/sources/nba-stats/stage-raw-tables.ts';
import { batchSelect } from '../src/run/stage/batch-select.ts';
import { duckdbDialect as sql } from '../src/sql/duckdb-dialect.ts';
import { stagedSelect, typedSelect } from '../src/table/staged-select.ts';
import { type ComputedTable, qualifiedName } from '../src/table/table-definition.ts';
import { bootstrapDays } from '../src/table/table-option.ts';
import type { TableRegistry } from '../src/table/table-registry.ts';
import { unitOptions } from '../src/table/unit-options.ts';
import { createStatements } from '../src/warehouse/duckdb/ddl.ts';
import type { DuckDbWarehouse } from '../src/warehouse/duckdb/duckdb-warehouse.ts';
import { settings } from '../src/warehouse/duckdb/settings.ts';
import type { RunEngine } from '../src/world/run-engine.ts';

/** What any connection needs before the SQL of a table means what it should. */
export const prelude: readonly string[] = [...settings, ...sql.prelude];

/**
 * The raw tables of NBA.com's files, one statement each: read and typed as the product does it, no row
 * judged, no hash compared, nothing recorded.
 * @param scratch any open DuckDB; the names of the players are looked up in it.
 */
export async function bareRawStatements(
  scratch: DuckDbWarehouse,
  tables: TableRegistry,
  source: 'nba-stats' | 'simulated',
  paths: readonly string[],
  dates: readonly GameDate[],
): Promise<readonly string[]> {
  const { files } = await describeFiles(scratch, sourceContents, source, paths);
  const keep = 'game_type IS NOT NULL';
  const boxes = readPlayerBox(files.filter(({ content }) => content.table === 'player_box'));
  await scratch.stage('source_player_box', boxes);
  const box = await playerBoxSelect(scratch, { keep, relation: 'source_player_box' });
  await scratch.dropStage('source_player_box');
  const charts = readShots(files.filter(({ content }) => content.table === 'shots'));
  const filled = ['player_box', 'shots', 'schedule', 'game_results'];
  return [
    ...createStatements(
      tables.all.filter(({ name, dataset }) => dataset === 'nba_raw' && !filled.includes(name)),
    ),
    `CREATE TEMP TABLE source_player_box AS ${boxes}`,
    `CREATE TABLE nba_raw.player_box AS ${box}`,
    `CREATE TABLE nba_raw.shots AS ${shotsSelect({ keep, relation: `(${charts})` })}`,
    ...['schedule', 'game_results'].map((name) => derivedStatement(tables, name, dates)),
  ];
}

function derivedStatement(tables: TableRegistry, name: string, dates: readonly GameDate[]): string {
  const table = tables.get(name);
  if (table?.kind !== 'computed') throw new Error(`"${name}" is not a table that is computed`);
  const context = {
    sql,
    input: (input: string) => `(SELECT * FROM nba_raw.${input})`,
    option: (option: string): string => {
      throw new Error(`${name} has no option ${option}`);
    },
  };
  const targets = dates.map((date) => ({
    date,
    seasonYear: 0,
    seasonStart: date,
    unbrokenSince: date,
  }));
  return `CREATE TABLE nba_raw.${name} AS ${stagedSelect(table, context, targets)}`;
}

/** One `CREATE TABLE` per table over all dates, as a person would write it: no hash, no record. */
export function bareTableStatements(
  engine: RunEngine,
  tables: readonly ComputedTable[],
): readonly string[] {
  const datasets = new Set(tables.map(({ dataset }) => dataset));
  return [
    ...[...datasets].map((dataset) => `CREATE SCHEMA IF NOT EXISTS ${dataset}`),
    ...tables.map(
      (table) =>
        `CREATE TABLE ${qualifiedName(table)} AS ${rowsOf(engine, table, engine.world.calendar.dates)}`,
    ),
  ];
}

/** One `INSERT` per date and table, tables of a date in dependency order, into what is there. */
export function bareDailyStatements(
  engine: RunEngine,
  tables: readonly ComputedTable[],
  dates: readonly GameDate[],
): readonly string[] {
  return dates.flatMap((date) =>
    tables
      .filter((table) => isDue(engine, table, date))
      .map((table) => `INSERT INTO ${qualifiedName(table)} ${rowsOf(engine, table, [date])}`),
  );
}

/** The rows that the product would write for some dates. */
function rowsOf(engine: RunEngine, table: ComputedTable, dates: readonly GameDate[]): string {
  const due = dates.filter((date) => isDue(engine, table, date));
  const batch = { table, options: unitOptions(table, {}), dates: due };
  const staged = batchSelect(engine.warehouse.dialect, engine.world, batch, typedSelect);
  return table.excludes
    ? `SELECT * EXCLUDE (exclusion_reason) FROM (${staged}) AS staged WHERE exclusion_reason IS NULL`
    : staged;
}

function isDue({ world: { calendar } }: RunEngine, table: ComputedTable, date: GameDate): boolean {
  return !table.bootstrap || dayOfSeason(calendar, date) >= bootstrapDays.fallback;
}
