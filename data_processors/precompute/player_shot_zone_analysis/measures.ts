import { date, int64, type Measure, numeric, string } from '../../../src/sql/column.ts';
import type { Quotient } from '../../../src/sql/sql-text.ts';
import { taken, takenFrom } from '../../../src/table/measure.ts';
import { lastGames } from '../../../src/window/window.ts';
import { onlyWhen, percent } from '../../shared/formulas-sql.ts';
import { dataQualityIssues } from '../../shared/measures/data-quality-issues.ts';
import {
  completeness,
  type SampleNames,
  sampleQuality,
} from '../../shared/measures/sample-measures.ts';
import { zoneCountsOf } from '../../shared/shots/zone-counts.ts';
import { gamesWhere, gamesWith, plain, sumOf } from '../../shared/windows/game-sums.ts';
import { pooled } from '../../shared/windows/games-measures.ts';

const coverage = 'fewer than half of the games have shot data';
const noAttempts = `${coverage}, or no attempts`;
const percentage = { min: 0, max: 100, severity: 'error' } as const;
const ratio = { min: 0, max: 1, severity: 'error' } as const;
const lastTen = lastGames(10, 'player');
const lastTwenty = lastGames(20, 'player');

const paint = { name: 'paint', ...zoneCountsOf('paint', 'paint') } as const;
const zones = [
  paint,
  { name: 'mid_range', ...zoneCountsOf('mid_range', 'mid_range') },
  { name: 'three_pt', ...zoneCountsOf('three_pt', 'zone_three_pt') },
] as const;
const allAttempts = zones.map(({ attempts }) => attempts);
const totalShots = allAttempts.map((attempts) => sumOf(attempts, lastTen).name).join(' + ');
/** Games of his that have usable shot data. */
export const zoneGames = gamesWhere('has_shot_zones');
const assists = [
  plain('assisted_fg_makes'),
  plain('unassisted_fg_makes'),
  gamesWith('assisted_fg_makes'),
] as const;
const assistsTold = '2 * games_with_assisted_fg_makes_10 >= games_10';

const sample: SampleNames = {
  expected: 'expected_games',
  actual: 'actual_games',
  sample: 'games_10',
  played: 'games_season',
  overBreak: 'over_break',
};

/** The share of each zone, from which his favourite is told. */
export const zoneRates: readonly Measure[] = zones.map(({ name, attempts }) =>
  numeric(`${name}_rate_last_10`, [5, 2], 'R(100·zone attempts/all zone attempts, 2)', {
    from: onlyWhen('covered', pooled([attempts, ...allAttempts], lastTen, share)),
    unit: '% of his shots',
    nullWhen: noAttempts,
    range: percentage,
  }),
);

export const measures: readonly Measure[] = [
  ...takenFrom('rated', string('universal_player_id', 'NBA player id as a decimal string')),
  string(
    'player_lookup',
    'his name without marks; of players of d who share it all but the smallest id with `_<id>`',
    { from: 'lookup_on_date' },
  ),
  ...taken(string('player_full_name', 'as in his latest game before d', { freeText: true })),
  ...takenFrom(
    'rated',
    date('analysis_date', 'the row holds what was known before the first game of this date'),
  ),
  ...taken(int64('season_year', 'first year of the season')),
  ...takenFrom('rated', string('team_abbr', 'team of his latest game before d')),
  int64('games_in_sample_10', 'games of the last-10 window', { from: 'games_10' }),
  int64('games_in_sample_20', 'games of the last-20 window', { from: 'games_20' }),
  int64('games_with_shot_zones', 'those of the last 10 with usable shot data', {
    from: 'games_with_shot_zones_10',
  }),
  ...taken(int64('games_with_shot_zones_20', 'those of the last 20 with usable shot data')),
  ...taken(...zoneRates),
  int64('total_shots_last_10', 'all zone attempts; 0 is a value', {
    from: `CASE WHEN covered THEN ${totalShots} END`,
    nullWhen: coverage,
  }),
  ...zones.map(({ name, makes, attempts }) =>
    numeric(`${name}_pct_last_10`, [5, 3], 'R(zone makes/zone attempts, 3)', {
      from: onlyWhen('covered', pooled([makes, attempts], lastTen, quotient)),
      unit: 'ratio',
      nullWhen: `${coverage}, or no attempts in the zone`,
      range: ratio,
    }),
  ),
  ...zones.map(({ name, attempts }) =>
    numeric(`${name}_attempts_per_game`, [4, 1], 'R(zone attempts/games with shot data, 1)', {
      from: onlyWhen('covered', pooled([attempts, zoneGames], lastTen, quotient)),
      unit: 'attempts per game',
      nullWhen: coverage,
    }),
  ),
  numeric('paint_rate_last_20', [5, 2], 'as paint_rate_last_10, over the last 20 games', {
    from: onlyWhen('covered_20', pooled([paint.attempts, ...allAttempts], lastTwenty, share)),
    unit: '% of his shots',
    nullWhen: `fewer than 15 games; ${noAttempts}`,
    range: percentage,
  }),
  numeric('paint_pct_last_20', [5, 3], 'as paint_pct_last_10, over the last 20 games', {
    from: onlyWhen('covered_20', pooled([paint.makes, paint.attempts], lastTwenty, quotient)),
    unit: 'ratio',
    nullWhen: `fewer than 15 games; ${noAttempts} in the zone`,
    range: ratio,
  }),
  numeric('assisted_rate_last_10', [5, 2], 'R(100·Σ assisted/Σ (assisted + unassisted), 2)', {
    from: onlyWhen(
      assistsTold,
      pooled(assists, lastTen, (assisted, unassisted) => share(assisted, assisted, unassisted)),
    ),
    unit: '% of his makes',
    nullWhen: 'fewer than half of the games tell, or no makes (always, with shot charts)',
    range: percentage,
  }),
  numeric('unassisted_rate_last_10', [5, 2], 'R(100·Σ unassisted/Σ (assisted + unassisted), 2)', {
    from: onlyWhen(
      assistsTold,
      pooled(assists, lastTen, (assisted, unassisted) => share(unassisted, assisted, unassisted)),
    ),
    unit: '% of his makes',
    nullWhen: 'as assisted_rate_last_10',
    range: percentage,
  }),
  string(
    'primary_scoring_zone',
    'paint rate ≥ 40 paint, else three rate ≥ 40 perimeter, else mid rate ≥ 35 mid_range, else balanced',
    {
      from: `CASE
    WHEN paint_rate_last_10 IS NULL THEN NULL
    WHEN paint_rate_last_10 >= 40 THEN 'paint'
    WHEN three_pt_rate_last_10 >= 40 THEN 'perimeter'
    WHEN mid_range_rate_last_10 >= 35 THEN 'mid_range'
    ELSE 'balanced'
  END`,
      nullWhen: 'the rates are NULL',
    },
  ),
  gamesQuality(10, { excellent: 10, good: 7, limited: 5 }),
  gamesQuality(20, { excellent: 20, good: 14, limited: 10 }),
  ...completeness(sample),
  ...sampleQuality(sample, { window: 10, high: 10, medium: 7 }),
  dataQualityIssues([
    { code: 'long_break_in_window', when: 'over_break' },
    {
      code: 'missing_upstream_games',
      when: 'expected_games > actual_games OR last_missing_date > window_from',
    },
    { code: 'no_shot_zones', when: 'NOT covered' },
    { code: 'partial_shot_zones', when: 'covered AND games_with_shot_zones_10 < games_10' },
    { code: 'thin_window', when: 'games_10 < 10' },
    { code: 'zero_attempts_mid_range', when: 'covered AND mid_range_attempts_10 = 0' },
    { code: 'zero_attempts_paint', when: 'covered AND paint_attempts_10 = 0' },
    { code: 'zero_attempts_three_pt', when: 'covered AND three_pt_attempts_10 = 0' },
  ]),
];

function quotient(num: string, den: string): Quotient {
  return { num, den };
}

function share(part: string, ...whole: readonly string[]): Quotient {
  return percent({ num: part, den: whole.join(' + ') });
}

function gamesQuality(
  window: number,
  { excellent, good, limited }: Readonly<Record<'excellent' | 'good' | 'limited', number>>,
): Measure {
  const games = `games_${window}`;
  return string(
    `sample_quality_${window}`,
    `games ≥ ${excellent} excellent, ≥ ${good} good, ≥ ${limited} limited, else insufficient`,
    {
      from: `CASE
    WHEN ${games} >= ${excellent} THEN 'excellent'
    WHEN ${games} >= ${good} THEN 'good'
    WHEN ${games} >= ${limited} THEN 'limited'
    ELSE 'insufficient'
  END`,
    },
  );
}
