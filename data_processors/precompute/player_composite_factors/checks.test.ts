import { describe, expect, it } from 'vitest';
import { firedChecks } from '../../../tests/support/fired-checks.ts';

/** Rows in which every measure differs from player to player. */
const sound = {
  fatigue_score: '60 + i % 30',
  fatigue_adjustment: '(60 + i % 30 - 100) * 0.05',
  fatigue_factors: "['back_to_back:-15']",
  shot_zone_mismatch_score: 'i % 9 - 4',
  mismatch_type: "'neutral'",
  mismatch_zone: "'paint'",
  mismatch_defense_vs_league_avg: 'i % 9 - 4',
  pace_score: 'i % 5 - 2',
  pace_environment: "'normal'",
  usage_spike_score: 'i % 3 - 1',
  usage_trend: "'stable'",
  total_composite_adjustment: 'i % 7',
  has_warnings: 'FALSE',
  warning_details: 'CAST([] AS VARCHAR[])',
};
const fired = (rows: number, columns: Readonly<Record<string, string>>) =>
  firedChecks('player_composite_factors', rows, { ...sound, ...columns });

it('a sound slate raises nothing', async () => {
  expect(await fired(120, {})).toEqual([]);
});

describe('a measure that is the same for everybody', () => {
  it.each([
    ['pace_score', '3'],
    ['usage_spike_score', '0'],
    ['total_composite_adjustment', '0.05'],
  ])('%s', async (column, value) => {
    expect(await fired(120, { [column]: value })).toEqual([`${column}_is_constant`]);
    expect(await fired(90, { [column]: value })).toEqual([]);
  });

  it('every fatigue score the default', async () => {
    const untouched = { fatigue_score: '100', fatigue_adjustment: '0' };
    expect(await fired(120, { ...untouched, fatigue_factors: 'CAST([] AS VARCHAR[])' })).toEqual([
      'fatigue_score_is_constant',
    ]);
    // After the all-star break everybody is rested, and a rule says so.
    expect(await fired(120, { ...untouched, fatigue_factors: "['extra_rest:+5']" })).toEqual([]);
  });
});

describe('mismatch scores', () => {
  it('all 0 although data are there', async () => {
    expect(await fired(30, { shot_zone_mismatch_score: '0' })).toEqual([
      'every_mismatch_is_0_although_data_are_there',
    ]);
    expect(await fired(120, { shot_zone_mismatch_score: '0' })).toEqual([
      'every_mismatch_is_0_although_data_are_there',
      'shot_zone_mismatch_score_is_constant',
    ]);
  });

  it('all 0 because nobody has shot data is a matter of the season', async () => {
    const noShots = {
      shot_zone_mismatch_score: '0',
      mismatch_type: 'NULL',
      mismatch_zone: 'NULL',
      mismatch_defense_vs_league_avg: 'NULL',
    };
    expect(await fired(120, noShots)).toEqual([]);
  });

  it('all 0 because no defence has zones, while the players have', async () => {
    const noDefense = {
      shot_zone_mismatch_score: '0',
      mismatch_type: 'NULL',
      mismatch_defense_vs_league_avg: 'NULL',
    };
    expect(await fired(120, noDefense)).toEqual([
      'no_defense_has_zones_although_most_players_have',
    ]);
  });
});

it.each([
  ['adjustment_is_not_of_the_score', { fatigue_adjustment: '-0.75' }],
  [
    'fatigue_below_all_rules_together',
    { fatigue_score: '30 + i % 5', fatigue_adjustment: '(30 + i % 5 - 100) * 0.05' },
  ],
  ['score_without_its_input', { mismatch_type: 'NULL' }],
  ['score_without_its_input', { pace_environment: 'NULL' }],
  ['score_without_its_input', { usage_trend: 'NULL' }],
  ['warnings_disagree', { has_warnings: 'TRUE' }],
])('%s', async (check, columns) => {
  expect(await fired(5, columns)).toEqual([check]);
});
