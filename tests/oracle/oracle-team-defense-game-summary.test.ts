import { expect, test } from 'vitest';
import type { Row } from './canonical-row.ts';
import { findRow, pickColumns } from './find-row.ts';
import type { MadeUpGame } from './made-up-rows.ts';
import { boxRow, rawRows, scheduleRow, shotRows } from './made-up-rows.ts';
import { oracleTeamDefenseGameSummary } from './oracle-team-defense-game-summary.ts';
import { oracleTeamOffenseGameSummary } from './oracle-team-offense-game-summary.ts';
import type { PlayerBoxRow, ShotRow } from './raw-rows.ts';

const GAME: MadeUpGame = { id: '0022400600', date: '2025-01-20', away: 'LAL', home: 'BOS' };
const ZONES = `has_shot_zones opp_paint_makes opp_paint_attempts opp_mid_range_makes
  opp_mid_range_attempts opp_zone_three_pt_makes opp_zone_three_pt_attempts
  points_in_paint_allowed mid_range_points_allowed three_pt_points_allowed`;

function defenseOf(
  away: Partial<PlayerBoxRow>,
  home: Partial<PlayerBoxRow>,
  shots: readonly ShotRow[] = [],
  game = GAME,
): readonly Row[] {
  const raw = rawRows({
    schedule: [scheduleRow(game)],
    player_box: [boxRow(game, game.away, 1, away), boxRow(game, game.home, 2, home)],
    shots,
  });
  return oracleTeamDefenseGameSummary(oracleTeamOffenseGameSummary(raw, game.date));
}

const LAL: Partial<PlayerBoxRow> = {
  ...{ pts: 108, fgm: 40, fga: 88, fg3m: 12, fg3a: 35, ftm: 16, fta: 20 },
  ...{ oreb: 10, dreb: 30, tov: 14, pf: 18, stl: 7, blk: 4, ast: 25, seconds_played: 14_400 },
};
const BOS: Partial<PlayerBoxRow> = {
  ...{ pts: 115, fgm: 42, fga: 85, fg3m: 15, fg3a: 38, ftm: 16, fta: 18 },
  ...{ oreb: 12, dreb: 32, tov: 12, pf: 20, stl: 8, blk: 5, ast: 27, seconds_played: 14_400 },
};

test('each team mirrors its opponent', () => {
  const rows = defenseOf(LAL, BOS);
  const columns = `points_allowed turnovers_forced fouls_committed three_pt_points_allowed
    defensive_rating opponent_pace opponent_ts_pct win_flag margin_of_victory home_game
    opp_rebounds opp_assists steals blocks defensive_rebounds`;
  expect(pickColumns(findRow(rows, { team_abbr: 'LAL' }), columns)).toBe(
    '115 12 18 45 123.76 92.9 0.619 false -7 false 44 27 7 4 30',
  );
  expect(pickColumns(findRow(rows, { team_abbr: 'BOS' }), columns)).toBe(
    '108 14 20 36 107.14 100.8 0.558 true 7 true 40 25 8 5 32',
  );
  expect(rows).toHaveLength(2);
});

test('without shot data the zones are NULL and the box stays', () => {
  const lal = findRow(defenseOf(LAL, BOS), { team_abbr: 'LAL' });
  expect(pickColumns(lal, ZONES)).toBe('false \\N \\N \\N \\N \\N \\N \\N \\N 45');
});

test('with shot data the zones are those of the opponent', () => {
  const home = { fgm: 45, fga: 98, fg3m: 10, fg3a: 35 };
  const shots = [
    ...shotRows(GAME, 'LAL', 1, ['1/2', '0/0', '0/0']),
    ...shotRows(GAME, 'BOS', 2, ['28/45', '7/18', '10/35']),
  ];
  const rows = defenseOf({ fgm: 1, fga: 2 }, home, shots);
  expect(pickColumns(findRow(rows, { team_abbr: 'LAL' }), ZONES)).toBe(
    'true 28 45 7 18 10 35 56 14 30',
  );
});

test('shots that do not add up are named on both rows', () => {
  for (const row of defenseOf(LAL, BOS, shotRows(GAME, 'LAL', 1, ['1/2', '0/0', '0/0']))) {
    expect(row['data_quality_issues']).toBe('[shot_chart_mismatch]');
  }
});

test('overtime does not inflate the pace of the opponent', () => {
  const game: MadeUpGame = { id: '0022400601', date: '2025-01-21', away: 'GSW', home: 'PHX' };
  const gsw = { pts: 128, fga: 92, fta: 24, oreb: 10, tov: 14, seconds_played: 15_900 };
  const phx = { pts: 125, fga: 88, fta: 28, oreb: 8, tov: 16, seconds_played: 15_900 };
  const row = findRow(defenseOf(gsw, phx, [], game), { team_abbr: 'PHX' });
  expect(pickColumns(row, 'opponent_pace overtime_periods')).toBe('96.5 1');
});

test('a game with one offense row is refused', () => {
  const raw = rawRows({
    schedule: [scheduleRow(GAME)],
    player_box: [boxRow(GAME, 'LAL', 1), boxRow(GAME, 'BOS', 2)],
  });
  const offense = oracleTeamOffenseGameSummary(raw, GAME.date);
  expect(() => oracleTeamDefenseGameSummary(offense.slice(1))).toThrow('0022400600');
});
