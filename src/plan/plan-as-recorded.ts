import type { GameDate } from '../calendar/game-date.ts';
import type { PlanFacts } from '../world/plan-facts.ts';
import { makePlan } from './make-plan.ts';
import type { Plan } from './plan.ts';

/**
 * The state of every unit of all computed tables, each judged by the options it was made with: what
 * `status`, `explain` and `verify` look at.
 * @param dates all dates of the schedule unless given; ascending.
 */
export function planAsRecorded(facts: PlanFacts, dates?: readonly GameDate[]): Plan {
  return makePlan(facts, {
    tables: facts.tables.computed.map(({ name }) => name),
    dates: dates ?? facts.calendar.dates,
    backfillMode: true,
    options: 'recorded',
  });
}
