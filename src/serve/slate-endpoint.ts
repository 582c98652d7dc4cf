import { features } from '../../data_processors/precompute/ml_feature_store/features.ts';
import type { GameDate } from '../calendar/game-date.ts';
import { teams } from '../league/teams.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import type { Row } from '../warehouse/warehouse.ts';
import { absentUnit } from './absent-unit.ts';
import { readDate } from './request-values.ts';
import { cellNumber, cellText, cellTruth } from './rows.ts';
import type { ServeContext } from './serve-context.ts';
import type { SlateAnswer, SlateGame, SlatePlayer, SlateTeam } from './slate-api-types.ts';
import { byZone } from './team-defense-endpoint.ts';

/**
 * The games of a date as they were before it; unless one is given, of the latest with rows. Read from the
 * tables' rows of the date alone, which hold nothing of it or later.
 */
export function slateEndpoint(
  { read }: ServeContext,
  day: string | undefined,
): Promise<SlateAnswer> {
  const wanted = day === undefined ? undefined : readDate(day);
  return read(async (opened) => {
    const { warehouse } = opened.engine;
    const sql = warehouse.dialect;
    const [latest] = await warehouse.query(`
SELECT CAST(MAX(game_date) AS STRING) AS day
FROM nba_analytics.upcoming_team_game_context`);
    const last = cellText(latest, 'day');
    const date = wanted ?? (last === null ? undefined : readDate(last));
    if (date === undefined) {
      const absent = 'upcoming_team_game_context has no rows yet';
      return { date: null, previous: null, next: null, absent, games: [] };
    }
    const [steps] = await warehouse.query(stepsSql(sql, date));
    const teamRows = await warehouse.query(teamsSql(sql, date));
    const playerRows = await warehouse.query(playersSql(sql, date));
    return {
      date,
      previous: cellText(steps, 'previous'),
      next: cellText(steps, 'next'),
      absent:
        teamRows.length > 0
          ? null
          : (absentUnit(opened, 'upcoming_team_game_context', date) ?? 'no team has a row'),
      games: toGames(teamRows, playerRows),
    };
  });
}

function stepsSql(sql: SqlDialect, date: GameDate): string {
  const day = sql.date(date);
  return `
SELECT
  CAST(MAX(CASE WHEN game_date < ${day} THEN game_date END) AS STRING) AS previous,
  CAST(MIN(CASE WHEN game_date > ${day} THEN game_date END) AS STRING) AS next
FROM nba_analytics.upcoming_team_game_context`;
}

function teamsSql(sql: SqlDialect, date: GameDate): string {
  const day = sql.date(date);
  const winPct = features.findIndex(({ name }) => name === 'team_win_pct');
  return `
WITH shots AS (
  SELECT
    context.team_abbr,
    SUM(zones.paint_attempts_per_game) AS paint_attempts,
    SUM(zones.mid_range_attempts_per_game) AS mid_range_attempts,
    SUM(zones.three_pt_attempts_per_game) AS three_pt_attempts
  FROM nba_analytics.upcoming_player_game_context AS context
  INNER JOIN nba_precompute.player_shot_zone_analysis AS zones
    ON zones.universal_player_id = context.universal_player_id
    AND zones.analysis_date = context.game_date
  WHERE context.game_date = ${day}
    AND COALESCE(context.player_status, '') <> 'out'
  GROUP BY context.team_abbr
),
form AS (
  SELECT team_abbr, MAX(team_pace_last_10) AS pace, MAX(team_off_rating_last_10) AS offense
  FROM nba_precompute.player_daily_cache
  WHERE cache_date = ${day}
  GROUP BY team_abbr
),
record AS (
  SELECT team_abbr, MAX(${sql.arrayElement('features', winPct)}) AS win_pct
  FROM nba_predictions.ml_feature_store
  WHERE game_date = ${day}
    AND ${sql.arrayElement('feature_sources', winPct)} <> 'default'
  GROUP BY team_abbr
)
SELECT
  context.*,
  context.team_win_streak_entering - context.team_loss_streak_entering AS streak,
  form.pace,
  form.offense,
  record.win_pct,
  shots.paint_attempts,
  shots.mid_range_attempts,
  shots.three_pt_attempts,
  defense.defensive_rating_last_15,
  defense.paint_defense_vs_league_avg,
  defense.mid_range_defense_vs_league_avg,
  defense.three_pt_defense_vs_league_avg
FROM nba_analytics.upcoming_team_game_context AS context
LEFT JOIN shots
  ON shots.team_abbr = context.team_abbr
LEFT JOIN form
  ON form.team_abbr = context.team_abbr
LEFT JOIN record
  ON record.team_abbr = context.team_abbr
LEFT JOIN nba_precompute.team_defense_zone_analysis AS defense
  ON defense.team_abbr = context.team_abbr
  AND defense.analysis_date = context.game_date
WHERE context.game_date = ${day}
ORDER BY context.game_id, context.home_game, context.team_abbr`;
}

function playersSql(sql: SqlDialect, date: GameDate): string {
  const sameRow = (table: string, day: string) =>
    `${table}.universal_player_id = context.universal_player_id
  AND ${table}.${day} = context.game_date`;
  return `
SELECT
  context.universal_player_id,
  context.player_full_name,
  context.team_abbr,
  context.game_id,
  context.player_status,
  context.current_points_line,
  context.days_rest - 1 AS days_off,
  context.points_avg_last_5,
  cache.minutes_avg_last_10,
  cache.points_avg_season,
  cache.usage_rate_last_10,
  factors.fatigue_score,
  factors.shot_zone_mismatch_score,
  factors.total_composite_adjustment,
  store.feature_quality_score
FROM nba_analytics.upcoming_player_game_context AS context
LEFT JOIN nba_precompute.player_daily_cache AS cache
  ON ${sameRow('cache', 'cache_date')}
LEFT JOIN nba_precompute.player_composite_factors AS factors
  ON ${sameRow('factors', 'game_date')}
LEFT JOIN nba_predictions.ml_feature_store AS store
  ON ${sameRow('store', 'game_date')}
WHERE context.game_date = ${sql.date(date)}
ORDER BY COALESCE(cache.minutes_avg_last_10, 0) DESC, context.universal_player_id`;
}

function toGames(teamRows: readonly Row[], playerRows: readonly Row[]): readonly SlateGame[] {
  const byGame = Map.groupBy(playerRows, (row) => cellText(row, 'game_id'));
  return [...Map.groupBy(teamRows, (row) => cellText(row, 'game_id'))].map(([gameId, own]) => ({
    game_id: gameId ?? '',
    game_type: cellText(own[0], 'game_type') ?? '',
    neutral_site: cellTruth(own[0], 'neutral_site'),
    total: cellNumber(own[0], 'game_total'),
    teams: own.map(toTeam),
    players: (byGame.get(gameId) ?? []).map(toPlayer),
  }));
}

function toTeam(row: Row): SlateTeam {
  const attempts = byZone((zone) => cellNumber(row, `${zone}_attempts`));
  const all = (attempts.paint ?? 0) + (attempts.mid_range ?? 0) + (attempts.three_pt ?? 0);
  const team = cellText(row, 'team_abbr') ?? '';
  return {
    team,
    name: teams.find(({ tricode }) => tricode === team)?.name ?? '',
    home: cellTruth(row, 'home_game'),
    streak: cellNumber(row, 'streak') ?? 0,
    last_margin: cellNumber(row, 'last_game_margin'),
    win_pct: cellNumber(row, 'win_pct'),
    game_number: cellNumber(row, 'game_number_in_season'),
    days_off: cellNumber(row, 'team_days_rest'),
    games_last_7_days: cellNumber(row, 'games_in_last_7_days'),
    travel_miles: cellNumber(row, 'travel_miles'),
    time_zone_change: cellNumber(row, 'time_zone_change_hours'),
    road_games: cellNumber(row, 'consecutive_road_games'),
    spread: cellNumber(row, 'game_spread'),
    players_out: cellNumber(row, 'players_out_count'),
    pace: cellNumber(row, 'pace'),
    offense: cellNumber(row, 'offense'),
    defense: cellNumber(row, 'defensive_rating_last_15'),
    zones: byZone((zone) => ({
      share: attempts[zone] === null || all === 0 ? null : attempts[zone] / all,
      allowed_vs_league: cellNumber(row, `${zone}_defense_vs_league_avg`),
    })),
  };
}

function toPlayer(row: Row): SlatePlayer {
  return {
    id: cellText(row, 'universal_player_id') ?? '',
    name: cellText(row, 'player_full_name') ?? '',
    team: cellText(row, 'team_abbr') ?? '',
    status: cellText(row, 'player_status'),
    line: cellNumber(row, 'current_points_line'),
    days_off: cellNumber(row, 'days_off'),
    minutes: cellNumber(row, 'minutes_avg_last_10'),
    points_last_5: cellNumber(row, 'points_avg_last_5'),
    points_season: cellNumber(row, 'points_avg_season'),
    usage: cellNumber(row, 'usage_rate_last_10'),
    fatigue: cellNumber(row, 'fatigue_score'),
    matchup: cellNumber(row, 'shot_zone_mismatch_score'),
    index: cellNumber(row, 'total_composite_adjustment'),
    quality: cellNumber(row, 'feature_quality_score'),
  };
}
