import { gamesWhere, gamesWith, sumOf } from '../../../src/games/game-sums.ts';
import { inWords } from '../../../src/measures/in-words.ts';
import { type Games, lastGames, rate } from '../../../src/measures/measure-words.ts';
import { date, int64, type Measure, string } from '../../../src/sql/column.ts';
import { taken, takenFrom } from '../../../src/table/measure.ts';
import { processor as games } from '../../analytics/player_game_summary/player_game_summary_processor.ts';
import { dataQualityIssues } from '../../shared/measures/data-quality-issues.ts';
import {
  completeness,
  type SampleNames,
  sampleQuality,
} from '../../shared/measures/sample-measures.ts';
import { zoneCalled, zoneCount } from '../../shared/shots/zone-counts.ts';

const coverage = 'fewer than half of the games have shot data';
const noAttempts = `${coverage}, or no attempts`;
const percentage = { min: 0, max: 100, severity: 'error' } as const;
const ratio = { min: 0, max: 1, severity: 'error' } as const;
const [lastTen, lastTwenty] = [lastGames(10), lastGames(20)];

const zones = [
  { name: 'paint', prefix: 'paint' },
  { name: 'mid_range', prefix: 'mid_range' },
  { name: 'three_pt', prefix: 'zone_three_pt' },
] as const;
const allAttempts = zones.map(({ prefix }) => `${prefix}_attempts`);
const totalShots = allAttempts
  .map((attempts) => sumOf(zoneCount(attempts), lastTen).name)
  .join(' + ');
const inZone = { called: zoneCalled, together: true } as const;
const covered = { ...inZone, when: 'covered' } as const;

/** The share of a zone in his shots. */
const shareOf = (prefix: string, over: Games) => ({
  ...{ of: `${games.name}.${prefix}_attempts` as const, per: allAttempts.join(' + '), over },
  ...{ times: 100, digits: 5, decimals: 2, unit: '% of his shots', range: percentage },
});

/** How well he shoots in a zone. */
const shotIn = (prefix: string, over: Games) => ({
  ...{ of: `${games.name}.${prefix}_makes` as const, per: `${prefix}_attempts`, over },
  ...{ digits: 5, decimals: 3, unit: 'ratio', range: ratio },
});

/** Games of his that have usable shot data. */
export const zoneGames = gamesWhere('has_shot_zones');
/** Games of his of which the source tells which makes were assisted. */
export const assistGames = sumOf(gamesWith('assisted_fg_makes'), lastTen);
const assistsTold = `2 * ${assistGames.name} >= games_10`;

const sample: SampleNames = {
  expected: 'expected_games',
  actual: 'actual_games',
  sample: 'games_10',
  played: 'games_season',
  overBreak: 'over_break',
};

/** The share of each zone, from which his favourite is told. */
export const zoneRates: readonly Measure[] = inWords(
  games,
  zones.map(({ name, prefix }) =>
    rate(`${name}_rate_last_10`, { ...shareOf(prefix, lastTen), nullWhen: noAttempts }),
  ),
  covered,
);

export const measures: readonly Measure[] = [
  ...takenFrom('rated', string('universal_player_id', 'NBA player id as a decimal string')),
  ...takenFrom(
    'named',
    string(
      'player_lookup',
      'his name without marks; of players of d who share it all but the smallest id with `_<id>`',
    ),
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
  ...inWords(
    games,
    [
      ...zones.map(({ name, prefix }) =>
        rate(`${name}_pct_last_10`, {
          ...{ ...shotIn(prefix, lastTen), nullWhen: `${noAttempts} in the zone` },
        }),
      ),
      ...zones.map(({ name, prefix }) =>
        rate(`${name}_attempts_per_game`, {
          ...{ of: `${games.name}.${prefix}_attempts` as const, per: 'has_shot_zones' },
          ...{ over: lastTen, digits: 4, decimals: 1 },
          ...{ unit: 'attempts per game', nullWhen: coverage },
        }),
      ),
    ],
    covered,
  ),
  ...inWords(
    games,
    [
      rate('paint_rate_last_20', {
        ...{ ...shareOf('paint', lastTwenty), nullWhen: `fewer than 15 games; ${noAttempts}` },
      }),
      rate('paint_pct_last_20', {
        ...shotIn('paint', lastTwenty),
        nullWhen: `fewer than 15 games; ${noAttempts} in the zone`,
      }),
    ],
    { ...inZone, when: 'covered_20' },
  ),
  ...inWords(
    games,
    (['assisted', 'unassisted'] as const).map((how) =>
      rate(`${how}_rate_last_10`, {
        of: `${games.name}.${how}_fg_makes`,
        per: 'assisted_fg_makes + unassisted_fg_makes',
        ...{ over: lastTen, times: 100, digits: 5, decimals: 2 },
        ...{ unit: '% of his makes', range: percentage },
        nullWhen: 'fewer than half of the games tell, or no makes (always, with shot charts)',
      }),
    ),
    { ...inZone, when: assistsTold },
  ),
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
