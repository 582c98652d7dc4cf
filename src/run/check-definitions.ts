import type { GameDate } from '../calendar/game-date.ts';
import type { PlannedUnit } from '../plan/plan.ts';
import { checkShape } from '../table/check-shape.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import { WarehouseError } from '../warehouse/warehouse.ts';
import type { RunEngine } from '../world/run-engine.ts';
import type { World } from '../world/world.ts';

/**
 * What is wrong with the definitions that a plan works with, before anything is worked. A definition that has
 * made what is recorded is right, so that a nightly run asks nothing.
 * @throws WarehouseError `surroundings` for functions that stand in the place of the engine's.
 * @returns by table; nothing where the warehouse cannot tell without carrying the SQL out.
 */
export async function checkDefinitions(
  engine: RunEngine,
  units: readonly PlannedUnit[],
): Promise<ReadonlyMap<string, string>> {
  const worked = new Set(units.filter(({ action }) => action === 'run').map(({ table }) => table));
  if (worked.size > 0) await refuseShadows(engine);
  const faults = new Map<string, string>();
  for (const table of engine.world.tables.computed) {
    if (!worked.has(table.name) || hasMadeRows(engine.world, table)) continue;
    const fault = await definitionFault(engine, table);
    if (fault !== undefined) faults.set(table.name, fault);
  }
  return faults;
}

/** @throws WarehouseError `surroundings` where SQL would call something else than it says. */
async function refuseShadows({ warehouse }: RunEngine): Promise<void> {
  const [name] = (await warehouse.shadowedFunctions?.()) ?? [];
  if (name === undefined) return;
  throw new WarehouseError(
    'surroundings',
    `"${warehouse.location}" has a macro "${name}", which takes the place of DuckDB's own function in all SQL; give it another name, or remove it: DROP MACRO ${name}`,
  );
}

/** What is wrong with the SQL of a table, where the warehouse can tell; `undefined` when nothing is. */
export async function definitionFault(
  { warehouse, world }: RunEngine,
  table: ComputedTable,
): Promise<string | undefined> {
  if (!warehouse.describe) return undefined;
  const faults = await checkShape(warehouse.describe, warehouse.dialect, world.tables, table);
  return faults.length === 0 ? undefined : faults.join('; ');
}

/** Whether a definition has made rows that are recorded, as it is today. */
function hasMadeRows(world: World, table: ComputedTable): boolean {
  return recordsWithRows(world, table).length > 0;
}

/** Dates of seasons of which a definition that is proven first has made no rows yet. */
export function unprovenDates(
  world: World,
  table: ComputedTable,
  dates: readonly GameDate[],
): readonly GameDate[] {
  if (!table.provenFirst || dates.length === 0) return [];
  const season = (date: GameDate) => world.calendar.scheduled(date)?.seasonYear;
  const proven = new Set(recordsWithRows(world, table).map(({ date }) => season(date)));
  return dates.filter((date) => !proven.has(season(date)));
}

function recordsWithRows({ ledger, codeVersion }: World, table: ComputedTable) {
  const version = codeVersion(table);
  return [...ledger.of(table.name).values()].filter(
    (record) => record.state === 'done' && record.rows > 0 && record.codeVersion === version,
  );
}
