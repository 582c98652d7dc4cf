import { expect, test } from 'vitest';
import { scheduleRow } from './made-up-rows.ts';
import type { ScheduleRow } from './raw-rows.ts';
import { seasonPhase } from './season-phase.ts';

function gameOn(date: string, season: number, gameType = 'regular_season'): ScheduleRow {
  const id = `002${season - 2000}00001`;
  return {
    ...scheduleRow({ id: id.padStart(10, '0'), date, away: 'LAL', home: 'BOS' }),
    season_year: season,
    game_type: gameType,
  };
}

test.each([
  ['2024-10-25', 2024, 'regular_season', 'early'],
  ['2024-11-15', 2024, 'regular_season', 'early'],
  ['2024-12-02', 2024, 'regular_season', 'early'],
  ['2024-12-03', 2024, 'regular_season', 'mid'],
  ['2024-12-25', 2024, 'regular_season', 'mid'],
  ['2025-01-15', 2024, 'regular_season', 'mid'],
  ['2025-02-28', 2024, 'regular_season', 'mid'],
  ['2025-03-01', 2024, 'regular_season', 'late'],
  ['2024-04-20', 2023, 'playoffs', 'playoffs'],
  ['2024-04-16', 2023, 'play_in', 'play_in'],
  ['2023-12-09', 2023, 'cup_final', 'mid'],
])('%s in %i, %s, is %s', (date, season, gameType, phase) => {
  const game = gameOn(date, season, gameType);
  expect(seasonPhase([game], game)).toBe(phase);
});

test('a season that is not known starts with its first regular game', () => {
  const game = gameOn('2020-02-02', 2019);
  const first = gameOn('2019-12-23', 2019);
  const cup = gameOn('2019-11-01', 2019, 'cup_final');
  expect(seasonPhase([game, first, cup], game)).toBe('early');
  expect(seasonPhase([game, { ...first, game_date: '2019-12-22' }, cup], game)).toBe('mid');
});

test('a start earlier than the known one wins', () => {
  const game = gameOn('2024-12-02', 2024);
  expect(seasonPhase([game, gameOn('2024-10-21', 2024)], game)).toBe('mid');
  expect(seasonPhase([game, gameOn('2024-10-23', 2024)], game)).toBe('early');
});
