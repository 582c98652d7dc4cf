import type { Row } from './canonical-row.ts';
import { cell, NULL_TEXT, text, whole, wholeOrNull } from './canonical-row.ts';

/**
 * `team_defense_game_summary` of all games in the given `team_offense_game_summary` rows: for each
 * team the mirror of its opponent's row. Rows come in the order of the offense rows.
 * @throws when a game has only one offense row.
 */
export function oracleTeamDefenseGameSummary(offenseRows: readonly Row[]): readonly Row[] {
  const byGameAndTeam = new Map(
    offenseRows.map((row) => [`${cell(row, 'nba_game_id')} ${cell(row, 'team_abbr')}`, row]),
  );
  return offenseRows.map((own) => {
    const game = cell(own, 'nba_game_id');
    const opponent = byGameAndTeam.get(`${game} ${cell(own, 'opponent_team_abbr')}`);
    if (!opponent) throw new Error(`game "${game}" has no offense row of the opponent`);
    return defenseRow(own, opponent);
  });
}

function defenseRow(own: Row, opponent: Row): Row {
  return {
    game_id: cell(own, 'game_id'),
    nba_game_id: cell(own, 'nba_game_id'),
    game_date: cell(own, 'game_date'),
    season_year: cell(own, 'season_year'),
    game_type: cell(own, 'game_type'),
    team_abbr: cell(own, 'team_abbr'),
    opponent_team_abbr: cell(own, 'opponent_team_abbr'),
    home_game: cell(own, 'home_game'),
    overtime_periods: cell(own, 'overtime_periods'),
    win_flag: cell(own, 'win_flag'),
    margin_of_victory: cell(own, 'margin_of_victory'),
    points_allowed: cell(opponent, 'points_scored'),
    opp_fg_makes: cell(opponent, 'fg_makes'),
    opp_fg_attempts: cell(opponent, 'fg_attempts'),
    opp_three_pt_makes: cell(opponent, 'three_pt_makes'),
    opp_three_pt_attempts: cell(opponent, 'three_pt_attempts'),
    opp_ft_makes: cell(opponent, 'ft_makes'),
    opp_ft_attempts: cell(opponent, 'ft_attempts'),
    opp_rebounds: cell(opponent, 'rebounds'),
    opp_assists: cell(opponent, 'assists'),
    turnovers_forced: cell(opponent, 'turnovers'),
    steals: cell(own, 'steals'),
    blocks: cell(own, 'blocks'),
    defensive_rebounds: cell(own, 'defensive_rebounds'),
    fouls_committed: cell(own, 'personal_fouls'),
    has_shot_zones: cell(own, 'has_shot_zones'),
    opp_paint_makes: cell(opponent, 'paint_makes'),
    opp_paint_attempts: cell(opponent, 'paint_attempts'),
    opp_mid_range_makes: cell(opponent, 'mid_range_makes'),
    opp_mid_range_attempts: cell(opponent, 'mid_range_attempts'),
    opp_zone_three_pt_makes: cell(opponent, 'zone_three_pt_makes'),
    opp_zone_three_pt_attempts: cell(opponent, 'zone_three_pt_attempts'),
    points_in_paint_allowed: twice(opponent, 'paint_makes'),
    mid_range_points_allowed: twice(opponent, 'mid_range_makes'),
    three_pt_points_allowed: text(3 * whole(opponent, 'three_pt_makes')),
    defensive_rating: cell(opponent, 'offensive_rating'),
    opponent_pace: cell(opponent, 'pace'),
    opponent_ts_pct: cell(opponent, 'ts_pct'),
    data_quality_issues: cell(own, 'data_quality_issues'),
  };
}

function twice(row: Row, column: string): string {
  const makes = wholeOrNull(row, column);
  return makes === null ? NULL_TEXT : text(2 * makes);
}
