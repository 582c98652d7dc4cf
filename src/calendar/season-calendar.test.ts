import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gameDate, gameDateOfDayNumber } from './game-date.ts';
import {
  dayOfSeason,
  lowerBound,
  makeSeasonCalendar,
  type ScheduledDate,
} from './season-calendar.ts';

const on = (date: string, seasonYear: number): ScheduledDate => ({
  date: gameDate(date),
  seasonYear,
  games: 1,
  teams: [],
  finalTeams: ['BOS', 'NYK'],
});

describe('the start of a season', () => {
  it('is the built-in one when the load begins later', () => {
    const calendar = makeSeasonCalendar([on('2023-11-15', 2023), on('2023-11-10', 2023)]);
    const season = calendar.season(2023);
    expect(season?.start).toBe('2023-10-24');
    expect(season?.startIsGuess).toBe(false);
    expect(season?.dates).toEqual(['2023-11-10', '2023-11-15']);
    expect(dayOfSeason(calendar, gameDate('2023-11-10'))).toBe(17);
  });

  it('is the first loaded date when that is earlier than the built-in one', () => {
    const calendar = makeSeasonCalendar([on('2023-10-20', 2023), on('2023-10-24', 2023)]);
    expect(calendar.season(2023)?.start).toBe('2023-10-20');
  });

  it('is a guess for a season that is not built in', () => {
    const season = makeSeasonCalendar([on('2019-01-05', 2018)]).season(2018);
    expect(season?.start).toBe('2019-01-05');
    expect(season?.startIsGuess).toBe(true);
  });

  it.each([
    [2021, '2021-10-19'],
    [2022, '2022-10-18'],
    [2023, '2023-10-24'],
    [2024, '2024-10-22'],
  ])('%i: the first seven days are 0 to 6', (year, start) => {
    const days = [start, start.replace(/\d\d$/, (day) => String(Number(day) + 6))];
    const calendar = makeSeasonCalendar(days.map((day) => on(day, year)));
    expect(days.map((day) => dayOfSeason(calendar, gameDate(day)))).toEqual([0, 6]);
  });
});

describe('the calendar', () => {
  const calendar = makeSeasonCalendar(
    [
      on('2023-04-09', 2022),
      on('2023-10-26', 2023),
      on('2022-10-18', 2022),
      on('2023-10-24', 2023),
      on('2023-10-25', 2023),
    ],
    new Set([2022]),
    new Map([[gameDate('2023-10-27'), 'points do not add up']]),
  );

  it('sorts dates and seasons, whatever the order of the rows', () => {
    expect(calendar.dates).toEqual([
      '2022-10-18',
      '2023-04-09',
      '2023-10-24',
      '2023-10-25',
      '2023-10-26',
    ]);
    expect(calendar.seasons.map(({ year }) => year)).toEqual([2022, 2023]);
  });

  it('knows which seasons are over and which days were refused', () => {
    expect(calendar.season(2022)?.finished).toBe(true);
    expect(calendar.season(2023)?.finished).toBe(false);
    expect(calendar.refused.get(gameDate('2023-10-27'))).toBe('points do not add up');
  });

  it('lists the game dates of one season, the first day included and the last not', () => {
    const from = gameDate('2023-10-24');
    expect(calendar.gameDatesIn(2023, from, gameDate('2023-10-26'))).toEqual([
      '2023-10-24',
      '2023-10-25',
    ]);
    expect(calendar.gameDatesIn(2023, gameDate('2022-01-01'), gameDate('2023-10-25'))).toEqual([
      '2023-10-24',
    ]);
    expect(calendar.gameDatesIn(2023, from, from)).toEqual([]);
    expect(calendar.gameDatesIn(2021, gameDate('2020-01-01'), from)).toEqual([]);
  });

  it('throws when asked for the day of season of a day without games', () => {
    expect(() => dayOfSeason(calendar, gameDate('2023-10-28'))).toThrow('2023-10-28');
  });

  it('puts a season by its game ids, not by the month', () => {
    const years = makeSeasonCalendar([on('2020-10-11', 2019), on('2020-12-22', 2020)]);
    expect(years.season(2019)?.dates).toEqual(['2020-10-11']);
    expect(dayOfSeason(years, gameDate('2020-12-22'))).toBe(0);
  });
});

describe('lowerBound', () => {
  it('is the number of dates that are earlier', () => {
    const day = fc.integer({ min: 19_600, max: 19_660 }).map(gameDateOfDayNumber);
    fc.assert(
      fc.property(fc.uniqueArray(day, { maxLength: 30 }), day, (days, date) => {
        const dates = days.toSorted();
        expect(lowerBound(dates, date)).toBe(dates.filter((other) => other < date).length);
      }),
      { numRuns: 300, seed: 2 },
    );
  });
});

it('gameDatesIn agrees with a filter, for random seasons and spans', () => {
  const day = fc.integer({ min: 0, max: 200 });
  fc.assert(
    fc.property(fc.uniqueArray(day, { minLength: 1, maxLength: 60 }), day, day, (days, a, b) => {
      const rows = days.map((offset) => on(gameDateOfDayNumber(17_500 + offset), 2017));
      const calendar = makeSeasonCalendar(rows);
      const [from, before] = [gameDateOfDayNumber(17_500 + a), gameDateOfDayNumber(17_500 + b)];
      const expected = rows
        .map(({ date }) => date)
        .filter((date) => date >= from && date < before)
        .toSorted();
      expect(calendar.gameDatesIn(2017, from, before)).toEqual(expected);
    }),
    { numRuns: 300, seed: 3 },
  );
});
