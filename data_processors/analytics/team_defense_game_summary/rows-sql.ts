import type { SqlContext } from '../../../src/table/sql-context.ts';
import { zoneColumnNames } from '../../shared/shots/shot-zones-sql.ts';

/** Two rows per game: each team's offense row, mirrored to the team that defended. */
export function rowsSql({ input }: SqlContext): string {
  return `
SELECT
  own.game_id,
  own.nba_game_id,
  own.game_date,
  own.season_year,
  own.game_type,
  own.team_abbr,
  own.opponent_team_abbr,
  own.home_game,
  own.overtime_periods,
  own.win_flag,
  own.margin_of_victory,
  opponent.points_scored AS points_allowed,
  opponent.fg_makes AS opp_fg_makes,
  opponent.fg_attempts AS opp_fg_attempts,
  opponent.three_pt_makes AS opp_three_pt_makes,
  opponent.three_pt_attempts AS opp_three_pt_attempts,
  opponent.ft_makes AS opp_ft_makes,
  opponent.ft_attempts AS opp_ft_attempts,
  opponent.rebounds AS opp_rebounds,
  opponent.assists AS opp_assists,
  opponent.turnovers AS turnovers_forced,
  own.steals,
  own.blocks,
  own.defensive_rebounds,
  own.personal_fouls AS fouls_committed,
  own.has_shot_zones,
  ${zoneColumnNames.map((name) => `opponent.${name} AS opp_${name}`).join(',\n  ')},
  2 * opponent.paint_makes AS points_in_paint_allowed,
  2 * opponent.mid_range_makes AS mid_range_points_allowed,
  3 * opponent.three_pt_makes AS three_pt_points_allowed,
  opponent.offensive_rating AS defensive_rating,
  opponent.pace AS opponent_pace,
  opponent.ts_pct AS opponent_ts_pct,
  own.data_quality_issues
FROM ${input('team_offense_game_summary')} AS own
INNER JOIN target_dates
  ON target_dates.analysis_date = own.game_date
INNER JOIN ${input('team_offense_game_summary')} AS opponent
  ON opponent.nba_game_id = own.nba_game_id
  AND opponent.game_date = own.game_date
  AND opponent.team_abbr = own.opponent_team_abbr`;
}
