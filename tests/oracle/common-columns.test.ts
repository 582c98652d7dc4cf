import { expect, test } from 'vitest';
import { commonColumns, completenessColumns } from './common-columns.ts';
import { pickColumns } from './find-row.ts';

test.each([
  [15, 15, '100.0 0 true'],
  [10, 15, '66.7 5 false'],
  [9, 10, '90.0 1 true'],
  [8, 10, '80.0 2 false'],
  [10, 10, '100.0 0 true'],
  [5, 15, '33.3 10 false'],
  [0, 15, '0.0 15 false'],
])('%i of %i games', (actual, expected, columns) => {
  const row = completenessColumns({
    actualGames: actual,
    expectedGames: expected,
    overBreak: false,
  });
  const names = 'completeness_percentage missing_games_count is_production_ready';
  expect(pickColumns(row, names)).toBe(columns);
});

test('complete, but with games from before a long break', () => {
  const sample = { actualGames: 10, expectedGames: 10, overBreak: true };
  const names = 'completeness_percentage missing_games_count is_production_ready';
  expect(pickColumns(completenessColumns(sample), names)).toBe('100.0 0 false');
});

function columnsOf(games: number, window: number, mediumFrom: number): string {
  const row = commonColumns({
    window,
    gamesInSample: Math.min(games, window),
    gamesThisSeason: games,
    expectedGames: Math.min(games, window),
    actualGames: Math.min(games, window),
    mediumFrom,
    overBreak: false,
    issues: [],
  });
  return pickColumns(
    row,
    'quality_score data_quality_tier early_season_flag insufficient_data_reason data_quality_issues',
  );
}

test.each([
  [15, '100.00 high false \\N []'],
  [14, '93.33 medium true only 14 games this season, window is 15 [thin_window]'],
  [10, '66.67 medium true only 10 games this season, window is 15 [thin_window]'],
  [9, '60.00 low true only 9 games this season, window is 15 [thin_window]'],
  [5, '33.33 low true only 5 games this season, window is 15 [thin_window]'],
])('a team with %i games', (games, expected) => {
  expect(columnsOf(games, 15, 10)).toBe(expected);
});

test.each([
  [10, '100.00 high false \\N []'],
  [9, '90.00 medium true only 9 games this season, window is 10 [thin_window]'],
  [8, '80.00 medium true only 8 games this season, window is 10 [thin_window]'],
  [7, '70.00 medium true only 7 games this season, window is 10 [thin_window]'],
  [6, '60.00 low true only 6 games this season, window is 10 [thin_window]'],
  [5, '50.00 low true only 5 games this season, window is 10 [thin_window]'],
])('a player with %i games', (games, expected) => {
  expect(columnsOf(games, 10, 7)).toBe(expected);
});
