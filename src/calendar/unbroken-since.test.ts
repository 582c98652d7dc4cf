import { expect, test } from 'vitest';
import { gameDate } from './game-date.ts';
import { makeSeasonCalendar } from './season-calendar.ts';
import { unbrokenSince } from './unbroken-since.ts';

/** A season that is not built in; the dates of `open` have no final game. */
function calendarOf(dates: readonly string[], open: readonly string[] = []) {
  return makeSeasonCalendar(
    dates.map((date) => ({
      date: gameDate(date),
      seasonYear: 2019,
      games: 1,
      teams: ['BOS', 'NYK'],
      finalTeams: open.includes(date) ? [] : ['BOS', 'NYK'],
    })),
  );
}

const dates = ['2020-03-10', '2020-03-11', '2020-07-30', '2020-07-31', '2020-08-30', '2020-09-30'];

test.each([
  ['2020-03-10', '2020-03-10'],
  ['2020-03-11', '2020-03-10'],
  ['2020-07-30', '2020-07-30'],
  ['2020-07-31', '2020-07-30'],
  // After 30 days it is no long break, after 31 it is the next one.
  ['2020-08-30', '2020-07-30'],
  ['2020-09-30', '2020-09-30'],
])('on %s the league has played since %s', (date, since) => {
  expect(unbrokenSince(calendarOf(dates), gameDate(date))).toBe(since);
});

test('a game that was put off ends no break', () => {
  const calendar = calendarOf([...dates, '2020-05-01'], ['2020-05-01']);
  expect(unbrokenSince(calendar, gameDate('2020-07-31'))).toBe('2020-07-30');
  // Of the date itself only the schedule is known.
  expect(unbrokenSince(calendar, gameDate('2020-05-01'))).toBe('2020-05-01');
});

test('what is missing before the first loaded game is no break', () => {
  const late = makeSeasonCalendar(
    ['2024-02-01', '2024-02-02'].map((date) => ({
      date: gameDate(date),
      seasonYear: 2023,
      games: 1,
      teams: ['BOS', 'NYK'],
      finalTeams: ['BOS', 'NYK'],
    })),
  );
  expect(unbrokenSince(late, gameDate('2024-02-02'))).toBe('2023-10-24');
});
