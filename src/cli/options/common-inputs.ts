import { defaultWarehouse } from '../../engine/default-warehouse.ts';
import { defaultBatchDays } from '../../engine/plan-units.ts';
import { type Asked, flag, type Input, offering, value, valueOr } from './input.ts';
import { collect, once, seasonYear, warehouseFile, wholeNumber } from './option-values.ts';

/** The warehouse of a verb that works on `fallback` unless it is told another one. */
export function warehouseAt(fallback: string): Input<string> {
  return valueOr(fallback, '<place>', warehouseSays, warehouseFile);
}

const warehouseSays = 'DuckDB file, or bigquery://project[/prefix]';

const tableList = value('<list>', 'tables, separated by commas (default: all)', once);

/** Inputs that more than one verb takes, each under the name it has there. */
export const common = {
  warehouse: valueOr(
    defaultWarehouse,
    '<place>',
    `${warehouseSays}; else what BACKCOURT_WAREHOUSE names`,
    warehouseFile,
  ),
  json: flag('one JSON object per line on stdout'),
  wait: value(
    '<seconds>',
    'wait for another process to let go of the file (default: 5)',
    wholeNumber(0),
  ),
  startDate: value('<date>', 'first day, written as in --dates', once),
  endDate: value('<date>', 'last day, included', once),
  dates: value('<list>', 'days, separated by commas: YYYY-MM-DD, today, yesterday, latest', once),
  season: value('<season>', 'game dates of a season, 2024-25 or 2024', seasonYear),
  tables: offering('computed', tableList),
  anyTables: offering('tables', tableList),
  changedTables: offering(
    'tables',
    value('<list>', 'tables, separated by commas (default: all computed ones)', once),
  ),
  knownAt: value('<time>', 'with the inputs as they were known then, UTC', once),
  option: valueOr<readonly string[]>(
    [],
    '<name=value>',
    'processor option, repeatable: min_games, …',
    collect,
    'none',
  ),
  dryRun: flag('tell what would run and why; write nothing'),
  threads: value('<n>', 'threads of the engine (default: one per core)', wholeNumber(1, 1024)),
  maxBytes: value('<n>', 'most bytes that one job of BigQuery may be billed for', wholeNumber(1)),
  verbose: flag('a line per table and date, wherever it goes'),
  reason: value<string>('<text>', 'kept with the run', (text) => text),
  allowShrink: flag('replace a date even if rows would be lost'),
} as const;

/** What every verb takes. */
export const warehouseInputs = {
  warehouse: common.warehouse,
  json: common.json,
  wait: common.wait,
} as const;

export const dateInputs = {
  startDate: common.startDate,
  endDate: common.endDate,
  dates: common.dates,
} as const;

/** What says which units are meant and how they are worked: of `plan` and of `run`. */
export const unitInputs = {
  ...warehouseInputs,
  ...dateInputs,
  season: common.season,
  tables: common.tables,
  backfill: flag('history: gaps are warnings, nothing else is triggered (else: daily mode)'),
  stale: flag('only what is stale; without dates, over the whole schedule'),
  rewrite: flag('also what is done: compute and replace it, equal or not'),
  restateOptions: flag("bring what stands with other options to today's"),
  option: common.option,
  batchDays: value(
    '<n>',
    `most game dates per query; 1 is day by day (default: ${defaultBatchDays})`,
    wholeNumber(1),
  ),
  allowShrink: common.allowShrink,
} as const;

export type WarehouseFlags = Asked<typeof warehouseInputs>;
export type DateFlags = Asked<typeof dateInputs>;
export type UnitFlags = Asked<typeof unitInputs>;
