import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type GameDate, gameDate } from '../calendar/game-date.ts';
import { makeSeasonCalendar, type ScheduledDate } from '../calendar/season-calendar.ts';
import {
  lastDays,
  lastGames,
  sameDay,
  seasonToDate,
  undated,
  undatedPartition,
  type Window,
} from './window.ts';
import { makeWindowResolver } from './window-dates.ts';
import { makeWindowReach } from './window-reach.ts';

const runs = { numRuns: 300, seed: 41 };

const teams = ['BOS', 'DEN', 'LAL', 'MIA', 'NYK', 'PHX'] as const;

/** Uneven slates: some teams play far more often than others, which is what makes holes. */
const slate = fc.record({
  gap: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 1, max: 3 }) },
    { weight: 1, arbitrary: fc.constant(9) },
  ),
  order: fc.oneof(
    fc.shuffledSubarray([...teams], { minLength: 6 }),
    fc.shuffledSubarray(['BOS', 'DEN', 'LAL', 'MIA'], { minLength: 4 }),
  ),
  games: fc.integer({ min: 0, max: 3 }),
});
const season = fc.array(slate, { minLength: 1, maxLength: 30 });
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

const someWindow: fc.Arbitrary<Window> = fc.oneof(
  fc.constantFrom(sameDay, seasonToDate, undated),
  fc.integer({ min: 1, max: 40 }).map(lastDays),
  fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.constantFrom('team', 'player'))
    .map(([games, per]) => lastGames(games, per)),
);

/** The window as the specification words it, team by team, over a plain list of rows. */
function readable(
  rows: readonly ScheduledDate[],
  window: Window,
  { date, seasonYear }: ScheduledDate,
): readonly GameDate[] {
  const earlier = rows.filter((row) => row.seasonYear === seasonYear && row.date < date);
  const days = earlier.map((row) => row.date);
  switch (window.kind) {
    case 'undated':
      return [undatedPartition];
    case 'sameDay':
      return [date];
    case 'seasonToDate':
      return days;
    case 'lastDays':
      return days.filter((day) => day >= addDays(date, -window.days));
    case 'lastGames': {
      if (window.per === 'player') return days;
      const read = teams.flatMap((team) =>
        earlier.filter(({ finalTeams }) => finalTeams.includes(team)).slice(-window.games),
      );
      return days.filter((day) => read.some((row) => row.date === day));
    }
  }
}

function resolve(rows: readonly ScheduledDate[]) {
  const calendar = makeSeasonCalendar(rows);
  return { calendar, windows: makeWindowResolver(calendar), reach: makeWindowReach(calendar) };
}

describe('dates of a window', () => {
  it('are those that the specification words, for any schedule', () => {
    let holes = 0;
    fc.assert(
      fc.property(schedule, someWindow, (rows, window) => {
        const { calendar, windows } = resolve(rows);
        for (const row of rows) {
          const dates = windows.dates(window, row.date);
          expect(dates).toEqual(readable(rows, window, row));
          if (window.kind === 'undated') continue;
          // The span is what the SQL is cut to: it must hold them all, and begin with the first.
          const { from, before } = windows.span(window, row.date);
          expect(dates.every((day) => day >= from && day < before)).toBe(true);
          const spanned = calendar.gameDatesIn(row.seasonYear, from, before);
          expect(dates[0]).toBe(spanned[0]);
          if (spanned.length > dates.length) holes += 1;
          if (window.kind !== 'lastGames' || window.per === 'player') {
            expect(dates).toEqual(spanned);
          }
        }
      }),
      runs,
    );
    expect(holes).toBeGreaterThan(100);
  });
});

describe('reach', () => {
  it('is exactly the inverse of the window, for any schedule', () => {
    fc.assert(
      fc.property(schedule, someWindow, (rows, window) => {
        const { windows, reach } = resolve(rows);
        const reads = new Map(rows.map((row) => [row.date, windows.dates(window, row.date)]));
        for (const { date: changed } of [...rows, { date: undatedPartition }]) {
          const readers = rows
            .map(({ date }) => date)
            .filter((d) => reads.get(d)?.includes(changed));
          expect(reach.readers(window, changed)).toEqual(readers);
          for (const { date } of rows) {
            expect(reach.reads(window, date, changed)).toBe(readers.includes(date));
          }
        }
      }),
      runs,
    );
  });

  it('is one run of game dates, though the window of a date may have holes', () => {
    fc.assert(
      fc.property(schedule, someWindow, (rows, window) => {
        const { calendar, reach } = resolve(rows);
        for (const { date } of rows) {
          const readers = reach.readers(window, date);
          const [first] = readers;
          const last = readers.at(-1);
          if (first === undefined || last === undefined) continue;
          const between = calendar.dates.filter((day) => day >= first && day <= last);
          expect(readers).toEqual(between);
        }
      }),
      runs,
    );
  });
});

describe('literal cases', () => {
  const on = (date: string, ...finalTeams: string[]): ScheduledDate => ({
    date: gameDate(date),
    seasonYear: 2023,
    games: finalTeams.length / 2,
    teams: finalTeams,
    finalTeams,
  });
  const rows = [
    on('2023-10-24', 'DEN', 'LAL'),
    on('2023-10-26', 'BOS', 'NYK'),
    on('2023-10-27', 'BOS', 'NYK'),
    on('2023-10-28', 'BOS', 'DEN'),
    on('2023-10-30'),
    on('2023-11-01', 'BOS', 'NYK'),
    on('2023-11-03', 'LAL', 'NYK'),
  ];
  const { windows, reach } = resolve(rows);

  it('lastGames(1) on 11-01: LAL has rested since 10-24, nobody has since 10-26', () => {
    expect(windows.dates(lastGames(1, 'team'), gameDate('2023-11-01'))).toEqual([
      '2023-10-24',
      '2023-10-27',
      '2023-10-28',
    ]);
  });

  it.each([
    [
      '2023-10-24',
      ['2023-10-26', '2023-10-27', '2023-10-28', '2023-10-30', '2023-11-01', '2023-11-03'],
    ],
    ['2023-10-26', ['2023-10-27']],
    ['2023-10-27', ['2023-10-28', '2023-10-30', '2023-11-01']],
    ['2023-10-30', []],
    ['2023-11-03', []],
    ['2023-10-25', []],
  ])('lastGames(1) of %s is read by %j', (changed, readers) => {
    expect(reach.readers(lastGames(1, 'team'), gameDate(changed))).toEqual(readers);
  });

  it('lastDays(2) of 10-26 reaches two days on, seasonToDate to the end, sameDay itself', () => {
    const changed = gameDate('2023-10-26');
    expect(reach.readers(lastDays(2), changed)).toEqual(['2023-10-27', '2023-10-28']);
    expect(reach.readers(seasonToDate, changed)).toEqual(rows.slice(2).map(({ date }) => date));
    expect(reach.readers(sameDay, changed)).toEqual([changed]);
  });

  it('what has no date reaches every date, and a game date nothing through it', () => {
    expect(reach.readers(undated, undatedPartition)).toEqual(rows.map(({ date }) => date));
    expect(reach.readers(undated, gameDate('2023-10-24'))).toEqual([]);
    expect(reach.readers(seasonToDate, undatedPartition)).toEqual([]);
  });
});
