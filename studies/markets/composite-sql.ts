/**
 * How far the season average is from the points of who then played, alone and with the composite adjustment
 * added; and the coefficient with which an adjustment would have fitted best (least squares of what the average
 * misses on the adjustment). One row per season.
 */
export const compositeSql = `
WITH played AS (
  SELECT
    game.season_year,
    CAST(game.points AS DOUBLE) - cache.points_avg_season AS missed,
    factors.total_composite_adjustment AS adjustment,
    factors.fatigue_adjustment AS fatigue
  FROM nba_analytics.player_game_summary AS game
  INNER JOIN nba_precompute.player_daily_cache AS cache
    ON cache.universal_player_id = game.universal_player_id
    AND cache.cache_date = game.game_date
  INNER JOIN nba_precompute.player_composite_factors AS factors
    ON factors.universal_player_id = game.universal_player_id
    AND factors.game_date = game.game_date
    AND factors.game_id = game.game_id
  WHERE game.is_active
)
SELECT
  season_year,
  COUNT(*) AS players,
  ROUND(AVG(ABS(missed)), 3) AS season_average,
  ROUND(AVG(ABS(missed - adjustment)), 3) AS with_adjustment,
  ROUND(REGR_SLOPE(missed, adjustment), 3) AS best_coefficient,
  ROUND(REGR_SLOPE(missed, fatigue), 3) AS best_coefficient_of_fatigue
FROM played
GROUP BY ROLLUP (season_year)
ORDER BY season_year`;
