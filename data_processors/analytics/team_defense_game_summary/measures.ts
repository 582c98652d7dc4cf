import { bool, int64, type Measure, numeric, string } from '../../../src/sql/column.ts';
import { takenFrom } from '../../../src/table/measure.ts';
import { issuesColumn } from '../../shared/measures/data-quality-issues.ts';
import { gameColumns, homeGame } from '../../shared/measures/identity-columns.ts';
import { zoneMeasures } from '../../shared/shots/zone-measures.ts';

const noShotData = { unit: 'points', nullWhen: 'the game has no usable shot data' } as const;

export const measures: readonly Measure[] = [
  ...takenFrom(
    'own',
    ...gameColumns,
    string('team_abbr', 'tricode of the defending team'),
    string('opponent_team_abbr', 'tricode of the opponent'),
    homeGame,
    int64('overtime_periods', 'as in team_offense_game_summary'),
    bool('win_flag', 'more points than the opponent'),
    int64('margin_of_victory', 'own − opponent points', { unit: 'points' }),
  ),
  int64('points_allowed', "opponent's points", { from: 'opponent.points_scored', unit: 'points' }),
  int64('opp_fg_makes', "opponent's field goals made", { from: 'opponent.fg_makes' }),
  int64('opp_fg_attempts', "opponent's field goals attempted", { from: 'opponent.fg_attempts' }),
  int64('opp_three_pt_makes', "opponent's three-pointers made", {
    from: 'opponent.three_pt_makes',
  }),
  int64('opp_three_pt_attempts', "opponent's three-pointers attempted", {
    from: 'opponent.three_pt_attempts',
  }),
  int64('opp_ft_makes', "opponent's free throws made", { from: 'opponent.ft_makes' }),
  int64('opp_ft_attempts', "opponent's free throws attempted", { from: 'opponent.ft_attempts' }),
  int64('opp_rebounds', "opponent's rebounds", { from: 'opponent.rebounds' }),
  int64('opp_assists', "opponent's assists", { from: 'opponent.assists' }),
  int64('turnovers_forced', "opponent's turnovers", { from: 'opponent.turnovers' }),
  ...takenFrom(
    'own',
    int64('steals', 'own steals'),
    int64('blocks', 'own blocks'),
    int64('defensive_rebounds', 'own defensive rebounds'),
  ),
  int64('fouls_committed', 'own personal fouls', { from: 'own.personal_fouls' }),
  ...takenFrom('own', bool('has_shot_zones', 'the game has usable shot data')),
  ...zoneMeasures('opp_', "opponent's shots", 'opponent'),
  int64('points_in_paint_allowed', '2 · opp_paint_makes', {
    from: '2 * opponent.paint_makes',
    ...noShotData,
  }),
  int64('mid_range_points_allowed', '2 · opp_mid_range_makes', {
    from: '2 * opponent.mid_range_makes',
    ...noShotData,
  }),
  int64('three_pt_points_allowed', '3 · opp_three_pt_makes (box score)', {
    from: '3 * opponent.three_pt_makes',
    unit: 'points',
  }),
  numeric('defensive_rating', [6, 2], "opponent's offensive_rating", {
    from: 'opponent.offensive_rating',
    unit: 'points per 100 possessions',
    nullWhen: 'possessions of the opponent are not above 0',
    range: { min: 65, max: 165, severity: 'warn' },
  }),
  numeric('opponent_pace', [5, 1], "opponent's pace, overtime-adjusted", {
    from: 'opponent.pace',
    unit: 'possessions per 48 minutes',
    nullWhen: 'as pace of the opponent',
    range: { min: 75, max: 125, severity: 'warn' },
  }),
  numeric('opponent_ts_pct', [5, 3], "opponent's ts_pct", {
    from: 'opponent.ts_pct',
    unit: 'ratio',
    nullWhen: 'the opponent has no attempts',
    range: { min: 0.34, max: 0.84, severity: 'warn' },
  }),
  ...takenFrom('own', issuesColumn(['home_side_unknown', 'shot_chart_mismatch'])),
];
