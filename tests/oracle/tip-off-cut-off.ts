import type { ScheduleRow } from './raw-rows.ts';

/** Whether values without a capture time, as closing lines are, may be used before a game. */
export interface LineOptions {
  readonly acceptClosingLines: boolean;
}

/** Midnight of the US east coast in winter: before the day began. */
const DAY_BEGINS_UTC = '05:00:00';

/** The last moment at which something could be known before a game, as UTC text. */
export function cutOffOf(ownTipoff: string | null, game: ScheduleRow): string {
  return ownTipoff ?? game.tipoff_at ?? `${game.game_date} ${DAY_BEGINS_UTC}`;
}

/** Whether something was captured when the game had begun, as the schedule has it. */
export function isAfterScheduledTipoff(
  line: { readonly captured_at: string | null },
  game: Pick<ScheduleRow, 'tipoff_at'> | undefined,
): boolean {
  const tipoff = game?.tipoff_at ?? null;
  return line.captured_at !== null && tipoff !== null && line.captured_at > tipoff;
}

/** Whether a line or prop of a game was known before it. */
export function isUsableLine(
  line: { readonly tipoff_at: string | null; readonly captured_at: string | null },
  game: ScheduleRow,
  options: LineOptions,
): boolean {
  if (line.captured_at === null) return options.acceptClosingLines;
  if (isAfterScheduledTipoff(line, game)) return false;
  return line.captured_at <= cutOffOf(line.tipoff_at, game);
}
