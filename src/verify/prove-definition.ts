import type { GameDate } from '../calendar/game-date.ts';
import { seasonOf } from '../calendar/season-calendar.ts';
import { stagedSelect } from '../table/staged-select.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import { targetDate } from '../table/target-dates.ts';
import { unitOptions } from '../table/unit-options.ts';
import type { RunEngine } from '../world/run-engine.ts';
import { contentsOf, writtenRows } from './computed-content.ts';
import { describeDifferences } from './describe-differences.ts';
import type { Finding } from './finding.ts';
import { probeContext } from './probe-context.ts';
import { verifyNoLookahead } from './verify-no-lookahead.ts';

/** So many dates show what a definition does; each is computed five times. */
const provenDates = 3;

/**
 * Puts a definition that has made no rows yet to the proof, on some of the dates that it is to make: nothing from a date
 * on may move its rows, and neither may the dates that are computed with it.
 * @param dates ascending, at least one, of which what the table reads stands.
 * @returns the first difference; `undefined` when there is none. @throws WarehouseError
 */
export async function proveDefinition(
  engine: RunEngine,
  table: ComputedTable,
  dates: readonly GameDate[],
): Promise<Finding | undefined> {
  const { world } = engine;
  const last = dates.at(-1);
  const season = last && seasonOf(world.calendar, last);
  // Of one season, for windows end with it; not its first days, on which there is little to see.
  const own = dates.filter((date) => seasonOf(world.calendar, date) === season);
  const sample = spread(own, provenDates);
  const units = sample.map((date) => ({ table, date, options: unitOptions(table, {}) }));
  const [leak] = await verifyNoLookahead(engine, units);
  return leak ?? (await mixedDates(engine, table, sample));
}

/** Some of the dates, evenly spread, the last among them. */
function spread(dates: readonly GameDate[], count: number): readonly GameDate[] {
  const places = Array.from({ length: count }, (_, index) =>
    Math.ceil((dates.length * (index + 1)) / count),
  );
  return [...new Set(places)].flatMap((place) => dates[place - 1] ?? []);
}

/** The dates computed together give each what it gives alone. */
async function mixedDates(
  { warehouse, world }: RunEngine,
  table: ComputedTable,
  dates: readonly GameDate[],
): Promise<Finding | undefined> {
  const [first] = dates;
  if (first === undefined || dates.length < 2) return undefined;
  const { dialect } = warehouse;
  const options = unitOptions(table, {});
  // What all of them may see is what the first one reaches back to and the rest of the season.
  const context = probeContext(dialect, world, { table, date: first, options }, 'as it was');
  const targets = dates.map((date) => targetDate(world.calendar, date));
  const together = stagedSelect(table, context, targets);
  const pairs = targets.map((target) => ({
    date: target.date,
    alone: { table, select: stagedSelect(table, context, [target]) },
    among: {
      table,
      select: `SELECT * FROM (${together}\n) AS several WHERE ${table.partition} = ${dialect.date(target.date)}`,
    },
  }));
  const contents = await contentsOf(
    warehouse,
    pairs.flatMap(({ alone, among }) => [alone, among]),
  );
  const mixed = pairs.filter(
    (_, index) => contents[2 * index]?.hash !== contents[2 * index + 1]?.hash,
  );
  const [found] = await describeDifferences(
    warehouse,
    mixed.slice(0, 1).map(({ date, alone, among }) => ({
      table,
      date,
      what: { kind: 'mixes_dates' },
      was: writtenRows(alone),
      is: writtenRows(among),
    })),
    'definition',
  );
  return found;
}
