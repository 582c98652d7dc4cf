import { addDays, type GameDate } from '../calendar/game-date.ts';
import { batchSelect } from '../run/stage/batch-select.ts';
import { type BatchRequest, stagedName } from '../run/work/batch-request.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import { unitOptions } from '../table/unit-options.ts';
import { WarehouseError } from '../warehouse/warehouse.ts';
import type { RunEngine } from '../world/run-engine.ts';
import type { Finding } from './finding.ts';
import { findMixedDate, isFilled } from './mixed-dates.ts';
import { verifyNoLookahead } from './verify-no-lookahead.ts';

/** So many first dates of a season tell whether a query mixes them, and have few games before them. */
const firstDates = 4;

/**
 * Puts a definition to the proof on some of the dates that it is to make first: nothing from a date on may move its
 * rows, and those of a query may not move with the dates beside it, for one that joins all dates with each other takes minutes
 * for a history. Dates of every season are looked at, and of those alone that have rows; several of the last, where a season
 * has been seen the longest.
 * @param dates ascending, of which what the table reads stands.
 * @returns the first difference; `undefined` when there is none. @throws WarehouseError
 */
export async function proveDefinition(
  engine: RunEngine,
  table: ComputedTable,
  dates: readonly GameDate[],
): Promise<Finding | undefined> {
  const { world } = engine;
  const filled = dates.filter((date) => isFilled(world, table, date));
  const seasons = Map.groupBy(filled, (date) => world.calendar.scheduled(date)?.seasonYear);
  const last = [...seasons.values()].at(-1);
  const hasNext = (date: GameDate) => Boolean(world.calendar.scheduled(addDays(date, 1)));
  // Each is computed three times.
  const sample = [...seasons.values()].flatMap((own) =>
    own === last
      ? spread(own, table.provenFirst ?? 0, hasNext)
      : spread(own, 2, hasNext).slice(0, 1),
  );
  const units = sample.map((date) => ({ table, date, options: unitOptions(table, {}) }));
  const [first] = seasons.values();
  try {
    const mixed = table.written && first ? await findMixedFirst(engine, table, first) : undefined;
    if (mixed) return mixed;
    const [leak] = await verifyNoLookahead(engine, units);
    return leak;
  } catch (error) {
    const [date] = sample.slice(-1);
    if (!(error instanceof WarehouseError) || error.kind !== 'statement' || !date) throw error;
    const what = { kind: 'cannot_be_computed', error: error.message } as const;
    return { table: table.name, date, what, rows: [], cause: 'definition' };
  }
}

function findMixedFirst(
  engine: RunEngine,
  table: ComputedTable,
  season: readonly GameDate[],
): Promise<Finding | undefined> {
  const batch = { table, options: unitOptions(table, {}), dates: season.slice(0, firstDates) };
  return findMixedDate(engine, batch, batchSelect(engine.warehouse.dialect, engine.world, batch));
}

/** Holds a batch that is staged against some of its dates alone. @throws WarehouseError */
export function proveStaged(engine: RunEngine, batch: BatchRequest): Promise<Finding | undefined> {
  return findMixedDate(engine, batch, `SELECT * FROM ${stagedName(batch.table)} AS staged`);
}

/**
 * Some of the dates, evenly spread, the last among them; the others are such that games are played on the next day too,
 * where there are: a query that takes that day for its own would show nothing else.
 */
function spread(
  dates: readonly GameDate[],
  count: number,
  hasNext: (date: GameDate) => boolean,
): readonly GameDate[] {
  const chosen = Array.from({ length: count }, (_, index) => {
    const until = dates.slice(0, Math.ceil((dates.length * (index + 1)) / count));
    return (index < count - 1 ? until.findLast(hasNext) : undefined) ?? until.at(-1);
  });
  return [...new Set(chosen)].flatMap((date) => date ?? []).sort();
}
