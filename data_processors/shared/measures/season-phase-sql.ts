/**
 * `season_phase` of a game on a target date, from its `game_type`. By days since the season began
 * and not by month: an April game may be the regular season's last or the playoffs' first.
 */
export function seasonPhaseSql(gameType: string): string {
  const day = 'unix_date(target_dates.analysis_date) - unix_date(target_dates.season_start)';
  return `CASE
      WHEN ${gameType} IN ('playoffs', 'play_in') THEN ${gameType}
      WHEN ${day} < 42 THEN 'early'
      WHEN ${day} < 130 THEN 'mid'
      ELSE 'late'
    END`;
}
