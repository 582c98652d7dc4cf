import { describe, expect, it } from 'vitest';
import { dateDuty } from './date-duty.ts';
import { addDays, daysFromTo, type GameDate, gameDate } from './game-date.ts';
import { makeSeasonCalendar, type ScheduledDate, type SeasonCalendar } from './season-calendar.ts';

interface Loaded {
  readonly year: number;
  readonly from: string;
  readonly to: string;
  readonly finished?: boolean;
  /** Days without games in between. */
  readonly off?: readonly string[];
}

function calendarOf(seasons: readonly Loaded[], refused: Record<string, string> = {}) {
  const rows = seasons.flatMap(({ year, from, to, off = [] }) =>
    daysFromTo(gameDate(from), gameDate(to))
      .filter((date) => !off.includes(date))
      .map(
        (date): ScheduledDate => ({ date, seasonYear: year, games: 1, teams: [], finalTeams: [] }),
      ),
  );
  return makeSeasonCalendar(
    rows,
    new Set(seasons.filter(({ finished }) => finished).map(({ year }) => year)),
    new Map(Object.entries(refused).map(([date, reason]) => [gameDate(date), reason])),
  );
}

const dutyOn = (calendar: SeasonCalendar, date: string, today = '2026-01-15') =>
  dateDuty(calendar, gameDate(date), gameDate(today));
const kindOn = (calendar: SeasonCalendar, date: string, today?: string) =>
  dutyOn(calendar, date, today).kind;

const season2021 = { year: 2021, from: '2021-10-19', to: '2022-06-16', finished: true } as const;
const season2022 = { year: 2022, from: '2022-10-18', to: '2023-06-12', finished: true } as const;
const season2023 = { year: 2023, from: '2023-10-24', to: '2024-06-17', finished: true } as const;
const season2024 = { year: 2024, from: '2024-10-22', to: '2025-06-22', finished: true } as const;

describe('with a schedule file of a part of a season', () => {
  const day = (date: string, final: boolean): ScheduledDate => ({
    date: gameDate(date),
    seasonYear: 2023,
    games: 1,
    teams: ['BOS', 'NYK'],
    finalTeams: final ? ['BOS', 'NYK'] : [],
  });
  const rows = [
    day('2023-10-24', true),
    day('2023-10-26', true),
    day('2023-11-10', false),
    day('2023-11-14', false),
  ];
  const calendar = makeSeasonCalendar(
    rows,
    new Set(),
    new Map(),
    new Set(),
    new Map([[2023, { first: gameDate('2023-11-10'), last: gameDate('2023-11-14') }]]),
  );

  it('a free day among the logs or in the reach of the file has no games', () => {
    expect(kindOn(calendar, '2023-10-25')).toBe('no_games');
    expect(kindOn(calendar, '2023-11-12')).toBe('no_games');
  });

  it('a day between the last log and the first game of the file is not loaded', () => {
    expect(dutyOn(calendar, '2023-11-03')).toEqual({
      kind: 'not_loaded',
      reason: { kind: 'between_logs_and_schedule', first: '2023-11-10' },
    });
  });

  it('nor is a day after the last game of the file', () => {
    expect(kindOn(calendar, '2023-11-15')).toBe('not_loaded');
  });

  it('a game to come is not yet to be worked', () => {
    expect(kindOn(calendar, '2023-11-14', '2023-11-12')).toBe('not_yet');
  });
});

describe('within a loaded season', () => {
  const calendar = calendarOf([{ ...season2023, off: ['2023-11-07', '2024-02-19'] }]);

  it('a scheduled day is a game date', () => {
    const duty = dutyOn(calendar, '2023-11-15');
    expect(duty.kind === 'game' && duty.scheduled.date).toBe('2023-11-15');
    expect(kindOn(calendar, '2023-10-24')).toBe('game');
    expect(kindOn(calendar, '2024-06-17')).toBe('game');
  });

  it('a day that no game is on has no games: election day, the all-star break', () => {
    expect(dutyOn(calendar, '2023-11-07')).toEqual({
      kind: 'no_games',
      reason: { kind: 'no_games_scheduled' },
    });
    expect(kindOn(calendar, '2024-02-19')).toBe('no_games');
  });

  it('a scheduled day after today is not yet to be worked; today is', () => {
    const duty = dutyOn(calendar, '2024-01-10', '2024-01-09');
    expect(duty.kind).toBe('not_yet');
    expect('reason' in duty && JSON.stringify(duty.reason)).toContain('2024-01-09');
    expect(kindOn(calendar, '2024-01-10', '2024-01-10')).toBe('game');
  });
});

describe('a load that does not reach the day', () => {
  const partial = calendarOf([{ year: 2023, from: '2023-11-10', to: '2023-12-20' }]);

  it('before its first loaded date, but after the known start of the season', () => {
    const duty = dutyOn(partial, '2023-11-01');
    expect(duty.kind).toBe('not_loaded');
    expect('reason' in duty && JSON.stringify(duty.reason)).toContain('2023-11-10');
    expect(kindOn(partial, '2023-10-24')).toBe('not_loaded');
  });

  it('after its last loaded date', () => {
    expect(kindOn(partial, '2023-12-21')).toBe('not_loaded');
    expect(kindOn(partial, '2024-06-17')).toBe('not_loaded');
  });

  it('after the last loaded date of a season that is not built in', () => {
    const calendar = calendarOf([{ year: 2025, from: '2025-10-21', to: '2025-12-01' }]);
    const duty = dutyOn(calendar, '2025-12-02');
    expect(duty.kind).toBe('not_loaded');
    expect('reason' in duty && JSON.stringify(duty.reason)).toContain('2025-12-01');
  });

  it('a season missing between two loaded ones', () => {
    const calendar = calendarOf([season2021, season2023]);
    expect(kindOn(calendar, '2022-11-15')).toBe('not_loaded');
    expect(kindOn(calendar, '2022-10-18')).toBe('not_loaded');
    expect(kindOn(calendar, '2023-06-12')).toBe('not_loaded');
  });

  it('a season missing between two that are not built in', () => {
    const calendar = calendarOf([
      { year: 2015, from: '2015-10-27', to: '2016-06-19', finished: true },
      { year: 2017, from: '2017-10-17', to: '2018-06-08', finished: true },
    ]);
    expect(kindOn(calendar, '2016-12-25')).toBe('not_loaded');
  });

  it('a season after all loaded ones', () => {
    expect(kindOn(calendarOf([season2021]), '2022-11-15')).toBe('not_loaded');
  });

  it('a season after all loaded ones that is not built in', () => {
    // Whoever asks for Christmas of a season that nobody has loaded must not hear "no games".
    expect(kindOn(calendarOf([season2024]), '2025-12-25')).toBe('not_loaded');
  });

  it('a season before all loaded ones', () => {
    expect(kindOn(calendarOf([season2023]), '2021-11-15')).toBe('not_loaded');
    expect(kindOn(calendarOf([season2023]), '2018-12-25')).toBe('not_loaded');
  });

  it('an empty warehouse', () => {
    expect(dutyOn(calendarOf([]), '2023-11-15').kind).toBe('not_loaded');
    expect(dutyOn(calendarOf([]), '2018-12-25')).toEqual({
      kind: 'not_loaded',
      reason: { kind: 'nothing_loaded' },
    });
  });

  it('a day whose box scores were refused, even between two loaded dates', () => {
    const calendar = calendarOf([{ ...season2023, off: ['2023-11-15'] }], {
      '2023-11-15': 'logs.parquet row 7: makes > attempts',
    });
    const duty = dutyOn(calendar, '2023-11-15');
    expect(duty.kind).toBe('not_loaded');
    expect('reason' in duty && JSON.stringify(duty.reason)).toContain('logs.parquet row 7');
  });

  it('before the guessed start of a partly loaded season that is not built in', () => {
    const calendar = calendarOf([{ year: 2025, from: '2025-12-01', to: '2026-01-10' }]);
    expect(calendar.season(2025)?.startIsGuess).toBe(true);
    expect(kindOn(calendar, '2025-11-20')).toBe('not_loaded');
  });

  it('before the guessed start of a partly loaded season that follows a finished one', () => {
    const calendar = calendarOf([season2024, { year: 2025, from: '2025-12-01', to: '2026-01-10' }]);
    expect(kindOn(calendar, '2025-11-20')).toBe('not_loaded');
  });

  it('after the last loaded date of an unfinished season, though the next one is loaded', () => {
    const calendar = calendarOf([
      { year: 2016, from: '2016-10-25', to: '2017-01-10' },
      { year: 2017, from: '2017-10-17', to: '2018-06-08', finished: true },
    ]);
    expect(kindOn(calendar, '2017-02-01')).toBe('not_loaded');
  });

  it('after the last loaded date of an unfinished built-in season, though the next one is loaded', () => {
    const calendar = calendarOf([
      { year: 2022, from: '2022-10-18', to: '2023-01-10' },
      { ...season2023 },
    ]);
    expect(kindOn(calendar, '2023-02-01')).toBe('not_loaded');
    expect(kindOn(calendar, '2023-08-01')).toBe('no_games');
  });
});

describe('between seasons', () => {
  it('after the finals of the only loaded season', () => {
    const duty = dutyOn(calendarOf([season2023]), '2024-06-18');
    expect(duty.kind).toBe('no_games');
    expect('reason' in duty && JSON.stringify(duty.reason)).toContain('2023');
  });

  it('every day from the finals to the next loaded start', () => {
    const calendar = calendarOf([season2022, season2023]);
    const days = daysFromTo(gameDate('2023-06-13'), gameDate('2023-10-23'));
    expect(days.map((date) => kindOn(calendar, date))).toEqual(days.map(() => 'no_games'));
  });

  it('just before a known start, with only that season loaded', () => {
    expect(dutyOn(calendarOf([season2023]), '2023-10-23')).toEqual({
      kind: 'no_games',
      reason: { kind: 'off_season' },
    });
    expect(kindOn(calendarOf([season2023]), '2023-09-15')).toBe('no_games');
  });

  it('just before a known start, with nothing loaded', () => {
    expect(kindOn(calendarOf([]), '2023-10-23')).toBe('no_games');
  });

  it('ends where the season that is not loaded begins', () => {
    const calendar = calendarOf([season2021]);
    expect(kindOn(calendar, '2022-10-17')).toBe('no_games');
    expect(kindOn(calendar, '2022-10-18')).toBe('not_loaded');
  });

  it('a finished season may end earlier than the built-in calendar says', () => {
    const calendar = calendarOf([{ ...season2023, to: '2024-06-14' }]);
    expect(kindOn(calendar, '2024-06-16')).toBe('no_games');
  });
});

it('never calls a day of a built-in season free of games unless loaded dates lie on both sides of it or the season is over', () => {
  const seasons = [season2021, season2022, season2023, season2024];
  for (const loaded of seasons) {
    for (const cut of [1, 20, 100]) {
      const to: GameDate = addDays(gameDate(loaded.from), cut);
      const calendar = calendarOf([{ year: loaded.year, from: loaded.from, to }]);
      for (const other of seasons) {
        const days = daysFromTo(gameDate(other.from), gameDate(other.to));
        for (const date of days.filter((_, index) => index % 7 === 0)) {
          const expected = date >= loaded.from && date <= to ? 'game' : 'not_loaded';
          expect([date, kindOn(calendar, date)]).toEqual([date, expected]);
        }
      }
    }
  }
});
