import type { DateFacts, ExpectedRows } from '../../../src/table/expected-rows.ts';
import type { EffectiveOptions } from '../../../src/table/table-option.ts';

/**
 * Players only gain games within a season, so their number never falls. Once a team has
 * `min_games` games somebody must have them too: five men are on court at any time, and a quality
 * threshold alone may leave nobody.
 */
export function expectedRows(facts: DateFacts, options: EffectiveOptions): ExpectedRows {
  const games = options['min_games'] ?? 0;
  const someTeam = facts.teamsWithGames(games) > 0;
  const floor = someTeam && games <= 10 && options['quality_threshold'] === 0 ? 1 : 0;
  const min = Math.max(floor, facts.previousDateRows ?? 0);
  return {
    min,
    max: Number.MAX_SAFE_INTEGER,
    why: someTeam ? `at least ${min}, as on the previous date` : `no team has ${games} games`,
  };
}
