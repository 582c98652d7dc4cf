import { describe, expect, it } from 'vitest';
import { gameDate } from '../../calendar/game-date.ts';
import { makeSeasonCalendar } from '../../calendar/season-calendar.ts';
import { daysOf, refuseUnknownFuture } from '../../engine/asked-days.ts';
import { UsageError } from '../../engine/usage-error.ts';
import { readDateFlags } from './date-range.ts';

const today = gameDate('2023-11-16');
const calendar = makeSeasonCalendar(
  ['2023-11-15', '2023-11-16', '2023-11-20'].map((date) => ({
    date: gameDate(date),
    seasonYear: 2023,
    games: 1,
    teams: [],
    finalTeams: date === '2023-11-15' ? ['BOS', 'NYK'] : [],
  })),
);
const daysAsked = (flags: Parameters<typeof readDateFlags>[0], known = calendar) =>
  daysOf(readDateFlags(flags, today), known);

describe('readDateFlags', () => {
  it('a range has both of its ends', () => {
    expect(daysAsked({ startDate: '2023-10-30', endDate: '2023-11-01' })).toEqual([
      '2023-10-30',
      '2023-10-31',
      '2023-11-01',
    ]);
    expect(daysAsked({ startDate: '2023-11-01', endDate: '2023-11-01' })).toHaveLength(1);
  });

  it('a list is put in order, without repeats, blanks and empty parts', () => {
    expect(daysAsked({ dates: '2023-11-15, 2023-11-01,2023-11-15,' })).toEqual([
      '2023-11-01',
      '2023-11-15',
    ]);
  });

  it('words stand for days: of the clock, and of the last final game', () => {
    expect(daysAsked({ dates: 'today' })).toEqual(['2023-11-16']);
    expect(daysAsked({ dates: 'today,yesterday,2023-11-01' })).toEqual([
      '2023-11-01',
      '2023-11-15',
      '2023-11-16',
    ]);
    // A game that is only scheduled is later, and none of it.
    expect(daysAsked({ dates: 'latest,yesterday' })).toEqual(['2023-11-15']);
    expect(() => daysAsked({ dates: 'latest' }, makeSeasonCalendar([]))).toThrow(
      'no final game is loaded',
    );
  });

  it('words stand for the ends of a range too', () => {
    expect(daysAsked({ startDate: '2023-11-14', endDate: 'yesterday' })).toEqual([
      '2023-11-14',
      '2023-11-15',
    ]);
    expect(daysAsked({ startDate: 'latest', endDate: 'today' })).toEqual([
      '2023-11-15',
      '2023-11-16',
    ]);
    expect(() => daysAsked({ startDate: 'today', endDate: 'latest' })).toThrow('is reversed');
  });

  it('a season is its game dates', () => {
    expect(daysAsked({ season: 2023 })).toEqual(['2023-11-15', '2023-11-16', '2023-11-20']);
    expect(() => daysAsked({ season: 2022 })).toThrow(
      'season 2022-23 is not loaded (loaded: 2023-24)',
    );
    expect(() => daysAsked({ season: 2022 }, makeSeasonCalendar([]))).toThrow('(loaded: none)');
  });

  it.each([
    [{ season: 2023, dates: 'today' }, '--season cannot be combined'],
    [{ season: 2023, endDate: '2023-11-01' }, '--season cannot be combined'],
    [{ dates: 'tomorrow' }, '--dates "tomorrow": a day is YYYY-MM-DD, today, yesterday or latest'],
    [{ dates: 'latest,2023-11-31' }, '--dates "2023-11-31": there is no such day'],
    [{}, 'which dates? give --dates'],
    [{ startDate: '2023-11-01' }, '--end-date is missing'],
    [{ startDate: '2024-13-40' }, '--start-date "2024-13-40": there is no such day; a day is Y'],
    [{ endDate: 'soon' }, '--end-date "soon": a day is YYYY-MM-DD, today, yesterday or latest'],
    [{ endDate: '2023-11-01' }, 'needs both ends, and a day is YYYY-MM-DD, today, yesterday or'],
    [{ endDate: '2023-11-01' }, '--start-date is missing'],
    [
      { startDate: '2023-11-02', endDate: '2023-11-01' },
      '--start-date 2023-11-02 is after --end-date 2023-11-01',
    ],
    [
      { startDate: '2023-02-30', endDate: '2023-11-01' },
      '--start-date "2023-02-30": there is no such day',
    ],
    [
      { startDate: '2023-02-01', endDate: '1.11.2023' },
      '--end-date "1.11.2023": a day is YYYY-MM-DD',
    ],
    [
      { startDate: '1000-01-01', endDate: '2023-11-01' },
      '--start-date 1000-01-01: the NBA plays from 1946-07-01 on',
    ],
    [{ startDate: '2023-11-01', endDate: '9999-12-31' }, '--end-date 9999-12-31'],
    [
      { dates: '2023-11-01,2023-11-31' },
      '--dates "2023-11-31": there is no such day; a day is YYYY-MM-DD, today, yesterday or latest',
    ],
    [{ dates: ' , ' }, '--dates names no day'],
    [{ dates: '' }, '--dates names no day; a day is YYYY-MM-DD'],
    [{ dates: '2023-11-01', startDate: '2023-11-01' }, '--dates cannot be combined'],
    [{ dates: '2023-11-01', endDate: '2023-11-01' }, '--dates cannot be combined'],
  ])('%j is a usage error', (flags, message) => {
    expect(() => daysAsked(flags)).toThrow(UsageError);
    expect(() => daysAsked(flags)).toThrow(message);
  });
});

describe('refuseUnknownFuture', () => {
  const calendar = makeSeasonCalendar(
    ['2023-11-15', '2023-11-20'].map((date) => ({
      date: gameDate(date),
      seasonYear: 2023,
      games: 1,
      teams: [],
      finalTeams: [],
    })),
  );
  const refuse = (date: string, today: string) => () =>
    refuseUnknownFuture([gameDate('2023-11-01'), gameDate(date)], calendar, gameDate(today));

  it('lets pass what is past, today, or scheduled', () => {
    expect(refuse('2023-11-15', '2023-11-16')).not.toThrow();
    expect(refuse('2023-11-16', '2023-11-16')).not.toThrow();
    expect(refuse('2023-11-20', '2023-11-16')).not.toThrow();
    expect(refuse('2023-12-01', '2023-12-01')).not.toThrow();
  });

  it('refuses a day after today that no schedule reaches, and names it', () => {
    expect(refuse('2023-11-21', '2023-11-16')).toThrow(UsageError);
    expect(refuse('2023-12-02', '2023-12-01')).toThrow(
      '2023-12-02 is later than today, 2023-12-01, and no schedule knows it',
    );
  });
});
