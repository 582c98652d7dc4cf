import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type GameDate, gameDate } from '../calendar/game-date.ts';
import { makeSeasonCalendar, type ScheduledDate } from '../calendar/season-calendar.ts';
import {
  lastDays,
  lastGames,
  sameDay,
  seasonToDate,
  undatedPartition,
  type Window,
} from './window.ts';
import { makeWindowResolver } from './window-dates.ts';

const runs = { numRuns: 150, seed: 11 };

const teams = ['BOS', 'DEN', 'LAL', 'MIA', 'NYK', 'PHX'] as const;

/** A game date: days since the one before, and how many of the shuffled teams play. */
const slate = fc.record({
  gap: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 1, max: 3 }) },
    { weight: 1, arbitrary: fc.constant(8) },
  ),
  order: fc.shuffledSubarray([...teams], { minLength: 6 }),
  games: fc.integer({ min: 0, max: 3 }),
});
const season = fc.array(slate, { minLength: 1, maxLength: 30 });

/** Seasons a year apart; the third is one whose start is built in, and is loaded only from later on. */
const schedule = fc.tuple(season, season, season).map((seasons) =>
  seasons.flatMap((slates, index) => {
    const seasonYear = [2016, 2017, 2023][index] ?? 0;
    let date: GameDate = gameDate(`${seasonYear}-10-29`);
    return slates.map(({ gap, order, games }): ScheduledDate => {
      date = addDays(date, gap);
      return { date, seasonYear, games: 3, teams: [], finalTeams: order.slice(0, 2 * games) };
    });
  }),
);

/** The days from the first to the last that a window may read, over a plain list of rows. */
function spannedDates(
  rows: readonly ScheduledDate[],
  window: Window,
  { date, seasonYear }: ScheduledDate,
): readonly GameDate[] {
  const own = rows.filter((row) => row.seasonYear === seasonYear);
  const earlier = own.filter((row) => row.date < date);
  switch (window.kind) {
    case 'undated':
      return [undatedPartition];
    case 'sameDay':
      return [date];
    case 'seasonToDate':
      return earlier.map((row) => row.date);
    case 'lastDays':
      return earlier.map((row) => row.date).filter((day) => day >= addDays(date, -window.days));
    case 'lastGames': {
      if (window.per === 'player') return earlier.map((row) => row.date);
      const firsts = teams.flatMap((team) => {
        const games = earlier.filter((row) => row.finalTeams.includes(team));
        return games.slice(-window.games).slice(0, 1);
      });
      const reach = firsts.map((row) => row.date).toSorted()[0];
      return reach === undefined
        ? []
        : earlier.map((row) => row.date).filter((day) => day >= reach);
    }
  }
}

const someWindow: fc.Arbitrary<Window> = fc.oneof(
  fc.constantFrom(sameDay, seasonToDate),
  fc.integer({ min: 1, max: 40 }).map(lastDays),
  fc
    .tuple(fc.integer({ min: 1, max: 20 }), fc.constantFrom('team', 'player'))
    .map(([games, per]) => lastGames(games, per)),
);

describe('span', () => {
  it('holds exactly the game dates that the window may read, for any schedule', () => {
    fc.assert(
      fc.property(schedule, someWindow, (rows, window) => {
        const calendar = makeSeasonCalendar(rows);
        const resolver = makeWindowResolver(calendar);
        for (const row of rows) {
          const { from, before } = resolver.span(window, row.date);
          expect(calendar.dates.filter((date) => date >= from && date < before)).toEqual(
            spannedDates(rows, window, row),
          );
        }
      }),
      runs,
    );
  });

  it('never begins before the season, and ends at the date itself or, for sameDay, after it', () => {
    fc.assert(
      fc.property(schedule, someWindow, (rows, window) => {
        const calendar = makeSeasonCalendar(rows);
        const resolver = makeWindowResolver(calendar);
        for (const { date, seasonYear } of rows) {
          const span = resolver.span(window, date);
          expect(span.from >= (calendar.season(seasonYear)?.start ?? '')).toBe(true);
          expect(span.before).toBe(window.kind === 'sameDay' ? addDays(date, 1) : date);
        }
      }),
      runs,
    );
  });

  it('of lastGames per team begins at the earliest n-th last final game of all teams', () => {
    fc.assert(
      fc.property(schedule, fc.integer({ min: 1, max: 12 }), (rows, games) => {
        const resolver = makeWindowResolver(makeSeasonCalendar(rows));
        for (const row of rows) {
          const window = lastGames(games, 'team');
          const [first = row.date] = spannedDates(rows, window, row);
          expect(resolver.span(window, row.date).from).toBe(first);
        }
      }),
      runs,
    );
  });

  it('answers the same for dates asked in any order', () => {
    fc.assert(
      fc.property(schedule, someWindow, (rows, window) => {
        const calendar = makeSeasonCalendar(rows);
        const [forth, back] = [makeWindowResolver(calendar), makeWindowResolver(calendar)];
        const spans = rows.map(({ date }) => forth.span(window, date));
        const reversed = rows.toReversed().map(({ date }) => back.span(window, date));
        expect(reversed.toReversed()).toEqual(spans);
      }),
      { ...runs, numRuns: 50 },
    );
  });
});

describe('literal cases', () => {
  const on = (date: string, seasonYear: number, ...finalTeams: string[]): ScheduledDate => ({
    date: gameDate(date),
    seasonYear,
    games: 1,
    teams: finalTeams,
    finalTeams,
  });
  const resolver = makeWindowResolver(
    makeSeasonCalendar([
      on('2023-04-09', 2022, 'BOS', 'NYK'),
      on('2023-10-24', 2023, 'DEN', 'LAL'),
      on('2023-10-26', 2023, 'BOS', 'NYK'),
      on('2023-10-28', 2023, 'BOS', 'DEN'),
      on('2023-10-30', 2023),
      on('2023-11-01', 2023, 'BOS', 'LAL'),
    ]),
  );
  const span = (window: Window, date: string) => resolver.span(window, gameDate(date));

  it.each([
    ['sameDay', sameDay, '2023-11-01', '2023-11-01', '2023-11-02'],
    ['lastDays(3)', lastDays(3), '2023-11-01', '2023-10-29', '2023-11-01'],
    ['lastDays(30) within the season', lastDays(30), '2023-11-01', '2023-10-24', '2023-11-01'],
    ['seasonToDate', seasonToDate, '2023-11-01', '2023-10-24', '2023-11-01'],
    ['seasonToDate on day 0', seasonToDate, '2023-10-24', '2023-10-24', '2023-10-24'],
    [
      'lastGames(1): LAL has not played since',
      lastGames(1, 'team'),
      '2023-11-01',
      '2023-10-24',
      '2023-11-01',
    ],
    [
      'lastGames(2): DEN reaches back to the start',
      lastGames(2, 'team'),
      '2023-10-30',
      '2023-10-24',
      '2023-10-30',
    ],
    [
      'lastGames on day 0: nothing to read',
      lastGames(10, 'team'),
      '2023-10-24',
      '2023-10-24',
      '2023-10-24',
    ],
    [
      'lastGames per player: he may have been away since the start',
      lastGames(1, 'player'),
      '2023-11-01',
      '2023-10-24',
      '2023-11-01',
    ],
  ])('%s', (_, window, date, from, before) => {
    expect(span(window, date)).toEqual({ from, before });
  });

  it('throws for a day without games', () => {
    expect(() => span(seasonToDate, '2023-10-25')).toThrow('2023-10-25 is not a game date');
  });
});
