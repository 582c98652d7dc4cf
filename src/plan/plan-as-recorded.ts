import type { GameDate } from '../calendar/game-date.ts';
import type { World } from '../world/world.ts';
import { makePlan } from './make-plan.ts';
import type { Plan } from './plan.ts';

/**
 * The state of every unit of all computed tables, each judged by the options it was made with: what
 * `status`, `explain` and `verify` look at.
 * @param dates all dates of the schedule unless given; ascending.
 */
export function planAsRecorded(world: World, dates?: readonly GameDate[]): Plan {
  return makePlan(world, {
    tables: world.tables.computed.map(({ name }) => name),
    dates: dates ?? world.calendar.dates,
    backfillMode: true,
    options: 'recorded',
  });
}
