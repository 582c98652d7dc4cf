import type { GameDate } from '../calendar/game-date.ts';
import { batchSelect } from '../run/stage/batch-select.ts';
import type { BatchRequest } from '../run/work/batch-request.ts';
import { emptyHash } from '../table/partition-hash.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import type { RunEngine } from '../world/run-engine.ts';
import type { World } from '../world/world.ts';
import { contentsByDate, contentsOf, writtenRows } from './computed-content.ts';
import { describeDifferences } from './describe-differences.ts';
import type { Finding } from './finding.ts';
import type { VerifiedUnit } from './verify-unit.ts';

/**
 * Computes all recorded dates of two seasons, that of the unit and the one before or after it, with one statement, and
 * some of them alone. @throws WarehouseError when one cannot be computed.
 */
export async function verifyMixedDates(
  engine: RunEngine,
  units: readonly VerifiedUnit[],
): Promise<readonly Finding[]> {
  const { warehouse, world } = engine;
  const findings: Finding[] = [];
  for (const { table, date, options } of units) {
    const recorded = [...world.ledger.of(table.name).values()].filter(({ rows }) => rows > 0);
    const seasons = Map.groupBy(recorded.map((record) => record.date).sort(), (day) => {
      return world.calendar.scheduled(day)?.seasonYear;
    });
    seasons.delete(undefined);
    const own = [...seasons.values()];
    const place = own.findIndex((days) => days.includes(date));
    const dates = own.slice(Math.max(0, place - 1), Math.max(0, place - 1) + 2).flat();
    const batch = { table, options, dates };
    const together = batchSelect(warehouse.dialect, world, batch);
    const mixed = await findMixedDate(engine, batch, together, [date]);
    if (mixed) findings.push(mixed);
  }
  return findings;
}

/**
 * Whether some dates of those that one statement computes come out as they do alone. A query that takes a date for
 * another has to have that other beside it, so that what is looked at is what is to be written.
 * @param together the SELECT of the rows of all of them. @param more dates that are looked at in any case.
 * @returns the first sampled date that does not. @throws WarehouseError when one cannot be computed.
 */
export async function findMixedDate(
  engine: RunEngine,
  { table, options, dates }: Pick<BatchRequest, 'table' | 'options' | 'dates'>,
  together: string,
  more: readonly GameDate[] = [],
): Promise<Finding | undefined> {
  const { warehouse, world } = engine;
  const { dialect } = warehouse;
  const sample =
    dates.length > 1 ? [...new Set([...sampleDates(world, table, dates), ...more])].sort() : [];
  if (sample.length === 0) return undefined;
  const computations = sample.map((date) => ({
    table,
    select: batchSelect(dialect, world, { table, options, dates: [date] }),
  }));
  const alone = await contentsOf(warehouse, computations);
  const of = (days: readonly GameDate[]) =>
    `SELECT * FROM (${together}\n) AS several WHERE ${dialect.isAmong(table.partition, days)}`;
  const beside = await contentsByDate(warehouse, { table, select: of(sample) });
  const place = sample.findIndex(
    (date, index) => alone[index]?.hash !== (beside.get(date)?.hash ?? emptyHash),
  );
  const [date, computation] = [sample[place], computations[place]];
  if (date === undefined || !computation) return undefined;
  const was = writtenRows(computation);
  const is = writtenRows({ table, select: of([date]) });
  const what = { kind: 'mixes_dates' } as const;
  const [found] = await describeDifferences(
    warehouse,
    [{ table, date, what, was, is }],
    'definition',
  );
  return found;
}

/** Of each season the first date that has rows, the last, and one between. */
function sampleDates(
  world: World,
  table: ComputedTable,
  dates: readonly GameDate[],
): readonly GameDate[] {
  const filled = dates.filter((date) => isFilled(world, table, date));
  const seasons = Map.groupBy(filled, (date) => world.calendar.scheduled(date)?.seasonYear);
  return [...seasons.values()].flatMap((own) => [
    ...new Set([own[0], own[Math.floor(own.length / 2)], own.at(-1)].flatMap((date) => date ?? [])),
  ]);
}

/** TRUE for a date on which the table has rows, which are those of its first input: of a definition nothing is seen on others. */
export function isFilled(
  { ledger }: Pick<World, 'ledger'>,
  { inputs }: ComputedTable,
  date: GameDate,
): boolean {
  const [spine] = inputs;
  return spine !== undefined && (ledger.get(spine.table, date)?.rows ?? 0) > 0;
}
