import type { SlateTeam } from '../../src/serve/slate-api-types.ts';

/** `won 3`, `lost 1`; nothing before the first game. */
export function streakText({ streak }: SlateTeam): string {
  if (streak === 0) return '';
  return streak > 0 ? `won ${streak}` : `lost ${-streak}`;
}

/** `back to back`, `2 days off`. */
export function restText({ days_off: daysOff }: SlateTeam): string {
  if (daysOff === null) return 'first game';
  if (daysOff === 0) return 'back to back';
  return daysOff === 1 ? '1 day off' : `${daysOff} days off`;
}
