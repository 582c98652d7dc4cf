import { describe, expect, test } from 'vitest';
import type { Row } from './canonical-row.ts';
import { cell } from './canonical-row.ts';
import type { RowsOfDate } from './common-columns.ts';
import { pickColumns } from './find-row.ts';
import type { Values } from './made-up-contexts.ts';
import { playerContext, playerZonesRow, teamZonesRow } from './made-up-contexts.ts';
import type { MadeUpGame } from './made-up-rows.ts';
import { gameBefore, gamesOf, playerRow } from './made-up-seasons.ts';
import { oraclePlayerCompositeFactors, warningsOf } from './oracle-player-composite-factors.ts';

const OPTIONS = { minGames: 5, qualityThreshold: 0 };
const NONE = '\\N';

interface Situation {
  readonly context?: Values;
  /** Null for no row. */
  readonly player?: Values | null;
  readonly team?: Values | null;
  /** Games of the team, and those of them in which a player has a row. */
  readonly teamGames?: readonly MadeUpGame[];
  readonly gamesWithRows?: readonly MadeUpGame[];
}

function tableOf(situation: Situation, options = OPTIONS): RowsOfDate {
  const { context = {}, player = {}, team = {}, teamGames = [] } = situation;
  return oraclePlayerCompositeFactors(
    {
      games: gamesOf(teamGames),
      playerContexts: [playerContext(context)],
      playerZones: player ? [playerZonesRow(player)] : [],
      teamZones: team ? [teamZonesRow(team)] : [],
      playerRows: (situation.gamesWithRows ?? []).map((game) =>
        playerRow({ game, zones: null, playerId: '2' }),
      ),
    },
    options,
  );
}

function rowOf(situation: Situation): Row {
  const [row] = tableOf(situation).rows;
  if (!row) throw new Error('the player has no row');
  return row;
}

describe('fatigue', () => {
  const worst: Values = {
    days_rest: '1',
    back_to_back: 'true',
    games_in_last_7_days: '5',
    minutes_in_last_7_days: '300.0',
    avg_minutes_per_game_last_7: '40.0',
    back_to_backs_last_14_days: '3',
    player_age: '38',
  };
  const backToBack: Values = { days_rest: '1', back_to_back: 'true' };
  const busy: Values = {
    games_in_last_7_days: '4',
    back_to_backs_last_14_days: '1',
    player_age: '30',
  };

  const cases: readonly (readonly [string, Values, string])[] = [
    ['baseline', {}, '100 []'],
    ['one day of rest', backToBack, '85 [back_to_back:-15]'],
    ['three days', { days_rest: '3' }, '100 [extra_rest:+5]'],
    ['four games', { games_in_last_7_days: '4' }, '90 [games_in_7_days:-10]'],
    ['240.0 minutes', { minutes_in_last_7_days: '240.0' }, '100 []'],
    ['240.1 minutes', { minutes_in_last_7_days: '240.1' }, '90 [minutes_in_7_days:-10]'],
    ['35.0 a game', { avg_minutes_per_game_last_7: '35.0' }, '100 []'],
    ['35.1 a game', { avg_minutes_per_game_last_7: '35.1' }, '92 [minutes_per_game:-8]'],
    ['one pair', { back_to_backs_last_14_days: '1' }, '95 [back_to_backs_in_14_days:-5]'],
    ['two pairs', { back_to_backs_last_14_days: '2' }, '88 [back_to_backs_in_14_days:-12]'],
    ['three pairs', { back_to_backs_last_14_days: '3' }, '88 [back_to_backs_in_14_days:-12]'],
    ['29 years', { player_age: '29' }, '100 []'],
    ['30 years', { player_age: '30' }, '95 [age:-5]'],
    ['34 years', { player_age: '34' }, '95 [age:-5]'],
    ['35 years', { player_age: '35' }, '90 [age:-10]'],
    ['no age', { player_age: NONE }, '100 []'],
    [
      '250 minutes, 35.0 a game',
      { minutes_in_last_7_days: '250.0', avg_minutes_per_game_last_7: '35.0' },
      '90 [minutes_in_7_days:-10]',
    ],
    ['busy', busy, '80 [games_in_7_days:-10,back_to_backs_in_14_days:-5,age:-5]'],
    [
      'busy after three days',
      { ...busy, days_rest: '3' },
      '85 [extra_rest:+5,games_in_7_days:-10,back_to_backs_in_14_days:-5,age:-5]',
    ],
    [
      'busy on a back-to-back',
      { ...busy, ...backToBack },
      '65 [back_to_back:-15,games_in_7_days:-10,back_to_backs_in_14_days:-5,age:-5]',
    ],
    [
      'every rule',
      worst,
      '35 [back_to_back:-15,games_in_7_days:-10,minutes_in_7_days:-10,minutes_per_game:-8,back_to_backs_in_14_days:-12,age:-10]',
    ],
    [
      'every rule but minutes and age',
      { ...worst, minutes_in_last_7_days: '200.0', player_age: NONE },
      '55 [back_to_back:-15,games_in_7_days:-10,minutes_per_game:-8,back_to_backs_in_14_days:-12]',
    ],
    [
      'nothing known',
      Object.fromEntries(Object.keys(worst).map((column) => [column, NONE])),
      '100 []',
    ],
  ];
  test.each(cases)('%s', (_name, context, expected) => {
    expect(pickColumns(rowOf({ context }), 'fatigue_score fatigue_factors')).toBe(expected);
  });

  test.each([
    [{}, '0.00'],
    [{ player_age: '30' }, '-0.25'],
    [busy, '-1.00'],
    [{ ...worst, games_in_last_7_days: '3', player_age: '30' }, '-2.50'],
    [worst, '-3.25'],
  ])('adjustment of %j', (context, adjustment) => {
    expect(cell(rowOf({ context }), 'fatigue_adjustment')).toBe(adjustment);
  });
});

describe('matchup', () => {
  const columnsOfZone: Readonly<Record<string, readonly [string, string]>> = {
    paint: ['paint_rate_last_10', 'paint_defense_vs_league_avg'],
    balanced: ['paint_rate_last_10', 'paint_defense_vs_league_avg'],
    mid_range: ['mid_range_rate_last_10', 'mid_range_defense_vs_league_avg'],
    perimeter: ['three_pt_rate_last_10', 'three_pt_defense_vs_league_avg'],
  };

  function zones(zone: string, rate: string, versus: string): Situation {
    const [rateColumn = '', versusColumn = ''] = columnsOfZone[zone] ?? [];
    return {
      player: { primary_scoring_zone: zone, [rateColumn]: rate },
      team: { [versusColumn]: versus },
    };
  }

  test.each([
    ['paint', '65.00', '4.30', '4.3 favorable'],
    ['paint', '65.00', '-3.80', '-3.8 unfavorable'],
    ['paint', '70.00', '6.00', '7.2 favorable'],
    ['paint', '25.00', '4.00', '2.0 neutral'],
    ['paint', '50.00', '5.00', '5.0 favorable'],
    ['paint', '50.00', '5.01', '6.0 favorable'],
    ['paint', '40.00', '6.25', '5.0 favorable'],
    ['paint', '40.00', '6.26', '6.0 favorable'],
    ['perimeter', '65.00', '3.50', '3.5 favorable'],
    ['perimeter', '80.00', '15.00', '10.0 favorable'],
    ['perimeter', '80.00', '-15.00', '-10.0 unfavorable'],
    ['mid_range', '45.00', '2.10', '1.9 neutral'],
    ['balanced', '35.00', '4.00', '2.8 favorable'],
    ['paint', '50.00', '2.05', '2.1 favorable'],
    ['paint', '50.00', '-2.04', '-2.0 neutral'],
  ])('%s, rate %s, against the league %s', (zone, rate, versus, expected) => {
    const row = rowOf(zones(zone, rate, versus));
    expect(pickColumns(row, 'shot_zone_mismatch_score mismatch_type')).toBe(expected);
    expect(
      pickColumns(row, 'mismatch_zone mismatch_zone_rate mismatch_defense_vs_league_avg'),
    ).toBe(`${zone === 'balanced' ? 'paint' : zone} ${rate} ${versus}`);
    expect(cell(row, 'missing_data_fields')).toBe('[]');
  });

  const columns = `shot_zone_mismatch_score mismatch_type mismatch_zone mismatch_zone_rate
    mismatch_defense_vs_league_avg missing_data_fields data_quality_issues`;
  const noPlayerZones = {
    primary_scoring_zone: NONE,
    paint_rate_last_10: NONE,
    mid_range_rate_last_10: NONE,
    three_pt_rate_last_10: NONE,
  };
  const noTeamZones = {
    paint_defense_vs_league_avg: NONE,
    mid_range_defense_vs_league_avg: NONE,
    three_pt_defense_vs_league_avg: NONE,
  };
  const nothing = `0.0 ${NONE} ${NONE} ${NONE} ${NONE}`;
  const missing: readonly (readonly [string, Situation, string])[] = [
    [
      'no row of the player',
      { player: null },
      `${nothing} [player_shot_zone] [player_shot_zone_missing]`,
    ],
    ['no zone of the player', { player: noPlayerZones }, `${nothing} [player_shot_zone] []`],
    [
      'no row of the opponent',
      { team: null },
      `0.0 ${NONE} paint 65.00 ${NONE} [team_defense_zone] [team_defense_zone_missing]`,
    ],
    [
      'no zones of the opponent',
      { team: noTeamZones },
      `0.0 ${NONE} paint 65.00 ${NONE} [team_defense_zone] []`,
    ],
    [
      'not the one needed of the opponent',
      { team: { paint_defense_vs_league_avg: NONE } },
      `0.0 ${NONE} paint 65.00 ${NONE} [team_defense_zone] []`,
    ],
    [
      'not one that is not needed',
      { team: { mid_range_defense_vs_league_avg: NONE } },
      '0.0 neutral paint 65.00 0.00 [] []',
    ],
    [
      'no zones at all',
      { player: noPlayerZones, team: noTeamZones },
      `${nothing} [player_shot_zone,team_defense_zone] []`,
    ],
    [
      'no zone of the player, and one zone of the opponent',
      { player: noPlayerZones, team: { ...noTeamZones, paint_defense_vs_league_avg: '1.00' } },
      `${nothing} [player_shot_zone] []`,
    ],
    [
      'rows that are not ready',
      { player: { is_production_ready: 'false' }, team: { is_production_ready: 'false' } },
      '0.0 neutral paint 65.00 0.00 [] [player_shot_zone_not_ready,team_defense_zone_not_ready]',
    ],
  ];
  test.each(missing)('%s', (_name, situation, expected) => {
    expect(pickColumns(rowOf(situation), columns)).toBe(expected);
  });
});

test.each([
  ['3.5', '1.8 fast []'],
  ['-4.0', '-2.0 slow []'],
  ['0.0', '0.0 normal []'],
  ['2.0', '1.0 normal []'],
  ['-2.0', '-1.0 normal []'],
  ['2.1', '1.1 fast []'],
  ['5.9', '3.0 fast []'],
  ['6.0', '3.0 fast []'],
  ['10.0', '3.0 fast []'],
  ['-10.0', '-3.0 slow []'],
  [NONE, '0.0 \\N [pace_differential]'],
])('a pace differential of %s', (pace_differential, expected) => {
  const row = rowOf({ context: { pace_differential } });
  expect(pickColumns(row, 'pace_score pace_environment missing_data_fields')).toBe(expected);
});

test.each([
  ['26.0', '25.0', '0', '0.3 stable []'],
  ['20.0', '25.0', '0', '-1.5 drop []'],
  ['30.0', '25.0', '1', '1.7 spike []'],
  ['30.0', '25.0', '2', '2.0 spike []'],
  ['30.0', '25.0', '3', '2.0 spike []'],
  ['20.0', '25.0', '2', '-1.5 drop []'],
  ['25.0', '0.0', '0', '0.0 spike []'],
  ['50.0', '20.0', '0', '3.0 spike []'],
  ['10.0', '40.0', '0', '-3.0 drop []'],
  ['28.5', '27.0', '1', '0.5 stable []'],
  ['28.5', '27.0', NONE, '0.5 stable []'],
  ['27.0', '25.0', '0', '0.6 stable []'],
  ['27.1', '25.0', '0', '0.6 spike []'],
  [NONE, '25.0', '0', '0.0 \\N [projected_usage_rate]'],
  ['25.0', NONE, '0', '0.0 \\N [projected_usage_rate]'],
])('usage %s after %s with %s stars out', (projected, average, stars, expected) => {
  const row = rowOf({
    context: {
      projected_usage_rate: projected,
      avg_usage_rate_last_7_games: average,
      star_teammates_out: stars,
    },
  });
  expect(pickColumns(row, 'usage_spike_score usage_trend missing_data_fields')).toBe(expected);
});

describe('whole rows', () => {
  const guard = {
    days_rest: '1',
    back_to_back: 'true',
    minutes_in_last_7_days: '190.0',
    avg_minutes_per_game_last_7: '31.7',
    player_age: '32',
    pace_differential: '4.0',
    projected_usage_rate: '28.5',
    avg_usage_rate_last_7_games: '27.0',
    star_teammates_out: '1',
  };
  const guardZones = {
    player: { primary_scoring_zone: 'perimeter', three_pt_rate_last_10: '65.00' },
    team: { three_pt_defense_vs_league_avg: '-3.20' },
  };
  const cases: readonly (readonly [string, Situation, string])[] = [
    [
      'rested star',
      {
        context: {
          minutes_in_last_7_days: '175.0',
          avg_minutes_per_game_last_7: '29.2',
          player_age: '28',
          pace_differential: '3.5',
          projected_usage_rate: '26.0',
        },
        team: { paint_defense_vs_league_avg: '4.30' },
      },
      '100 4.3 1.8 0.3 6.35 100.0 [] false []',
    ],
    ['guard', { context: guard, ...guardZones }, '80 -3.2 2.0 0.5 -1.68 100.0 [] false []'],
    [
      'guard after a day off',
      { context: { ...guard, days_rest: '2', back_to_back: 'false' }, ...guardZones },
      '95 -3.2 2.0 0.5 -0.93 100.0 [] false []',
    ],
    [
      'veteran',
      {
        context: {
          days_rest: '1',
          back_to_back: 'true',
          games_in_last_7_days: '4',
          minutes_in_last_7_days: '250.0',
          avg_minutes_per_game_last_7: '36.5',
          back_to_backs_last_14_days: '2',
          player_age: '35',
          pace_differential: '-2.0',
          projected_usage_rate: '30.0',
          avg_usage_rate_last_7_games: '28.0',
          star_teammates_out: '2',
        },
        player: { primary_scoring_zone: 'mid_range', mid_range_rate_last_10: '45.00' },
        team: { mid_range_defense_vs_league_avg: '2.10' },
      },
      '35 1.9 -1.0 0.8 -1.58 100.0 [] true [EXTREME_FATIGUE]',
    ],
    [
      'exhausted',
      {
        context: {
          days_rest: '1',
          back_to_back: 'true',
          games_in_last_7_days: '5',
          minutes_in_last_7_days: '300.0',
          avg_minutes_per_game_last_7: '40.0',
          back_to_backs_last_14_days: '3',
          player_age: '38',
        },
        player: null,
      },
      '35 0.0 0.0 0.0 -3.25 80.0 [player_shot_zone] true [EXTREME_FATIGUE]',
    ],
    [
      'usage and opponent missing',
      { context: { projected_usage_rate: NONE }, team: null },
      '100 0.0 0.0 0.0 0.00 60.0 [projected_usage_rate,team_defense_zone] false []',
    ],
    [
      'everything missing',
      {
        context: { days_rest: NONE, projected_usage_rate: NONE, pace_differential: NONE },
        player: null,
        team: null,
      },
      '100 0.0 0.0 0.0 0.00 0.0 [days_rest,projected_usage_rate,pace_differential,player_shot_zone,team_defense_zone] false []',
    ],
  ];
  test.each(cases)('%s', (_name, situation, expected) => {
    const columns = `fatigue_score shot_zone_mismatch_score pace_score usage_spike_score
      total_composite_adjustment data_completeness_pct missing_data_fields has_warnings
      warning_details`;
    expect(pickColumns(rowOf(situation), columns)).toBe(expected);
  });

  test.each([
    [45, 20n, -200n, ['EXTREME_FATIGUE']],
    [80, 90n, 500n, ['EXTREME_MATCHUP']],
    [80, 50n, 1350n, ['EXTREME_ADJUSTMENT']],
    [50, 80n, 1200n, []],
  ])(
    'fatigue %i, mismatch %i tenths and total %i hundredths',
    (fatigue, mismatch, total, codes) => {
      expect(warningsOf(fatigue, mismatch, total)).toEqual(codes);
    },
  );

  test('the extremes of matchup and total', () => {
    const extremes = (versus: string, pace: string, projected: string): string =>
      pickColumns(
        rowOf({
          context: { pace_differential: pace, projected_usage_rate: projected },
          team: { paint_defense_vs_league_avg: versus },
        }),
        'shot_zone_mismatch_score total_composite_adjustment warning_details',
      );
    expect(extremes('7.50', '0.0', '25.0')).toBe('9.0 9.00 [EXTREME_MATCHUP]');
    expect(extremes('6.70', '0.0', '25.0')).toBe('8.0 8.04 []');
    expect(extremes('6.65', '6.0', '28.4')).toBe('8.0 12.00 []');
    expect(extremes('6.65', '6.0', '28.5')).toBe('8.0 12.03 [EXTREME_ADJUSTMENT]');
    expect(extremes('-9.00', '-6.0', '15.0')).toBe(
      '-10.0 -16.00 [EXTREME_MATCHUP,EXTREME_ADJUSTMENT]',
    );
  });
});

describe('the sample', () => {
  const columns = `games_in_sample expected_games_count actual_games_count
    completeness_percentage missing_games_count is_production_ready quality_score
    data_quality_tier early_season_flag insufficient_data_reason data_quality_issues`;
  const teamGames = Array.from({ length: 12 }, (_, index) => gameBefore(index + 1));

  test('counts the games of the team, not his appearances', () => {
    const row = rowOf({ teamGames, gamesWithRows: teamGames });
    expect(pickColumns(row, columns)).toBe('10 10 10 100.0 0 true 100.00 high false \\N []');
  });

  test.each([
    [1, '10 9 90.0 1 true'],
    [2, '10 8 80.0 2 false'],
  ])('without %i of the games upstream', (gone, expected) => {
    const row = rowOf({ teamGames, gamesWithRows: teamGames.slice(gone) });
    expect(pickColumns(row, columns)).toBe(
      `10 ${expected} 100.00 high false \\N [missing_upstream_games]`,
    );
  });

  test('a thin one', () => {
    const row = rowOf({ context: { games_played_season: '7' } });
    expect(pickColumns(row, columns)).toBe(
      '7 0 0 0.0 0 false 70.00 medium true only 7 games this season, window is 10 [thin_window]',
    );
  });

  test('too thin', () => {
    const excluded = (games: string, options: typeof OPTIONS) =>
      tableOf({ context: { games_played_season: games } }, options);
    expect(excluded('4', OPTIONS)).toEqual({
      rows: [],
      excluded: [{ key: '1', reason: 'INSUFFICIENT_DATA' }],
    });
    expect(excluded('5', OPTIONS).rows).toHaveLength(1);
    expect(excluded('5', { ...OPTIONS, qualityThreshold: 60 })).toEqual({
      rows: [],
      excluded: [{ key: '1', reason: 'BELOW_QUALITY_THRESHOLD' }],
    });
    expect(excluded('6', { ...OPTIONS, qualityThreshold: 60 }).rows).toHaveLength(1);
  });
});
