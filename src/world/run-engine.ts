import type { GameDate } from '../calendar/game-date.ts';
import { fetchLedger, toLedger } from '../ledger/read-ledger.ts';
import { fetchSchedule, toCalendar } from '../ledger/read-schedule.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { makeWorld } from './make-world.ts';
import { meanwhile } from './meanwhile.ts';
import type { LivingWorld } from './world.ts';

/** Time as the runner sees it. */
export interface Clock {
  /** UTC, ISO 8601. */
  now(): string;
  /** The day in US Eastern. */
  today(): GameDate;
  /** Milliseconds of a clock that never goes back. */
  elapsedMs(): number;
}

/** An open warehouse, and the world as it was read from it once. */
export interface RunEngine {
  readonly warehouse: Warehouse;
  readonly clock: Clock;
  readonly world: LivingWorld;
}

/** The tables that a world is read from, by {@link makeRunEngine}. */
export const worldTables = [
  'backcourt.warehouse',
  'backcourt.partitions',
  'nba_raw.schedule',
  'nba_raw.game_results',
] as const;

/** Reads ledger and schedule of an open warehouse. */
export async function makeRunEngine(
  warehouse: Warehouse,
  tables: TableRegistry,
  clock: Clock,
  packageVersion: string,
): Promise<RunEngine> {
  const texts = await fetchLedger(warehouse);
  const [days, ledger] = await meanwhile(fetchSchedule(warehouse), () => toLedger(texts));
  const calendar = toCalendar(days, ledger);
  const today = clock.today();
  const isSimulated = days[0]?.['data_kind'] === 'simulated';
  const { options } = texts;
  const parts = { tables, calendar, ledger, today, isSimulated, options, packageVersion };
  const world = makeWorld(parts);
  return { warehouse, clock, world };
}
