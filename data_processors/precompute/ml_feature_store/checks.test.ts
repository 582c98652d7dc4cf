import { describe, expect, it } from 'vitest';
import { firedChecks } from '../../../tests/support/fired-checks.ts';
import { type FeatureName, features } from './features.ts';

type Features = Partial<Readonly<Record<FeatureName, string>>>;

/** Values over the row number that differ from player to player and lie in their ranges. */
const varied = features.map(({ name, range: { min, max } }) =>
  name === 'playoff_game' ? '0' : `${min} + (${max} - ${min}) * (i % 2)`,
);

const arrayOf = (elements: readonly string[]) => `[${elements.join(', ')}]`;
const valuesWith = (given: Features) =>
  arrayOf(features.map(({ name }, index) => given[name] ?? varied[index] ?? '0'));
const sourcesWith = (defaults: readonly FeatureName[]) =>
  arrayOf(features.map(({ name }) => (defaults.includes(name) ? "'default'" : "'phase4'")));

const sound = {
  features: valuesWith({}),
  feature_names: arrayOf(features.map(({ name }) => `'${name}'`)),
  feature_sources: sourcesWith([]),
  default_feature_indices: 'CAST([] AS BIGINT[])',
  feature_count: '25',
  feature_quality_score: '98.44',
  is_home: 'i % 2 = 1',
  days_rest: '2 - i % 2',
  games_in_sample: '10',
  early_season_flag: 'FALSE',
  data_quality_issues: 'CAST([] AS VARCHAR[])',
};
const fired = (rows: number, columns: Readonly<Record<string, string>>) =>
  firedChecks('ml_feature_store', rows, { ...sound, ...columns });

it('a sound slate raises nothing', async () => {
  expect(await fired(120, {})).toEqual([]);
});

describe('a feature that is the same for everybody', () => {
  const free: readonly FeatureName[] = ['injury_risk', 'back_to_back', 'playoff_game', 'home_away'];

  it.each(features.map(({ name }) => name).filter((name) => !free.includes(name)))(
    '%s',
    async (name) => {
      const fallback = features.find((feature) => feature.name === name)?.fallback ?? 0;
      const constant = { features: valuesWith({ [name]: String(fallback / 10_000) }) };
      expect(await fired(120, constant)).toEqual([`${name}_is_constant`]);
    },
  );

  it('is no wonder among few', async () => {
    const constants = features.map(({ name, fallback }) => [name, String(fallback / 10_000)]);
    const all = await fired(90, { features: valuesWith(Object.fromEntries(constants)) });
    expect(all.filter((check) => check.endsWith('_is_constant'))).toEqual([]);
  });

  it('nobody injured and no playoffs are facts', async () => {
    expect(
      await fired(120, { features: valuesWith({ injury_risk: '0', playoff_game: '1' }) }),
    ).toEqual([]);
  });

  it('no shot charts: everybody has the defaults, for a known reason', async () => {
    const zones: readonly FeatureName[] = [
      'shot_zone_mismatch_score',
      'pct_paint',
      'pct_mid_range',
      'pct_three',
    ];
    const defaults = {
      shot_zone_mismatch_score: '0',
      pct_paint: '0.3',
      pct_mid_range: '0.2',
      pct_three: '0.35',
    };
    expect(
      await fired(120, { features: valuesWith(defaults), feature_sources: sourcesWith(zones) }),
    ).toEqual([]);
    expect(await fired(120, { features: valuesWith(defaults) })).toEqual(
      zones.map((name) => `${name}_is_constant`).toSorted(),
    );
  });

  it('a default counts as a value where no reason is known', async () => {
    const lost = {
      features: valuesWith({ opponent_def_rating: '112' }),
      feature_sources: sourcesWith(['opponent_def_rating']),
    };
    expect(await fired(120, lost)).toEqual(['opponent_def_rating_is_constant']);
  });

  it('after a break everybody is rested', async () => {
    const rested = valuesWith({
      games_in_last_7_days: '0',
      fatigue_score: '100',
      back_to_back: '0',
    });
    expect(await fired(120, { features: rested, days_rest: '7 + i % 2' })).toEqual([]);
    expect(await fired(120, { features: rested, days_rest: '2 + i % 2' })).toEqual([
      'fatigue_score_is_constant',
      'games_in_last_7_days_is_constant',
    ]);
  });

  it('early in the season the last ten games are the season', async () => {
    const even = valuesWith({ minutes_change: '0' });
    expect(await fired(120, { features: even, early_season_flag: 'i % 2 = 0' })).toEqual([]);
    expect(await fired(120, { features: even, early_season_flag: 'i % 10 = 0' })).toEqual([
      'minutes_change_is_constant',
    ]);
  });
});

describe('a value that cannot be', () => {
  it.each<readonly [string, Features, string]>([
    [
      'an adjustment in place of the score',
      { fatigue_score: '-(i % 5) - 1' },
      'impossible_feature',
    ],
    ['a percentage in place of a share', { pct_paint: '30 + i % 9' }, 'impossible_feature'],
    ['points beyond any player', { points_avg_season: '51 + i % 9' }, 'implausible_feature'],
    ['a pace of another scale', { team_pace: '1 + i % 2' }, 'implausible_feature'],
    ['home, but not by its column', { home_away: '1 - i % 2' }, 'feature_contradicts_its_column'],
    ['rested, but played yesterday', { back_to_back: '0' }, 'feature_contradicts_its_column'],
  ])('%s', async (_, given, check) => {
    expect(await fired(20, { features: valuesWith(given) })).toEqual([check]);
  });

  it('fewer than 25 of them', async () => {
    expect(await fired(20, { feature_sources: "['phase4']" })).toEqual(['not_25_features']);
  });

  it('a high score in spite of defaults', async () => {
    expect(await fired(20, { default_feature_indices: '[6]' })).toEqual([
      'defaults_with_a_high_score',
    ]);
    const five = { default_feature_indices: '[1, 2, 3, 4, 5]', feature_quality_score: '69' };
    expect(await fired(20, five)).toEqual(['defaults_with_a_high_score']);
  });
});

it('more defaults than shot charts explain, on many rows', async () => {
  const lost = (oneIn: number) => ({
    default_feature_indices: `CASE WHEN i % ${oneIn} = 0 THEN [0, 1, 2, 3, 4] ELSE [] END`,
    feature_quality_score: '49',
  });
  expect(await fired(120, lost(8))).toEqual(['many_rows_with_five_defaults']);
  expect(await fired(120, lost(20))).toEqual([]);
  const unreported = {
    default_feature_indices: '[6, 10, 18, 19, 20]',
    feature_quality_score: '69',
  };
  expect(await fired(120, unreported)).toEqual([]);
  expect(
    await fired(120, {
      default_feature_indices: '[5, 6, 10, 18, 19, 20]',
      feature_quality_score: '49',
    }),
  ).toEqual(['many_rows_with_five_defaults']);
});

it.each([
  ['most at home', 'i % 10 < 7', ['home_share_outside_30_to_65']],
  ['few at home', 'i % 10 < 2', ['home_share_outside_30_to_65']],
  ['half at home', 'i % 10 < 5', []],
])('home share of a slate: %s', async (_, isHome, checks) => {
  const home = `CASE WHEN ${isHome} THEN 1 ELSE 0 END`;
  expect(await fired(120, { is_home: isHome, features: valuesWith({ home_away: home }) })).toEqual(
    checks,
  );
});

describe('an earlier table', () => {
  const lacks = (table: string, who: string) => ({
    games_in_sample: '5 + i % 6',
    data_quality_issues: `CASE WHEN ${who} THEN ['${table}_missing'] ELSE [] END`,
  });
  it.each(['player_daily_cache', 'player_composite_factors'])('%s', async (table) => {
    // Built with a higher minimum: those with the fewest games are not in it.
    expect(await fired(24, lacks(table, 'i % 6 < 3'))).toEqual([]);
    expect(await fired(24, lacks(table, 'TRUE'))).toEqual([]);
    expect(await fired(24, lacks(table, 'i = 11'))).toEqual([`${table}_lacks_a_player`]);
  });
});
