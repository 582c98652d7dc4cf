import { describe, expect, test } from 'vitest';
import type { Row } from './canonical-row.ts';
import { findRow, pickColumns } from './find-row.ts';
import type { MadeUpGame } from './made-up-rows.ts';
import { boxRow, pointsProp, rawRows, scheduleRow, shotRows } from './made-up-rows.ts';
import { oraclePlayerGameSummary } from './oracle-player-game-summary.ts';
import { oracleTeamOffenseGameSummary } from './oracle-team-offense-game-summary.ts';
import type { PlayerBoxRow, RawRows } from './raw-rows.ts';

const GAME: MadeUpGame = { id: '0022400600', date: '2025-01-20', away: 'LAL', home: 'BOS' };

function rowsOf(raw: Partial<RawRows>): readonly Row[] {
  const whole = rawRows({ schedule: [scheduleRow(GAME)], ...raw });
  return oraclePlayerGameSummary(whole, oracleTeamOffenseGameSummary(whole, GAME.date), GAME.date);
}

function playerRow(values: Partial<PlayerBoxRow>, raw: Partial<RawRows> = {}): Row {
  const player_box = [boxRow(GAME, 'LAL', 1, values), boxRow(GAME, 'BOS', 2)];
  return findRow(rowsOf({ player_box, ...raw }), { universal_player_id: '1' });
}

test.each([
  ['P1', [10, 20, 2, 6, 3, 4, 25], '0.550 0.574'],
  ['P2', [12, 25, 5, 12, 1, 2, 30], '0.580 0.580'],
  ['P3', [14, 28, 3, 8, 4, 5, 35], '0.554 0.579'],
  ['perfect', [5, 5, 0, 0, 0, 0, 10], '1.000 1.000'],
  ['free throws only', [0, 0, 0, 0, 2, 2, 2], '\\N 1.136'],
  ['all missed', [0, 5, 0, 2, 0, 0, 0], '0.000 0.000'],
  ['no shots', [0, 0, 0, 0, 0, 0, 0], '\\N \\N'],
] as const)('shooting of %s', (_name, [fgm, fga, fg3m, fg3a, ftm, fta, pts], expected) => {
  const row = playerRow({ fgm, fga, fg3m, fg3a, ftm, fta, pts });
  expect(pickColumns(row, 'efg_pct ts_pct')).toBe(expected);
});

describe('usage', () => {
  test.each([
    [[20, 8, 3, 2160], [90, 25, 15, 14_400], '30.5 []'],
    [[20, 8, 3, 2160], [90, 25, 15, 15_900], '33.7 []'],
    [[18, 5, 2, 1800], [85, 20, 12, 14_400], '33.6 []'],
    [[15, 10, 2, 720], [50, 15, 8, 14_400], '\\N [usage_over_100]'],
    [[15, 10, 2, 0], [50, 15, 8, 14_400], '\\N [zero_seconds]'],
    [[15, 10, 2, null], [50, 15, 8, 14_400], '\\N []'],
  ] as const)('of %j in a team with %j', ([fga, fta, tov, seconds_played], team, expected) => {
    const [teamFga, teamFta, teamTov, teamSeconds] = team;
    const mates = {
      fga: teamFga - fga,
      fta: teamFta - fta,
      tov: teamTov - tov,
      seconds_played: teamSeconds - (seconds_played ?? 0),
    };
    const player_box = [
      boxRow(GAME, 'LAL', 1, { fga, fta, tov, seconds_played }),
      boxRow(GAME, 'LAL', 3, mates),
      boxRow(GAME, 'BOS', 2),
    ];
    const row = findRow(rowsOf({ player_box }), { universal_player_id: '1' });
    expect(pickColumns(row, 'usage_rate data_quality_issues')).toBe(expected);
  });

  test('of exactly 100 is kept', () => {
    const player_box = [
      boxRow(GAME, 'LAL', 1, { fga: 10, seconds_played: 720 }),
      boxRow(GAME, 'LAL', 3, { seconds_played: 2880 }),
      boxRow(GAME, 'BOS', 2),
    ];
    const row = findRow(rowsOf({ player_box }), { universal_player_id: '1' });
    expect(pickColumns(row, 'usage_rate data_quality_issues')).toBe('100.0 []');
  });
});

test.each([
  [25, 24.5, '24.5 OVER 0.5'],
  [20, 24.5, '24.5 UNDER -4.5'],
  [25, 28.5, '28.5 UNDER -3.5'],
  [30, 28.5, '28.5 OVER 1.5'],
  [24, 24, '24.0 PUSH 0.0'],
])('%i points against the line %d', (pts, line, expected) => {
  const row = playerRow({ pts }, { player_props: [pointsProp('Underdog', line)] });
  expect(pickColumns(row, 'points_line over_under_result margin')).toBe(expected);
  expect(row['points_line_source']).toBe('Underdog');
});

test('no line leaves its four columns NULL', () => {
  const columns = 'points_line points_line_source over_under_result margin';
  expect(pickColumns(playerRow({ pts: 20 }), columns)).toBe('\\N \\N \\N \\N');
});

describe('who played', () => {
  test.each([
    [2411, '40.2 true []'],
    [45, '0.8 true []'],
    [2758, '46.0 true []'],
    [1934, '32.2 true []'],
    [0, '0.0 false [zero_seconds]'],
    [null, '\\N false []'],
  ])('%s seconds', (seconds_played, expected) => {
    const row = playerRow({ seconds_played });
    expect(pickColumns(row, 'minutes_played is_active data_quality_issues')).toBe(expected);
  });

  test('a starter is never guessed from minutes', () => {
    expect(playerRow({ seconds_played: 2280 })['starter_flag']).toBe('\\N');
    expect(playerRow({ seconds_played: 60, starter: true })['starter_flag']).toBe('true');
  });

  test('every player of the winning team has won', () => {
    const player_box = [
      boxRow(GAME, 'LAL', 1, { pts: 0 }),
      boxRow(GAME, 'LAL', 3, { pts: 110 }),
      boxRow(GAME, 'BOS', 2, { pts: 105 }),
    ];
    const flags = rowsOf({ player_box }).map((row) =>
      pickColumns(row, 'universal_player_id win_flag home_game opponent_team_abbr'),
    );
    expect(flags).toEqual(['1 true false BOS', '3 true false BOS', '2 false true LAL']);
  });

  test('values the source does not give stay NULL', () => {
    const row = playerRow({ seconds_played: null, oreb: null, dreb: 4, pts: null, fga: null });
    expect(pickColumns(row, 'rebounds points ts_pct efg_pct')).toBe('\\N \\N \\N \\N');
  });
});

test('of two players with one lookup the larger id is told apart', () => {
  const player_box = [
    boxRow(GAME, 'LAL', 1630001, { player_lookup: 'same' }),
    boxRow(GAME, 'BOS', 2001, { player_lookup: 'same' }),
  ];
  expect(rowsOf({ player_box }).map((row) => row['player_lookup'])).toEqual([
    'same_1630001',
    'same',
  ]);
});

const ZONES = `has_shot_zones paint_makes paint_attempts mid_range_makes mid_range_attempts
  zone_three_pt_makes zone_three_pt_attempts`;

describe('shots', () => {
  const lal = { fgm: 6, fga: 11, fg3m: 3, fg3a: 6 };
  const player_box = [
    boxRow(GAME, 'LAL', 1, lal),
    boxRow(GAME, 'LAL', 3),
    boxRow(GAME, 'BOS', 2, { fgm: 1, fga: 2 }),
  ];
  const shots = [
    ...shotRows(GAME, 'LAL', 1, ['1/2', '2/3', '3/6']),
    ...shotRows(GAME, 'BOS', 2, ['1/2', '0/0', '0/0']),
  ];
  const playerOf = (raw: Partial<RawRows>, id = '1'): Row =>
    findRow(rowsOf({ player_box, shots, ...raw }), { universal_player_id: id });

  test('are counted by zone, and a player without any has zeros', () => {
    expect(pickColumns(playerOf({}), ZONES)).toBe('true 1 2 2 3 3 6');
    expect(pickColumns(playerOf({}, '3'), ZONES)).toBe('true 0 0 0 0 0 0');
  });

  test('of a game that does not add up are NULL and named on every row', () => {
    for (const row of rowsOf({ player_box, shots: shots.slice(1) })) {
      expect(pickColumns(row, ZONES)).toBe('false \\N \\N \\N \\N \\N \\N');
      expect(row['data_quality_issues']).toContain('shot_chart_mismatch');
    }
  });

  test('swapped between team-mates are kept, the two rows named', () => {
    const swapped = shots.map((shot, index) => (index === 0 ? { ...shot, player_id: 3 } : shot));
    const issues = (id: string): string =>
      pickColumns(playerOf({ shots: swapped }, id), 'has_shot_zones data_quality_issues');
    expect(issues('1')).toBe('true [shot_chart_mismatch,zero_seconds]');
    expect(issues('3')).toBe('true [shot_chart_mismatch,zero_seconds]');
    expect(issues('2')).toBe('true [zero_seconds]');
  });

  test('without word of assists leave the assisted makes NULL', () => {
    const columns = 'assisted_fg_makes unassisted_fg_makes';
    expect(pickColumns(playerOf({}), columns)).toBe('\\N \\N');
    const told = shots.map((shot, index) => ({
      ...shot,
      is_assisted: shot.made ? index === 0 : null,
    }));
    expect(pickColumns(playerOf({ shots: told }), columns)).toBe('1 5');
    expect(pickColumns(playerOf({ shots: told }, '3'), columns)).toBe('0 0');
    const gap = told.map((shot, index) => (index === 0 ? { ...shot, is_assisted: null } : shot));
    expect(pickColumns(playerOf({ shots: gap }), columns)).toBe('\\N \\N');
    expect(pickColumns(playerOf({ shots: gap }, '2'), columns)).toBe('0 1');
  });
});
