import { planAsRecorded } from '../plan/plan-as-recorded.ts';
import type { DateAnswer } from './api-types.ts';
import { readDate } from './request-values.ts';
import type { ServeContext } from './serve-context.ts';

/** All tables of one date. */
export function dateEndpoint({ read }: ServeContext, day: string): Promise<DateAnswer> {
  const date = readDate(day);
  return read(async ({ engine, plan }) => {
    const scheduled = engine.world.calendar.scheduled(date);
    const { units } = scheduled ? plan() : planAsRecorded(engine.world, [date]);
    const teams = scheduled?.teams ?? [];
    return {
      date,
      games: teams.flatMap((team, index) =>
        index % 2 === 0 ? [`${team}–${teams[index + 1]}`] : [],
      ),
      units: units
        .filter((unit) => unit.date === date)
        .map(({ table, state, reason, rows }) => ({ table, state, reason, rows: rows ?? null })),
    };
  });
}
