import { sumsOf } from '../../../src/games/games-measures.ts';
import { historyColumns } from '../../../src/games/player-history-sql.ts';
import { markets } from '../../../src/league/markets.ts';
import { selectList } from '../../../src/table/measure.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';
import { candidateExclusion, candidatesCtes } from '../../shared/roster/upcoming-players-sql.ts';
import { absenceSums, opponentSums } from './absence-features.ts';
import { features } from './features.ts';
import { formCtes } from './form-sql.ts';
import { lines } from './line-features.ts';
import { marketLineCtes } from './market-lines-sql.ts';
import { carried, expectedFeatures, measures } from './measures.ts';
import { rosterCtes } from './roster-sql.ts';
import { allowedForm, teamForm } from './team-features.ts';
import { teamFormCtes } from './team-form-sql.ts';

export const playerSums = sumsOf(features);
export const ofLatest = [
  ...new Set([...markets.flatMap(({ columns }) => columns), 'seconds_played']),
];

const fromCandidates = [
  ...['universal_player_id', 'player_lookup', 'game_date', 'game_id', 'nba_game_id'],
  ...['season_year', 'season_phase', 'team_abbr', 'opponent_team_abbr', 'home_game'],
  ...['games_played_season', 'days_rest', 'opponent_days_rest', 'back_to_back', 'player_status'],
  ...['games_in_last_7_days', 'games_in_last_14_days'],
  ...['minutes_in_last_7_days', 'minutes_in_last_14_days', 'game_spread', 'game_total'],
  ...['games_in_sample', 'expected_games', 'actual_games', 'over_break', 'lacks_games'],
];
const fromMatchup = [
  'travel_miles',
  'time_zone_change_hours',
  ...teamForm.map(({ name }) => `team_${name}`),
  ...[...teamForm, ...allowedForm].map(({ name }) => `opponent_${name}`),
];
const zoneRates = ['paint_rate_last_10', 'mid_range_rate_last_10', 'three_pt_rate_last_10'];
const zoneDefense = ['paint', 'mid_range', 'three_pt'].map(
  (zone) => `${zone}_defense_vs_league_avg`,
);
const columnsOf = (relation: string, names: readonly string[]) =>
  names.map((name) => `${relation}.${name}`).join(',\n    ');

/** One row per upcoming player with enough games. */
export function rowsSql(context: SqlContext): string {
  const { sql, input } = context;
  return `
WITH ${candidatesCtes(context)},
${formCtes(context, playerSums, ofLatest)},
${teamFormCtes(context)},
${rosterCtes(context)},
${marketLineCtes(context)},
gathered AS (
  SELECT
    ${columnsOf('candidates', fromCandidates)},
    ${columnsOf('form', historyColumns(playerSums))},
    ${ofLatest.map((name) => `form.latest_${name}`).join(',\n    ')},
    ${columnsOf('matchup', fromMatchup)},
    ${columnsOf('rostered', ['team_games', 'games_missed', 'played_of_last_ten'])},
    ${absenceSums.map((name) => `rostered.${name} AS own_${name}`).join(',\n    ')},
    ${absenceSums.map((name) => `absent.${name} AS team_${name}`).join(',\n    ')},
    ${opponentSums.map((name) => `absent.opponent_${name}`).join(',\n    ')},
    ${columnsOf(
      'lined',
      lines.map(({ name }) => name),
    )},
    zones.universal_player_id IS NOT NULL AS has_zones,
    zones.is_production_ready AS zones_ready,
    ${columnsOf('zones', zoneRates)},
    defense.team_abbr IS NOT NULL AS has_defense,
    defense.is_production_ready AS defense_ready,
    ${columnsOf('defense', zoneDefense)}
  FROM candidates
  LEFT JOIN form
    ON form.universal_player_id = candidates.universal_player_id
    AND form.game_date = candidates.last_game_date
  LEFT JOIN rostered
    ON rostered.universal_player_id = candidates.universal_player_id
    AND rostered.game_date = candidates.game_date
  LEFT JOIN absent
    ON absent.game_date = candidates.game_date
    AND absent.team_abbr = candidates.team_abbr
  LEFT JOIN lined
    ON lined.universal_player_id = candidates.universal_player_id
    AND lined.game_date = candidates.game_date
  LEFT JOIN matchup
    ON matchup.game_date = candidates.game_date
    AND matchup.team_abbr = candidates.team_abbr
  LEFT JOIN ${input('player_shot_zone_analysis')} AS zones
    ON zones.analysis_date = candidates.game_date
    AND zones.universal_player_id = candidates.universal_player_id
  LEFT JOIN ${input('team_defense_zone_analysis')} AS defense
    ON defense.analysis_date = candidates.game_date
    AND defense.team_abbr = candidates.opponent_team_abbr
),
featured AS (
  SELECT
    ${carried.join(',\n    ')},
    ${selectList(features, sql, 4)}
  FROM gathered
),
counted AS (
  SELECT
    *,
    ${expectedFeatures.map((name) => `CASE WHEN ${name} IS NULL THEN 0 ELSE 1 END`).join('\n    + ')} AS known_features
  FROM featured
)
SELECT
  ${selectList(measures, sql)},
  ${candidateExclusion(context, `div(10000 * known_features, ${expectedFeatures.length})`)}
FROM counted`;
}
