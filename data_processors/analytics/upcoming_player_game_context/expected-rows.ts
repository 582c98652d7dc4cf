import type { DateFacts, ExpectedRows } from '../../../src/table/expected-rows.ts';

/** Days a player stays on the roster after his last game. */
export const rosterDays = 30;

/**
 * Every team that played within the roster's days has at least the five who were on court; without
 * such a team there is no candidate: the first two dates of a season, a restart after a long break.
 */
export function expectedRows(facts: DateFacts): ExpectedRows {
  const teams = facts.teamsBackWithin(rosterDays);
  const min = facts.inputComplete('player_game_summary') ? 5 * teams : Math.min(1, teams);
  return {
    min,
    max: Number.MAX_SAFE_INTEGER,
    why: `${teams} of the teams played within ${rosterDays} days`,
  };
}
