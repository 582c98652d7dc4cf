import { incompleteDates } from '../plan/incomplete-dates.ts';
import { planAsRecorded } from '../plan/plan-as-recorded.ts';
import { incompleteJson } from '../report/incomplete-lines.ts';
import { reasonJson } from '../report/words/json.ts';
import type { DateAnswer } from './api-types.ts';
import { readDate } from './request-values.ts';
import type { ServeContext } from './serve-context.ts';

/** All tables of one date. */
export function dateEndpoint({ read }: ServeContext, day: string): Promise<DateAnswer> {
  const date = readDate(day);
  return read(async ({ engine, plan }) => {
    const scheduled = engine.world.calendar.scheduled(date);
    const { units } = scheduled ? plan() : planAsRecorded(engine.world, [date]);
    const [incomplete] = incompleteDates(engine.world, [date]);
    const teams = scheduled?.teams ?? [];
    return {
      date,
      games: teams.flatMap((team, index) =>
        index % 2 === 0 ? [`${team}–${teams[index + 1]}`] : [],
      ),
      incomplete: incomplete ? incompleteJson(incomplete) : null,
      units: units
        .filter((unit) => unit.date === date)
        .map(({ table, state, reason, rows }) => ({
          table,
          state,
          reason: reasonJson(reason),
          rows: rows ?? null,
        })),
    };
  });
}
