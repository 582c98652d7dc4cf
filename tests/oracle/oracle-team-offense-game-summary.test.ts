import { describe, expect, test } from 'vitest';
import type { Row } from './canonical-row.ts';
import { findRow, pickColumns } from './find-row.ts';
import type { MadeUpGame } from './made-up-rows.ts';
import { boxRow, rawRows, scheduleRow, shotRows } from './made-up-rows.ts';
import { oracleTeamOffenseGameSummary } from './oracle-team-offense-game-summary.ts';
import type { PlayerBoxRow, RawRows } from './raw-rows.ts';

const GAME: MadeUpGame = { id: '0022400600', date: '2025-01-20', away: 'LAL', home: 'BOS' };

function rowsOf(raw: Partial<RawRows>, game = GAME): readonly Row[] {
  const schedule = [scheduleRow(game)];
  return oracleTeamOffenseGameSummary(rawRows({ schedule, ...raw }), game.date);
}

function rowOfTeamWith(values: Partial<PlayerBoxRow>): Row {
  const player_box = [
    boxRow(GAME, 'LAL', 1, { seconds_played: 14_400, ...values }),
    boxRow(GAME, 'BOS', 2),
  ];
  return findRow(rowsOf({ player_box }), { team_abbr: 'LAL' });
}

describe('possessions', () => {
  test.each([
    [85, 25, 15, 10, '101.00'],
    [80, 20, 12, 0, '100.80'],
    [75, 40, 10, 8, '94.60'],
    [90, 15, 5, 12, '89.60'],
  ])('of %i FGA, %i FTA, %i TOV, %i OREB are %s', (fga, fta, tov, oreb, possessions) => {
    expect(rowOfTeamWith({ fga, fta, tov, oreb })['possessions']).toBe(possessions);
  });

  test('below zero leave no rating and no pace', () => {
    const row = rowOfTeamWith({ fga: 10, fta: 5, tov: 2, oreb: 50 });
    expect(pickColumns(row, 'possessions offensive_rating pace')).toBe('-35.80 \\N \\N');
  });

  test('without playing time leave no pace', () => {
    const row = rowOfTeamWith({ fga: 10, pts: 5, seconds_played: null });
    expect(pickColumns(row, 'team_seconds offensive_rating pace')).toBe('0 50.00 \\N');
  });
});

test.each([
  [110, 85, 20, '0.586'],
  [120, 80, 15, '0.693'],
  [85, 90, 25, '0.421'],
  [100, 85, 0, '0.588'],
  [15, 0, 15, '1.136'],
  [0, 0, 0, '\\N'],
  [100, 50, 0, '1.000'],
])('true shooting of %i points, %i FGA, %i FTA is %s', (pts, fga, fta, tsPct) => {
  expect(rowOfTeamWith({ pts, fga, fta })['ts_pct']).toBe(tsPct);
});

test.each([
  [14_400, '0'],
  [14_404, '0'],
  [14_340, '0'],
  [15_000, '0'],
  [15_898, '1'],
  [15_900, '1'],
  [17_400, '2'],
  [17_401, '2'],
  [18_900, '3'],
])('%i team seconds are %s overtimes', (seconds, overtime) => {
  expect(rowOfTeamWith({ seconds_played: seconds })['overtime_periods']).toBe(overtime);
});

const SUMMARY = `points_scored fg_makes fg_attempts three_pt_makes three_pt_attempts ft_makes
  ft_attempts offensive_rebounds turnovers team_seconds possessions offensive_rating pace ts_pct
  overtime_periods win_flag margin_of_victory home_game`;

function shooting(
  pts: number,
  [fgm, fga, fg3m, fg3a, ftm, fta]: readonly [number, number, number, number, number, number],
  [oreb, tov, seconds]: readonly [number, number, number],
): Partial<PlayerBoxRow> {
  return { pts, fgm, fga, fg3m, fg3a, ftm, fta, oreb, tov, seconds_played: seconds };
}

const LAL_AT_BOS: Partial<RawRows> = {
  player_box: [
    boxRow(GAME, 'LAL', 1, shooting(110, [40, 85, 12, 30, 18, 22], [8, 12, 14_400])),
    boxRow(GAME, 'BOS', 2, shooting(105, [38, 82, 15, 35, 14, 18], [6, 15, 14_400])),
  ],
  shots: [
    ...shotRows(GAME, 'LAL', 1, ['20/35', '8/20', '12/30']),
    ...shotRows(GAME, 'BOS', 2, ['18/30', '5/17', '15/35']),
  ],
};

describe('a whole game', () => {
  const zones = `has_shot_zones paint_makes paint_attempts mid_range_makes mid_range_attempts
    zone_three_pt_makes zone_three_pt_attempts points_in_paint_scored data_quality_issues`;

  test('in regulation, with shots', () => {
    const rows = rowsOf(LAL_AT_BOS);
    const lal = findRow(rows, { team_abbr: 'LAL' });
    const bos = findRow(rows, { team_abbr: 'BOS' });
    expect(rows).toHaveLength(2);
    expect(pickColumns(lal, SUMMARY)).toBe(
      '110 40 85 12 30 18 22 8 12 14400 98.68 111.47 98.7 0.581 0 true 5 false',
    );
    expect(pickColumns(bos, SUMMARY)).toBe(
      '105 38 82 15 35 14 18 6 15 14400 98.92 106.15 98.9 0.584 0 false -5 true',
    );
    expect(pickColumns(lal, zones)).toBe('true 20 35 8 20 12 30 40 []');
    expect(pickColumns(bos, zones)).toBe('true 18 30 5 17 15 35 36 []');
  });

  test('with one overtime, without shots', () => {
    const game: MadeUpGame = { id: '0022400601', date: '2025-01-21', away: 'GSW', home: 'PHX' };
    const player_box = [
      boxRow(game, 'GSW', 1, shooting(128, [45, 92, 18, 40, 20, 24], [10, 14, 15_900])),
      boxRow(game, 'PHX', 2, shooting(125, [43, 88, 16, 38, 23, 28], [8, 16, 15_900])),
    ];
    const rows = rowsOf({ player_box }, game);
    const gsw = findRow(rows, { team_abbr: 'GSW' });
    const phx = findRow(rows, { team_abbr: 'PHX' });
    const columns = 'possessions offensive_rating pace ts_pct overtime_periods';
    expect(pickColumns(gsw, columns)).toBe('106.56 120.12 96.5 0.624 1');
    expect(pickColumns(phx, columns)).toBe('108.32 115.40 98.1 0.623 1');
    expect(pickColumns(gsw, zones)).toBe('false \\N \\N \\N \\N \\N \\N \\N []');
  });

  test('with one shot missing on one side has no zones on either', () => {
    const shots = (LAL_AT_BOS.shots ?? []).slice(1);
    for (const row of rowsOf({ ...LAL_AT_BOS, shots })) {
      expect(pickColumns(row, zones)).toBe(
        'false \\N \\N \\N \\N \\N \\N \\N [shot_chart_mismatch]',
      );
    }
  });

  test('with a two counted as a three has no zones', () => {
    const shots = (LAL_AT_BOS.shots ?? []).map((shot, index) =>
      index === 0 ? { ...shot, shot_type: '3PT Field Goal' } : shot,
    );
    for (const row of rowsOf({ ...LAL_AT_BOS, shots })) {
      expect(row['has_shot_zones']).toBe('false');
    }
  });

  test('with unknown sides says so and keeps the id of the schedule', () => {
    const schedule = [
      {
        ...scheduleRow(GAME),
        game_id: '20250120_BOS_LAL',
        home_team_abbr: null,
        away_team_abbr: null,
      },
    ];
    for (const row of rowsOf({ ...LAL_AT_BOS, schedule })) {
      expect(pickColumns(row, 'game_id home_game data_quality_issues')).toBe(
        '20250120_BOS_LAL \\N [home_side_unknown]',
      );
    }
  });

  test('that has not been played has no rows', () => {
    expect(rowsOf({})).toEqual([]);
  });
});
