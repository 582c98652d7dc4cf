import { describe, expect, it } from 'vitest';
import { firedChecks } from '../../../tests/support/fired-checks.ts';

/** Rows in which every measure differs from player to player. */
const sound = {
  points_avg_last_5: 'i % 30',
  points_avg_last_10: 'i % 29',
  points_avg_season: 'i % 28',
  points_std_last_10: 'i % 11',
  minutes_avg_last_10: 'i % 40',
  minutes_avg_season: 'i % 39',
  usage_rate_last_10: 'i % 31',
  player_usage_rate_season: 'i % 30',
  ts_pct_last_10: '0.001 * (i % 900)',
  games_played_season: '40',
  team_pace_last_10: '95 + i % 8',
  team_off_rating_last_10: '105 + i % 16',
  games_in_last_7_days: '2',
  games_in_last_14_days: '5',
  minutes_in_last_7_days: '60',
  minutes_in_last_14_days: '150',
  paint_rate_last_10: '20 + i % 30',
  mid_range_rate_last_10: '10 + i % 10',
  three_pt_rate_last_10: '70 - i % 30 - i % 10',
};
const fired = (rows: number, columns: Readonly<Record<string, string>>) =>
  firedChecks('player_daily_cache', rows, { ...sound, ...columns });

it('a sound slate raises nothing', async () => {
  expect(await fired(120, {})).toEqual([]);
});

describe('a measure that is the same for everybody', () => {
  it.each(['points_avg_last_5', 'ts_pct_last_10', 'team_pace_last_10'])('%s', async (column) => {
    expect(await fired(120, { [column]: '1' })).toEqual([`${column}_is_constant`]);
    expect(await fired(99, { [column]: '1' })).toEqual([]);
  });

  it('every player a shooter of threes', async () => {
    const threes = {
      paint_rate_last_10: '0',
      mid_range_rate_last_10: '0',
      three_pt_rate_last_10: '100',
    };
    expect(await fired(120, threes)).toEqual([
      'mid_range_rate_last_10_is_constant',
      'paint_rate_last_10_is_constant',
      'three_pt_rate_last_10_is_constant',
    ]);
  });

  it('unknown zones are not a value', async () => {
    const unknown = {
      paint_rate_last_10: 'NULL',
      mid_range_rate_last_10: 'NULL',
      three_pt_rate_last_10: 'NULL',
    };
    expect(await fired(120, unknown)).toEqual([]);
  });
});

it.each(['usage_rate_last_10', 'team_off_rating_last_10'])(
  '%s that most players lack',
  async (column) => {
    const known = sound[column as keyof typeof sound];
    const some = (share: number) => `CASE WHEN i % 10 < ${share} THEN ${known} END`;
    expect(await fired(120, { [column]: some(4) })).toEqual([`${column}_is_mostly_missing`]);
    expect(await fired(120, { [column]: some(6) })).toEqual([]);
  },
);

it.each([
  ['zone_rates_do_not_sum_to_100', { paint_rate_last_10: '80' }],
  ['more_in_7_days_than_in_14', { games_in_last_7_days: '6' }],
  ['more_in_7_days_than_in_14', { minutes_in_last_7_days: '151' }],
  ['last_10_is_not_the_season', { games_played_season: '10', points_avg_season: 'i + 1' }],
])('%s', async (check, columns) => {
  expect(await fired(5, columns)).toEqual([check]);
});
