import { type Column, date, int64, numeric, string } from '../../../src/sql/column.ts';
import { completenessColumns, sampleColumns } from '../../shared/measures/sample-measures.ts';

const coverage = 'fewer than half of the games have shot data';
const noAttempts = `${coverage}, or no attempts`;
const percent = { min: 0, max: 100, severity: 'error' } as const;
const ratio = { min: 0, max: 1, severity: 'error' } as const;

/** The zones of a player's shots, by the prefix of their columns. */
export const playerZones = ['paint', 'mid_range', 'three_pt'] as const;

export const columns: readonly Column[] = [
  string('universal_player_id', 'NBA player id as a decimal string'),
  string('player_lookup', 'as in his latest game before d'),
  string('player_full_name', 'as in his latest game before d', { freeText: true }),
  date('analysis_date', 'the row holds what was known before the first game of this date'),
  int64('season_year', 'first year of the season'),
  string('team_abbr', 'team of his latest game before d'),
  int64('games_in_sample_10', 'games of the last-10 window'),
  int64('games_in_sample_20', 'games of the last-20 window'),
  int64('games_with_shot_zones', 'those of the last 10 with usable shot data'),
  int64('games_with_shot_zones_20', 'those of the last 20 with usable shot data'),
  ...playerZones.map((zone) =>
    numeric(`${zone}_rate_last_10`, [5, 2], 'R(100·zone attempts/all zone attempts, 2)', {
      unit: '% of his shots',
      nullWhen: noAttempts,
      range: percent,
    }),
  ),
  int64('total_shots_last_10', 'all zone attempts; 0 is a value', { nullWhen: coverage }),
  ...playerZones.map((zone) =>
    numeric(`${zone}_pct_last_10`, [5, 3], 'R(zone makes/zone attempts, 3)', {
      unit: 'ratio',
      nullWhen: `${coverage}, or no attempts in the zone`,
      range: ratio,
    }),
  ),
  ...playerZones.map((zone) =>
    numeric(`${zone}_attempts_per_game`, [4, 1], 'R(zone attempts/games with shot data, 1)', {
      unit: 'attempts per game',
      nullWhen: coverage,
    }),
  ),
  numeric('paint_rate_last_20', [5, 2], 'as paint_rate_last_10, over the last 20 games', {
    unit: '% of his shots',
    nullWhen: `fewer than 15 games; ${noAttempts}`,
    range: percent,
  }),
  numeric('paint_pct_last_20', [5, 3], 'as paint_pct_last_10, over the last 20 games', {
    unit: 'ratio',
    nullWhen: `fewer than 15 games; ${noAttempts} in the zone`,
    range: ratio,
  }),
  numeric('assisted_rate_last_10', [5, 2], 'R(100·Σ assisted/Σ (assisted + unassisted), 2)', {
    unit: '% of his makes',
    nullWhen: 'fewer than half of the games tell, or no makes (always, with shot charts)',
    range: percent,
  }),
  numeric('unassisted_rate_last_10', [5, 2], 'R(100·Σ unassisted/Σ (assisted + unassisted), 2)', {
    unit: '% of his makes',
    nullWhen: 'as assisted_rate_last_10',
    range: percent,
  }),
  string(
    'primary_scoring_zone',
    'paint rate ≥ 40 paint, else three rate ≥ 40 perimeter, else mid rate ≥ 35 mid_range, else balanced',
    { nullWhen: 'the rates are NULL' },
  ),
  string('sample_quality_10', 'games ≥ 10 excellent, ≥ 7 good, ≥ 5 limited, else insufficient'),
  string('sample_quality_20', 'games ≥ 20 excellent, ≥ 14 good, ≥ 10 limited, else insufficient'),
  ...completenessColumns,
  ...sampleColumns(10, [
    'missing_upstream_games',
    'no_shot_zones',
    'partial_shot_zones',
    'thin_window',
    'zero_attempts_mid_range',
    'zero_attempts_paint',
    'zero_attempts_three_pt',
  ]),
];
