import { expect, test } from 'vitest';
import { lastFinalGames, lastScheduledGames, seasonOfDate } from './final-games.ts';
import { finalResult, scheduleRow } from './made-up-rows.ts';

const NEWER = { id: '0022400003', date: '2025-01-18', away: 'LAL', home: 'BOS' };
const OLDER = { id: '0022400002', date: '2025-01-15', away: 'BOS', home: 'MIA' };
const LAST_SEASON = { id: '0022300001', date: '2024-04-14', away: 'LAL', home: 'BOS' };
const TODAY = { id: '0022400004', date: '2025-01-20', away: 'BOS', home: 'GSW' };
const ALL = [LAST_SEASON, TODAY, OLDER, NEWER];
const GAMES = { schedule: ALL.map(scheduleRow), game_results: ALL.map(finalResult) };

test('the newest come first, the date itself and other seasons stay out', () => {
  expect(lastFinalGames(GAMES, 'BOS', 2024, TODAY.date, 10)).toEqual([NEWER.id, OLDER.id]);
  expect(lastFinalGames(GAMES, 'BOS', 2024, TODAY.date, 1)).toEqual([NEWER.id]);
  expect(lastFinalGames(GAMES, 'LAL', 2024, TODAY.date, 10)).toEqual([NEWER.id]);
  expect(lastFinalGames(GAMES, 'DEN', 2024, TODAY.date, 10)).toEqual([]);
});

test('a game that is not final, or has no result, is not counted', () => {
  const [first, second] = [finalResult(OLDER), finalResult(NEWER)];
  const postponed = { ...second, status: 'postponed' };
  const withResults = (game_results: typeof GAMES.game_results) =>
    lastFinalGames({ ...GAMES, game_results }, 'BOS', 2024, TODAY.date, 10);
  expect(withResults([first, postponed])).toEqual([OLDER.id]);
  expect(withResults([first])).toEqual([OLDER.id]);
});

test('a game of the schedule counts without a result, but not on the date, later or in another season', () => {
  const last = (count: number) => lastScheduledGames(GAMES, 'BOS', 2024, TODAY.date, count);
  expect(last(10)).toEqual([NEWER.id, OLDER.id]);
  expect(last(1)).toEqual([NEWER.id]);
  expect(lastScheduledGames(GAMES, 'DEN', 2024, TODAY.date, 10)).toEqual([]);
});

test('the season of a date is that of its games', () => {
  expect(seasonOfDate(GAMES, TODAY.date)).toBe(2024);
  expect(seasonOfDate(GAMES, LAST_SEASON.date)).toBe(2023);
});
