import { addDays, daysBetween, type GameDate } from '../calendar/game-date.ts';
import { type SeasonCalendar, seasonOf } from '../calendar/season-calendar.ts';
import { stagedSelect } from '../table/staged-select.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import { targetDate } from '../table/target-dates.ts';
import { unitOptions } from '../table/unit-options.ts';
import { WarehouseError } from '../warehouse/warehouse.ts';
import type { RunEngine } from '../world/run-engine.ts';
import { type ComputedContent, contentsByDate, writtenRows } from './computed-content.ts';
import { describeDifferences } from './describe-differences.ts';
import type { Finding } from './finding.ts';
import { probeContext } from './probe-context.ts';
import { probeUnits } from './verify-no-lookahead.ts';

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
  // Each is computed three times alone, and once beside the others.
  const sample = spread(own, table.provenFirst ?? 0, (date) =>
    Boolean(world.calendar.scheduled(addDays(date, 1))),
  );
  const units = sample.map((date) => ({ table, date, options: unitOptions(table, {}) }));
  try {
    const { findings, alone } = await probeUnits(engine, units);
    return findings[0] ?? (await mixedDates(engine, table, sample, alone));
  } catch (error) {
    if (!(error instanceof WarehouseError) || error.kind !== 'statement' || !last) throw error;
    const what = { kind: 'cannot_be_computed', error: error.message } as const;
    return { table: table.name, date: last, what, rows: [], cause: 'definition' };
  }
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

/** So near are the dates that a query could take for each other, be it by a week. */
const companyDays = 8;

/** Game dates that are computed beside those of the sample, them included; what is not worked today will be another time. */
function companyOf(calendar: SeasonCalendar, dates: readonly GameDate[]): readonly GameDate[] {
  const [first] = dates;
  const season = first && seasonOf(calendar, first);
  return (season?.dates ?? []).filter((day) =>
    dates.some((date) => Math.abs(daysBetween(day, date)) <= companyDays),
  );
}

/** The dates, computed with those near them, give each what it gives alone. @param alone what each comes to by itself. */
async function mixedDates(
  { warehouse, world }: RunEngine,
  table: ComputedTable,
  dates: readonly GameDate[],
  alone: readonly ComputedContent[],
): Promise<Finding | undefined> {
  const { dialect } = warehouse;
  const company = companyOf(world.calendar, dates);
  const [first] = company;
  if (first === undefined) return undefined;
  const options = unitOptions(table, {});
  // What all of them may see is what the first one reaches back to and the rest of the season.
  const context = probeContext(dialect, world, { table, date: first, options }, 'as it was');
  const select = (days: readonly GameDate[]) =>
    stagedSelect(
      table,
      context,
      days.map((day) => targetDate(world.calendar, day)),
    );
  const together = await contentsByDate(warehouse, { table, select: select(company) });
  const nothing = alone.find(({ rows, excluded }) => rows + excluded === 0)?.hash;
  const mixed = dates.find(
    (date, index) => alone[index]?.hash !== (together.get(date)?.hash ?? nothing),
  );
  if (mixed === undefined) return undefined;
  const among = `SELECT * FROM (${select(company)}\n) AS several WHERE ${table.partition} = ${dialect.date(mixed)}`;
  const [found] = await describeDifferences(
    warehouse,
    [
      {
        table,
        date: mixed,
        what: { kind: 'mixes_dates' },
        was: writtenRows({ table, select: select([mixed]) }),
        is: writtenRows({ table, select: among }),
      },
    ],
    'definition',
  );
  return found;
}
