import type { SlateTeam } from '../../src/serve/slate-api-types.ts';

/** `won 3`, `lost 1`; nothing before the first game. */
export function streakText({ streak }: SlateTeam): string {
  if (streak === 0) return '';
  return streak > 0 ? `won ${streak}` : `lost ${-streak}`;
}

/** `back to back`, `2 days off`. */
export function restText({ days_rest: daysRest }: SlateTeam): string {
  if (daysRest === null) return 'first game';
  if (daysRest === 0) return 'back to back';
  return daysRest === 1 ? '1 day off' : `${daysRest} days off`;
}
