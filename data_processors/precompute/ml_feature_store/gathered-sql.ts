import { longBreakDays } from '../../../src/calendar/unbroken-since.ts';
import { plain, sumOf } from '../../../src/games/game-sums.ts';
import { historyColumns, playerHistoryCtes } from '../../../src/games/player-history-sql.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';
import { lastGames, seasonToDate } from '../../../src/window/window.ts';
import { candidatesCtes } from '../../shared/roster/upcoming-players-sql.ts';
import { teamRecordCtes } from './team-record-sql.ts';

/** What the rules over his own games add up. */
export const historySums = [
  sumOf(plain('points'), seasonToDate),
  ...[2, 5, 10].map((games) => sumOf(plain('points'), lastGames(games, 'player'))),
  sumOf(plain('ft_makes'), lastGames(10, 'player')),
];

/** Columns that the candidate himself has too. */
const cachedTwins = [
  'points_avg_last_5',
  'points_avg_last_10',
  'points_avg_season',
  'games_in_last_7_days',
] as const;

const cached = [
  'points_std_last_10',
  'minutes_avg_last_10',
  'minutes_avg_season',
  'team_pace_last_10',
  'team_off_rating_last_10',
] as const;

const factors = [
  'fatigue_score',
  'shot_zone_mismatch_score',
  'pace_score',
  'usage_spike_score',
  'missing_data_fields',
] as const;

const zoneRates = [
  'paint_rate_last_10',
  'mid_range_rate_last_10',
  'three_pt_rate_last_10',
] as const;

/**
 * CTEs that end in `gathered`: each candidate with all that his features are made of. The rows of
 * earlier phases are those of the very date, never an older one that happens to be the latest.
 */
export function gatheredCtes(context: SqlContext): string {
  const { input } = context;
  const ofPlayer = (
    relation: string,
    date: string,
  ) => `ON ${relation}.${date} = candidates.game_date
    AND ${relation}.universal_player_id = candidates.universal_player_id`;
  const columnsOf = (relation: string, names: readonly string[]) =>
    names.map((name) => `${relation}.${name}`).join(',\n    ');
  return `${candidatesCtes(context)},
${playerHistoryCtes(context, historySums)},
${teamRecordCtes(context)},
gathered AS (
  SELECT
    candidates.universal_player_id,
    candidates.player_lookup,
    candidates.game_date,
    candidates.game_id,
    candidates.nba_game_id,
    candidates.season_year,
    candidates.season_phase,
    candidates.team_abbr,
    candidates.opponent_team_abbr,
    candidates.home_game,
    candidates.days_rest,
    candidates.opponent_days_rest,
    candidates.back_to_back,
    candidates.games_in_last_7_days,
    candidates.player_status,
    candidates.games_played_season,
    candidates.games_in_sample,
    candidates.expected_games,
    candidates.actual_games,
    candidates.over_break,
    candidates.lacks_games,
    candidates.opponent_days_rest > ${longBreakDays} AS opponent_idle,
    ${columnsOf('history', historyColumns(historySums))},
    ${columnsOf('team_record', ['record_games', 'record_wins'])},
    cache.universal_player_id IS NOT NULL AS has_cache,
    ${cachedTwins.map((name) => `cache.${name} AS cached_${name}`).join(',\n    ')},
    ${columnsOf('cache', cached)},
    factors.universal_player_id IS NOT NULL AS has_factors,
    ${columnsOf('factors', factors)},
    zones.universal_player_id IS NOT NULL AS has_zones,
    zones.is_production_ready AS zones_ready,
    ${columnsOf('zones', zoneRates)},
    defense.team_abbr IS NOT NULL AS has_defense,
    defense.is_production_ready AS defense_ready,
    ${columnsOf('defense', ['defensive_rating_last_15', 'opponent_pace'])}
  FROM candidates
  LEFT JOIN history
    ${ofPlayer('history', 'analysis_date')}
  LEFT JOIN team_record
    ON team_record.analysis_date = candidates.game_date
    AND team_record.team_abbr = candidates.team_abbr
  LEFT JOIN ${input('player_daily_cache')} AS cache
    ${ofPlayer('cache', 'cache_date')}
  LEFT JOIN ${input('player_composite_factors')} AS factors
    ${ofPlayer('factors', 'game_date')}
  LEFT JOIN ${input('player_shot_zone_analysis')} AS zones
    ${ofPlayer('zones', 'analysis_date')}
  LEFT JOIN ${input('team_defense_zone_analysis')} AS defense
    ON defense.analysis_date = candidates.game_date
    AND defense.team_abbr = candidates.opponent_team_abbr
)`;
}
