import type { GameDate } from '../calendar/game-date.ts';
import { isComputed, type TableRegistry } from '../table/table-registry.ts';
import type { World } from '../world/world.ts';
import { isAfterTheDay, recentGameDates } from './daily-block.ts';
import { makePlan } from './make-plan.ts';
import type { AddedUnits, PlanRequest, UnitId } from './plan.ts';

/**
 * What daily mode makes of a request: the tables that follow from those asked for, on the same dates, and
 * the summaries of the last days that are read and still to be computed. In backfill mode, and for a
 * selection, the request itself. Pure.
 */
export function widenRequest(
  world: World,
  request: PlanRequest,
  { skipDownstreamTrigger }: { readonly skipDownstreamTrigger: boolean },
): PlanRequest {
  if (request.backfillMode || request.select) return request;
  const reads = readsOf(world.tables);
  const downstream = skipDownstreamTrigger ? [] : downstreamOf(world, request, reads);
  const wanted = [...request.tables, ...downstream.map(({ table }) => table)];
  const added = [...upstreamOf(world, request, wanted, reads), ...downstream];
  if (added.length === 0) return request;

  const { tables, dates } = request;
  const all = [...tables.map((table) => ({ table, dates })), ...added];
  return {
    ...request,
    tables: world.tables.computed
      .map(({ name }) => name)
      .filter((name) => all.some(({ table }) => table === name)),
    dates: [...new Set(all.flatMap((part) => part.dates))].sort(),
    select: {
      kind: 'units',
      units: all.flatMap((part) => part.dates.map((date) => ({ table: part.table, date }))),
    },
    widened: { tables, dates, added },
  };
}

/** Computed tables that a table reads or waits for, directly or through others. */
type Reads = ReadonlyMap<string, ReadonlySet<string>>;

function readsOf({ computed, get }: TableRegistry): Reads {
  const reads = new Map<string, ReadonlySet<string>>();
  // The tables come in dependency order, so that what is read has its own reads already.
  for (const { name, inputs, after } of computed) {
    const own = new Set<string>();
    for (const input of [...inputs.map(({ table }) => table), ...(after ?? [])]) {
      const table = get(input);
      if (!table || !isComputed(table) || table.phase === 'raw') continue;
      own.add(input);
      for (const further of reads.get(input) ?? []) own.add(further);
    }
    reads.set(name, own);
  }
  return reads;
}

function downstreamOf(
  { tables }: World,
  request: PlanRequest,
  reads: Reads,
): readonly AddedUnits[] {
  return tables.computed.flatMap(({ name }) => {
    const because = request.tables.filter((table) => reads.get(name)?.has(table));
    return because.length === 0 || request.tables.includes(name)
      ? []
      : [{ table: name, dates: request.dates, why: 'downstream' as const, because }];
  });
}

function upstreamOf(
  world: World,
  request: PlanRequest,
  wanted: readonly string[],
  reads: Reads,
): readonly AddedUnits[] {
  const recent = recentDates(world, request.dates);
  const candidates = world.tables.computed.filter(isAfterTheDay).flatMap(({ name }) => {
    const because = wanted.filter((table) => reads.get(table)?.has(name) && isBefore(world, table));
    if (because.length === 0) return [];
    const asked = new Set(wanted.includes(name) ? request.dates : []);
    return [{ table: name, because, dates: recent.filter((day) => !asked.has(day)) }];
  });
  const units: readonly UnitId[] = candidates.flatMap(({ table, dates }) =>
    dates.map((date) => ({ table, date })),
  );
  const { units: planned } = makePlan(world, {
    ...request,
    tables: candidates.map(({ table }) => table),
    dates: recent,
    select: { kind: 'units', units },
  });
  return candidates.flatMap(({ table, because }) => {
    const own = planned.filter((unit) => unit.table === table && unit.action === 'run');
    const dates = own.map(({ date }) => date);
    return dates.length === 0 ? [] : [{ table, dates, why: 'upstream' as const, because }];
  });
}

/** Summaries read only the games of their own date; what comes before a date is read by the others. */
function isBefore({ tables }: World, name: string): boolean {
  const table = tables.get(name);
  return table !== undefined && isComputed(table) && !isAfterTheDay(table);
}

function recentDates(world: World, dates: readonly GameDate[]): readonly GameDate[] {
  const reached = dates.filter((date) => date <= world.today);
  return [...new Set(reached.flatMap((date) => recentGameDates(world, date)))].sort();
}
