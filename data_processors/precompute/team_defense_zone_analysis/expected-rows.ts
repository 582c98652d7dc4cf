import { teams as league } from '../../../src/league/teams.ts';
import type { DateFacts, ExpectedRows } from '../../../src/table/expected-rows.ts';
import type { EffectiveOptions } from '../../../src/table/table-option.ts';

/**
 * One row per team with `min_games` final games. Upstream gaps and a quality threshold can only
 * lower the number, never to zero while every game before the date is there.
 */
export function expectedRows(facts: DateFacts, options: EffectiveOptions): ExpectedRows {
  const games = options['min_games'] ?? 0;
  const teams = facts.teamsWithGames(games);
  const exact =
    options['quality_threshold'] === 0 && facts.inputComplete('team_defense_game_summary');
  const why = `${teams} teams have ${games} games`;
  const candidates = league.length;
  if (exact) return { min: teams, max: teams, candidates, why };
  const min = options['quality_threshold'] === 0 ? Math.min(1, teams) : 0;
  return { min, max: teams, candidates, why };
}
