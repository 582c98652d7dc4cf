import { bool, type Column, int64, numeric, string } from '../../../src/sql/column.ts';
import { dataQualityIssues } from '../../shared/measures/data-quality-issues.ts';
import { gameColumns, homeGame } from '../../shared/measures/identity-columns.ts';
import { zoneColumns } from '../../shared/shots/zone-measures.ts';

const noPossessions = 'possessions are not above 0';

export const columns: readonly Column[] = [
  ...gameColumns,
  string('team_abbr', 'tricode'),
  string('opponent_team_abbr', 'tricode of the opponent'),
  homeGame,
  int64('points_scored', 'points of the team', {
    unit: 'points',
    range: { min: 60, max: 185, severity: 'warn' },
  }),
  int64('fg_makes', 'field goals made'),
  int64('fg_attempts', 'field goals attempted'),
  int64('three_pt_makes', 'three-pointers made'),
  int64('three_pt_attempts', 'three-pointers attempted'),
  int64('ft_makes', 'free throws made'),
  int64('ft_attempts', 'free throws attempted'),
  int64('offensive_rebounds', 'offensive rebounds of players'),
  int64('defensive_rebounds', 'defensive rebounds of players'),
  int64('assists', 'assists'),
  int64('turnovers', 'turnovers of players'),
  int64('steals', 'steals'),
  int64('blocks', 'blocks'),
  int64('personal_fouls', 'personal fouls'),
  int64('rebounds', 'offensive + defensive'),
  int64('team_seconds', 'sum of player seconds; 14,400 in regulation', { unit: 'seconds' }),
  int64('overtime_periods', 'max(0, R((team_seconds − 14,400)/1,500, 0))'),
  bool('has_shot_zones', 'the game has usable shot data'),
  ...zoneColumns('', 'own shots'),
  int64('points_in_paint_scored', '2 · paint_makes', {
    unit: 'points',
    nullWhen: 'the game has no usable shot data',
  }),
  numeric('possessions', [6, 2], 'FGA + 0.44·FTA + TOV − OREB, exact', {
    range: { min: 75, max: 140, severity: 'warn' },
  }),
  numeric('offensive_rating', [6, 2], 'R(100·PTS/possessions, 2)', {
    unit: 'points per 100 possessions',
    nullWhen: noPossessions,
    range: { min: 65, max: 165, severity: 'warn' },
  }),
  numeric('pace', [5, 1], 'R(possessions·14,400/team_seconds, 1)', {
    unit: 'possessions per 48 minutes',
    nullWhen: `${noPossessions} or team_seconds is 0`,
    range: { min: 75, max: 125, severity: 'warn' },
  }),
  numeric('ts_pct', [5, 3], 'R(PTS/(2·(FGA + 0.44·FTA)), 3)', {
    unit: 'ratio',
    nullWhen: 'FGA and FTA are 0',
    range: { min: 0.34, max: 0.84, severity: 'warn' },
  }),
  bool('win_flag', 'more points than the opponent'),
  int64('margin_of_victory', 'own − opponent points', { unit: 'points' }),
  dataQualityIssues(['home_side_unknown', 'shot_chart_mismatch']),
];
