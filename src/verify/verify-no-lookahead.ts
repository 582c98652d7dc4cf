import type { SqlDialect } from '../sql/sql-dialect.ts';
import { stagedSelect } from '../table/staged-select.ts';
import { type ComputedTable, knownOf } from '../table/table-definition.ts';
import { targetDate } from '../table/target-dates.ts';
import type { RunEngine } from '../world/run-engine.ts';
import type { World } from '../world/world.ts';
import { contentsOf, writtenRows } from './computed-content.ts';
import { describeDifferences } from './describe-differences.ts';
import type { Finding } from './finding.ts';
import { type Future, probeContext } from './probe-context.ts';
import type { VerifiedUnit } from './verify-unit.ts';

/** TRUE for tables whose rows claim to hold what was known before the day. */
export function isProbed(table: ComputedTable): boolean {
  return knownOf(table) === 'before_the_day';
}

const blindFutures = ['taken away', 'replaced by noise'] as const;

/** Computations that the probe of a date takes. */
export const probesOfUnit = 1 + blindFutures.length;

/**
 * Computes each unit three times: with everything from its date on as it stands there, taken away, and
 * replaced by noise. Rows and entities left out must be the same. Each computation is of one date and by
 * itself: the future of one date is the past of a later one, so that dates in one query would show each
 * other what is to be hidden.
 * @throws WarehouseError when one of them cannot be computed.
 */
export async function verifyNoLookahead(
  { warehouse, world }: RunEngine,
  units: readonly VerifiedUnit[],
): Promise<readonly Finding[]> {
  const futures = ['as it was', ...blindFutures] as const;
  const computations = units.flatMap((unit) =>
    futures.map((future) => probe(warehouse.dialect, world, unit, future)),
  );
  const contents = await contentsOf(warehouse, computations);
  const differences = units.flatMap(({ table, date }, index) => {
    const at = <T>(all: readonly T[], place: number): T => {
      const one = all[probesOfUnit * index + place];
      if (one === undefined) throw new Error(`${table.name} ${date} was not computed`);
      return one;
    };
    return blindFutures.flatMap((future, place) => {
      if (at(contents, 1 + place).hash === at(contents, 0).hash) return [];
      return [
        {
          table,
          date,
          what: { kind: 'looks_ahead', date, future } as const,
          was: writtenRows(at(computations, 0)),
          is: writtenRows(at(computations, 1 + place)),
        },
      ];
    });
  });
  return describeDifferences(warehouse, differences, 'definition');
}

function probe(sql: SqlDialect, world: World, unit: VerifiedUnit, future: Future) {
  const { table, date } = unit;
  const context = probeContext(sql, world, unit, future);
  return { table, select: stagedSelect(table, context, [targetDate(world.calendar, date)]) };
}
