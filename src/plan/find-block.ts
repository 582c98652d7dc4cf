import type { GameDate } from '../calendar/game-date.ts';
import { hasDate, type Season, seasonOf } from '../calendar/season-calendar.ts';
import { wasWritten } from '../ledger/partition-record.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import { isComputed, type TableRegistry } from '../table/table-registry.ts';
import type { World } from '../world/world.ts';
import { isInBootstrap } from './bootstrap.ts';
import { type Block, findRecentGap, findScheduleBlock } from './daily-block.ts';
import { ingestLogs } from './ingest-files.ts';
import type { PlanRequest, UpstreamCount } from './plan.ts';
import { type Remedy, rangeOf } from './remedy.ts';

/**
 * Tells what keeps a unit from being worked: a same-date input without a partition, nothing at all
 * upstream this season, or, in daily mode, what the schedule misses and any gap.
 */
export function findBlock(
  world: World,
  request: PlanRequest,
  table: ComputedTable,
  date: GameDate,
  upstream: UpstreamCount | undefined,
  changing: ReadonlyMap<string, readonly GameDate[]>,
): Block | undefined {
  if (!request.backfillMode) {
    const unready = findScheduleBlock(world, table, date);
    if (unready) return unready;
  }
  const lacking = sameDayTables(table).filter((name) => {
    if (hasDate(changing.get(name), date)) return false;
    const record = world.ledger.get(name, date);
    if (wasWritten(record) && record.state !== 'failed') return false;
    return record !== undefined || !beginsLater(world, request, name, date);
  });
  const [name] = lacking;
  if (name !== undefined) {
    const record = world.ledger.get(name, date);
    return {
      reason: record
        ? { kind: 'input_failed', table: name, date, failure: record.failure }
        : { kind: 'input_missing', table: name, date },
      remedy: waitsForFiles(world, name, date)
        ? ingestLogs(world)
        : {
            verb: 'run',
            mode: request.backfillMode ? 'backfill' : 'daily',
            tables: lacking,
            dates: { kind: 'list', dates: [date] },
          },
      cause: { table: name, date },
    };
  }
  const season = seasonOf(world.calendar, date);
  const first = season?.dates[0];
  if (!season || first === undefined || first >= date) return undefined;
  const upstreamTables = earlierTables(world, table);
  const absent = upstreamTables.find((name) => !hasAny(world, name, season, date, changing));
  if (absent !== undefined) {
    return {
      reason: { kind: 'season_input_missing', table: absent, before: date },
      remedy: fillSeason(world, table, date),
    };
  }
  if (request.backfillMode) return undefined;
  const recent = findRecentGap(world, upstreamTables, date, changing);
  if (recent) return recent;
  if (upstream && !upstream.complete) {
    const { available, lookback } = upstream;
    return {
      reason: { kind: 'lookback_incomplete', available, lookback },
      remedy: fillSeason(world, table, date),
    };
  }
  return undefined;
}

/** TRUE for a table that has nothing on the first days of a season, of which this is one, and never will. */
function beginsLater(
  world: World,
  { options: asked }: PlanRequest,
  name: string,
  date: GameDate,
): boolean {
  const table = world.tables.get(name);
  const options = asked === 'recorded' ? world.options : { ...world.options, ...asked };
  return table !== undefined && isComputed(table) && isInBootstrap(world, table, date, options);
}

/** What follows from the definitions alone is kept, for a plan asks for it with every unit. */
const sameDayOf = new WeakMap<ComputedTable, readonly string[]>();
const earlierOf = new WeakMap<TableRegistry, Map<ComputedTable, readonly string[]>>();

/** Tables that must have a partition of the very date. */
export function sameDayTables(table: ComputedTable): readonly string[] {
  const kept = sameDayOf.get(table);
  if (kept) return kept;
  const read = table.inputs.filter(
    ({ required, windows }) => required && windows.some(({ kind }) => kind === 'sameDay'),
  );
  const tables = [...read.map((input) => input.table), ...(table.after ?? [])];
  sameDayOf.set(table, tables);
  return tables;
}

/** Computed tables of which the rows of earlier dates are needed: read, or counted before a date. */
export function earlierTables(world: World, table: ComputedTable): readonly string[] {
  const byTable = earlierOf.get(world.tables) ?? new Map<ComputedTable, readonly string[]>();
  earlierOf.set(world.tables, byTable);
  const kept = byTable.get(table);
  if (kept) return kept;
  const read = table.inputs.filter(
    ({ table: name, required, windows }) =>
      required &&
      !isLoaded(world, name) &&
      windows.some(({ kind }) => kind !== 'sameDay' && kind !== 'undated'),
  );
  const names = [...read.map((input) => input.table), ...(table.lookback?.tables ?? [])];
  const tables = [...new Set(names)];
  byTable.set(table, tables);
  return tables;
}

function hasAny(
  world: World,
  table: string,
  { dates }: Season,
  before: GameDate,
  changing: ReadonlyMap<string, readonly GameDate[]>,
): boolean {
  const planned = changing.get(table);
  const records = world.ledger.of(table);
  // The loop stops at the first date with rows, which nearly always is the first date of all: every unit asks
  // this, and a list of the dates would be waste.
  for (const day of dates) {
    if (day >= before) return false;
    if ((records.get(day)?.rows ?? 0) > 0 || hasDate(planned, day)) return true;
  }
  return false;
}

/**
 * The command that computes what a table looks back on, from the start of the season on; or the one that loads its
 * logs, where no date of it can be computed without.
 */
export function fillSeason(world: World, table: ComputedTable, date: GameDate): Remedy {
  const earlier = earlierTables(world, table);
  const before = seasonDatesBefore(world, date);
  if (before.every((day) => earlier.some((name) => waitsForFiles(world, name, day)))) {
    return ingestLogs(world);
  }
  const upstream = new Set<string>();
  const visit = (name: string) => {
    const input = world.tables.get(name);
    if (!input || !isComputed(input) || input.phase === 'raw' || upstream.has(name)) return;
    for (const next of input.inputs) visit(next.table);
    upstream.add(name);
  };
  for (const name of earlier) visit(name);
  return { verb: 'run', mode: 'backfill', tables: [...upstream], dates: rangeOf(before) };
}

/** TRUE where a table has no rows of a date, and no run can make them before a file is loaded. */
function waitsForFiles(world: World, name: string, date: GameDate): boolean {
  const record = world.ledger.get(name, date);
  if (wasWritten(record) && record.state !== 'failed') return false;
  if (isLoaded(world, name)) return true;
  return sameDayTables(world.tables.computedTable(name)).some((input) =>
    waitsForFiles(world, input, date),
  );
}

function seasonDatesBefore(world: World, date: GameDate): readonly GameDate[] {
  const season = seasonOf(world.calendar, date);
  return season ? world.calendar.gameDatesIn(season.year, season.start, date) : [];
}

function isLoaded(world: World, name: string): boolean {
  const table = world.tables.get(name);
  return table === undefined || !isComputed(table) || table.phase === 'raw';
}
