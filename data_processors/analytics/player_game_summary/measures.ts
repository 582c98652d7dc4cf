import { bool, int64, type Measure, numeric, string } from '../../../src/sql/column.ts';
import { taken } from '../../../src/table/measure.ts';
import {
  effectiveFieldGoal,
  onlyWhen,
  percent,
  trueShooting,
  trueShootingWords,
  usageWords,
} from '../../shared/formulas-sql.ts';
import { dataQualityIssues } from '../../shared/measures/data-quality-issues.ts';
import { gameColumns, homeGame } from '../../shared/measures/identity-columns.ts';
import { zoneMeasures } from '../../shared/shots/zone-measures.ts';

const missing = { nullWhen: 'missing in the source' } as const;
const noLine = { nullWhen: 'no points line is loaded for the player' } as const;
const assistUnknown = {
  nullWhen: 'no usable shot data, or the source does not tell which makes were assisted',
} as const;

export const measures: readonly Measure[] = [
  string('universal_player_id', 'NBA player id as a decimal string', {
    from: 'CAST(player_id AS STRING)',
  }),
  ...taken(string('player_lookup', 'name without marks, lower case, only a–z and 0–9')),
  string('player_full_name', 'name as in the source', { from: 'player_name', freeText: true }),
  ...taken(
    ...gameColumns,
    string('team_abbr', 'tricode'),
    string('opponent_team_abbr', 'tricode of the opponent'),
    homeGame,
  ),
  bool('is_active', 'seconds_played > 0; only such rows count in any player window', {
    from: 'COALESCE(seconds_played > 0, FALSE)',
  }),
  bool('starter_flag', 'started the game; never guessed from minutes', {
    from: 'starter',
    nullWhen: 'the source does not say',
  }),
  ...taken(
    bool('win_flag', 'his team won, by the final score'),
    int64('seconds_played', 'time on court', {
      unit: 'seconds',
      nullWhen: 'unreadable in the source',
      range: { min: 0, max: 3900, severity: 'warn' },
    }),
  ),
  numeric('minutes_played', [5, 1], 'R(seconds/60, 1)', {
    from: { num: 'seconds_played', den: '60' },
    unit: 'minutes',
    nullWhen: 'seconds_played is NULL',
  }),
  int64('points', 'points', { from: 'pts', unit: 'points', ...missing }),
  int64('assists', 'assists', { from: 'ast', ...missing }),
  int64('offensive_rebounds', 'offensive rebounds', { from: 'oreb', ...missing }),
  int64('defensive_rebounds', 'defensive rebounds', { from: 'dreb', ...missing }),
  int64('rebounds', 'offensive + defensive', { from: 'oreb + dreb', ...missing }),
  int64('steals', 'steals', { from: 'stl', ...missing }),
  int64('blocks', 'blocks', { from: 'blk', ...missing }),
  int64('turnovers', 'turnovers', { from: 'tov', ...missing }),
  int64('personal_fouls', 'personal fouls', { from: 'pf', ...missing }),
  ...taken(int64('plus_minus', 'team points minus opponent points while on court', missing)),
  int64('fg_makes', 'field goals made', { from: 'fgm', ...missing }),
  int64('fg_attempts', 'field goals attempted', { from: 'fga', ...missing }),
  int64('three_pt_makes', 'three-pointers made', { from: 'fg3m', ...missing }),
  int64('three_pt_attempts', 'three-pointers attempted', { from: 'fg3a', ...missing }),
  int64('ft_makes', 'free throws made', { from: 'ftm', ...missing }),
  int64('ft_attempts', 'free throws attempted', { from: 'fta', ...missing }),
  ...taken(bool('has_shot_zones', 'the game has usable shot data')),
  ...zoneMeasures('', 'own shots'),
  ...taken(
    int64('assisted_fg_makes', 'made shots that were assisted', assistUnknown),
    int64('unassisted_fg_makes', 'made shots that were not assisted', assistUnknown),
  ),
  numeric('usage_rate', [4, 1], `R(${usageWords}, 1)`, {
    from: onlyWhen('usage_num <= usage_den', percent({ num: 'usage_num', den: 'usage_den' })),
    unit: '% of team plays while on court',
    nullWhen: 'seconds are NULL or 0, or it exceeds 100',
  }),
  numeric('ts_pct', [5, 3], `R(${trueShootingWords('')}, 3)`, {
    from: trueShooting('pts', 'fga', 'fta'),
    unit: 'ratio',
    nullWhen: 'FGA and FTA are 0',
  }),
  numeric('efg_pct', [5, 3], 'R((FGM + 0.5·3PM)/FGA, 3)', {
    from: effectiveFieldGoal('fgm', 'fg3m', 'fga'),
    unit: 'ratio',
    nullWhen: 'FGA is 0',
  }),
  numeric(
    'points_line',
    [4, 1],
    'DraftKings, else FanDuel, else the alphabetically first book; its latest capture; of several the lower median',
    { from: 'line', unit: 'points', ...noLine },
  ),
  string('points_line_source', 'bookmaker of the line', {
    from: 'bookmaker',
    freeText: true,
    ...noLine,
  }),
  string('over_under_result', 'OVER, UNDER or PUSH', {
    from: "CASE WHEN pts > line THEN 'OVER' WHEN pts < line THEN 'UNDER' WHEN pts = line THEN 'PUSH' END",
    ...noLine,
  }),
  numeric('margin', [5, 1], 'points − points_line', {
    from: 'CAST(pts AS NUMERIC) - line',
    unit: 'points',
    ...noLine,
  }),
  dataQualityIssues([
    { code: 'home_side_unknown', when: 'home_game IS NULL' },
    { code: 'shot_chart_mismatch', when: 'game_mismatch OR own_mismatch' },
    { code: 'usage_over_100', when: 'seconds_played > 0 AND usage_num > usage_den' },
    { code: 'zero_seconds', when: 'seconds_played = 0' },
  ]),
];
