import { teams } from '../../../src/league/teams.ts';
import type { DateFacts, ExpectedRows } from '../../../src/table/expected-rows.ts';
import type { EffectiveOptions } from '../../../src/table/table-option.ts';

/**
 * Rows of a table that has one per upcoming player with enough games: never more than there are
 * upcoming players. How many of them have played `min_games` times the schedule does not tell, but
 * on a team with twice as many games somebody has, and where every team has played that often, most
 * have: a date that holds 1 of 187 players is no success. Gaps upstream and a quality threshold
 * may leave nobody.
 */
export function expectedPlayerRows(facts: DateFacts, options: EffectiveOptions): ExpectedRows {
  const games = options['min_games'] ?? 0;
  const candidates = facts.inputRows('upcoming_player_game_context') ?? 0;
  const bounded =
    candidates > 0 &&
    options['quality_threshold'] === 0 &&
    facts.inputComplete('player_game_summary');
  // Some team that plays has as many games, even if all those that have fewer are among those that play.
  const others = teams.length - facts.teamsWithGames(2 * games);
  const someTeam = 2 * facts.games > others;
  const most = others === 0 ? Math.ceil(candidates / 2) : 1;
  return {
    min: bounded && someTeam ? most : 0,
    max: candidates,
    candidates,
    why: `${candidates} upcoming players, ${teams.length - others} teams with ${2 * games} games`,
  };
}
