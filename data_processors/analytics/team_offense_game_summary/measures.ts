import {
  bool,
  type Column,
  int64,
  type Measure,
  numeric,
  string,
} from '../../../src/sql/column.ts';
import { taken } from '../../../src/table/measure.ts';
import {
  onlyWhen,
  pace,
  possessionsWords,
  rating,
  teamSecondsOfGame,
  trueShooting,
  trueShootingWords,
} from '../../shared/formulas-sql.ts';
import { dataQualityIssues } from '../../shared/measures/data-quality-issues.ts';
import { gameColumns, homeGame } from '../../shared/measures/identity-columns.ts';
import { zoneMeasures } from '../../shared/shots/zone-measures.ts';

const noPossessions = 'possessions are not above 0';
const hasPossessions = 'possession_hundredths > 0';

const counts = [
  total(
    int64('points_scored', 'points of the team', {
      unit: 'points',
      range: { min: 60, max: 185, severity: 'warn' },
    }),
    'pts',
  ),
  total(int64('fg_makes', 'field goals made'), 'fgm'),
  total(int64('fg_attempts', 'field goals attempted'), 'fga'),
  total(int64('three_pt_makes', 'three-pointers made'), 'fg3m'),
  total(int64('three_pt_attempts', 'three-pointers attempted'), 'fg3a'),
  total(int64('ft_makes', 'free throws made'), 'ftm'),
  total(int64('ft_attempts', 'free throws attempted'), 'fta'),
  total(int64('offensive_rebounds', 'offensive rebounds of players'), 'oreb'),
  total(int64('defensive_rebounds', 'defensive rebounds of players'), 'dreb'),
  total(int64('assists', 'assists'), 'ast'),
  total(int64('turnovers', 'turnovers of players'), 'tov'),
  total(int64('steals', 'steals'), 'stl'),
  total(int64('blocks', 'blocks'), 'blk'),
  total(int64('personal_fouls', 'personal fouls'), 'pf'),
];

const seconds = total(
  int64('team_seconds', 'sum of player seconds; 14,400 in regulation', { unit: 'seconds' }),
  'seconds_played',
);

/** What the box score rows of a team add up to. */
export const boxTotals: readonly Measure[] = [...counts, seconds];

export const measures: readonly Measure[] = [
  ...taken(
    ...gameColumns,
    string('team_abbr', 'tricode'),
    string('opponent_team_abbr', 'tricode of the opponent'),
    homeGame,
    ...counts,
  ),
  int64('rebounds', 'offensive + defensive', { from: 'offensive_rebounds + defensive_rebounds' }),
  ...taken(seconds),
  int64('overtime_periods', 'max(0, R((team_seconds − 14,400)/1,500, 0))', {
    from: `CASE
    WHEN team_seconds <= ${teamSecondsOfGame} THEN 0
    ELSE div(2 * (team_seconds - ${teamSecondsOfGame}) + 1500, 3000)
  END`,
  }),
  bool('has_shot_zones', 'the game has usable shot data', { from: 'usable' }),
  ...zoneMeasures('', 'own shots'),
  int64('points_in_paint_scored', '2 · paint_makes', {
    from: '2 * paint_makes',
    unit: 'points',
    nullWhen: 'the game has no usable shot data',
  }),
  numeric('possessions', [6, 2], `${possessionsWords}, exact`, {
    from: (sql) => sql.decimal('possession_hundredths', 2),
    range: { min: 75, max: 140, severity: 'warn' },
  }),
  numeric('offensive_rating', [6, 2], 'R(100·PTS/possessions, 2)', {
    from: onlyWhen(hasPossessions, rating('points_scored', 'possession_hundredths')),
    unit: 'points per 100 possessions',
    nullWhen: noPossessions,
    range: { min: 65, max: 165, severity: 'warn' },
  }),
  numeric('pace', [5, 1], 'R(possessions·14,400/team_seconds, 1)', {
    from: onlyWhen(hasPossessions, pace('possession_hundredths', 'team_seconds')),
    unit: 'possessions per 48 minutes',
    nullWhen: `${noPossessions} or team_seconds is 0`,
    range: { min: 75, max: 125, severity: 'warn' },
  }),
  numeric('ts_pct', [5, 3], `R(${trueShootingWords('')}, 3)`, {
    from: trueShooting('points_scored', 'fg_attempts', 'ft_attempts'),
    unit: 'ratio',
    nullWhen: 'FGA and FTA are 0',
    range: { min: 0.34, max: 0.84, severity: 'warn' },
  }),
  bool('win_flag', 'more points than the opponent', { from: 'points_scored > opponent_points' }),
  int64('margin_of_victory', 'own − opponent points', {
    from: 'points_scored - opponent_points',
    unit: 'points',
  }),
  dataQualityIssues([
    { code: 'home_side_unknown', when: 'home_game IS NULL' },
    { code: 'shot_chart_mismatch', when: 'any_shots AND NOT usable' },
  ]),
];

/** A column of `player_box` over the players of the team. */
function total(column: Column, source: string): Measure {
  return { ...column, from: (sql) => `COALESCE(${sql.sum(source)}, 0)` };
}
