import { bool, type Column, int64, numeric, string } from '../../../src/sql/column.ts';
import { dataQualityIssues } from '../../shared/measures/data-quality-issues.ts';
import { gameColumns, homeGame } from '../../shared/measures/identity-columns.ts';
import { zoneColumns } from '../../shared/shots/zone-measures.ts';

const missing = { nullWhen: 'missing in the source' } as const;
const noLine = { nullWhen: 'no points line is loaded for the player' } as const;
const assistUnknown = {
  nullWhen: 'no usable shot data, or the source does not tell which makes were assisted',
} as const;

export const columns: readonly Column[] = [
  string('universal_player_id', 'NBA player id as a decimal string'),
  string('player_lookup', 'name without marks, lower case, only a–z and 0–9'),
  string('player_full_name', 'name as in the source', { freeText: true }),
  ...gameColumns,
  string('team_abbr', 'tricode'),
  string('opponent_team_abbr', 'tricode of the opponent'),
  homeGame,
  bool('is_active', 'seconds_played > 0; only such rows count in any player window'),
  bool('starter_flag', 'started the game; never guessed from minutes', {
    nullWhen: 'the source does not say',
  }),
  bool('win_flag', 'his team won, by the final score'),
  int64('seconds_played', 'time on court', {
    unit: 'seconds',
    nullWhen: 'unreadable in the source',
    range: { min: 0, max: 3900, severity: 'warn' },
  }),
  numeric('minutes_played', [5, 1], 'R(seconds/60, 1)', {
    unit: 'minutes',
    nullWhen: 'seconds_played is NULL',
  }),
  int64('points', 'points', { unit: 'points', ...missing }),
  int64('assists', 'assists', missing),
  int64('offensive_rebounds', 'offensive rebounds', missing),
  int64('defensive_rebounds', 'defensive rebounds', missing),
  int64('rebounds', 'offensive + defensive', missing),
  int64('steals', 'steals', missing),
  int64('blocks', 'blocks', missing),
  int64('turnovers', 'turnovers', missing),
  int64('personal_fouls', 'personal fouls', missing),
  int64('plus_minus', 'team points minus opponent points while on court', missing),
  int64('fg_makes', 'field goals made', missing),
  int64('fg_attempts', 'field goals attempted', missing),
  int64('three_pt_makes', 'three-pointers made', missing),
  int64('three_pt_attempts', 'three-pointers attempted', missing),
  int64('ft_makes', 'free throws made', missing),
  int64('ft_attempts', 'free throws attempted', missing),
  bool('has_shot_zones', 'the game has usable shot data'),
  ...zoneColumns('', 'own shots'),
  int64('assisted_fg_makes', 'made shots that were assisted', assistUnknown),
  int64('unassisted_fg_makes', 'made shots that were not assisted', assistUnknown),
  numeric(
    'usage_rate',
    [4, 1],
    'R(100·(FGA + 0.44·FTA + TOV)·(team_seconds/5) / (seconds·(team FGA + 0.44·FTA + TOV)), 1)',
    {
      unit: '% of team plays while on court',
      nullWhen: 'seconds are NULL or 0, or it exceeds 100',
    },
  ),
  numeric('ts_pct', [5, 3], 'R(PTS/(2·(FGA + 0.44·FTA)), 3)', {
    unit: 'ratio',
    nullWhen: 'FGA and FTA are 0',
  }),
  numeric('efg_pct', [5, 3], 'R((FGM + 0.5·3PM)/FGA, 3)', { unit: 'ratio', nullWhen: 'FGA is 0' }),
  numeric(
    'points_line',
    [4, 1],
    'DraftKings, else FanDuel, else the alphabetically first book; its latest capture; of several the lower median',
    { unit: 'points', ...noLine },
  ),
  string('points_line_source', 'bookmaker of the line', { freeText: true, ...noLine }),
  string('over_under_result', 'OVER, UNDER or PUSH', noLine),
  numeric('margin', [5, 1], 'points − points_line', { unit: 'points', ...noLine }),
  dataQualityIssues(['home_side_unknown', 'shot_chart_mismatch', 'usage_over_100', 'zero_seconds']),
];
