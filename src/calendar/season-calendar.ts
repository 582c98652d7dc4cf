import { daysBetween, type GameDate } from './game-date.ts';
import { knownSeasons } from './known-seasons.ts';

/** One game date of the schedule. */
export interface ScheduledDate {
  readonly date: GameDate;
  readonly seasonYear: number;
  readonly games: number;
  /** Tricodes of the teams that are scheduled. */
  readonly teams: readonly string[];
  /** Tricodes of the teams whose game of this date is final by `game_results`. */
  readonly finalTeams: readonly string[];
}

/** The days from the first date of something to its last, both included. */
export interface DateReach {
  readonly first: GameDate;
  readonly last: GameDate;
}

export interface Season {
  readonly year: number;
  /** Day 0. A built-in start wins over a later one computed from a partial load. */
  readonly start: GameDate;
  /** TRUE when an earlier game than the first loaded one cannot be ruled out. */
  readonly startIsGuess: boolean;
  /** Game dates of the season, ascending. */
  readonly dates: readonly GameDate[];
  /** First and last date of the schedule files, where there are any: between them nothing is unknown. */
  readonly listed: DateReach | undefined;
  /** TRUE once a team has won four games of the final round: nothing later will be played. */
  readonly finished: boolean;
}

/** The schedule as the planner sees it: immutable, made from rows of `schedule` and `game_results`. */
export interface SeasonCalendar {
  readonly seasons: readonly Season[];
  readonly dates: readonly GameDate[];
  scheduled(date: GameDate): ScheduledDate | undefined;
  season(year: number): Season | undefined;
  /** Days whose box scores were refused at ingest, with the reason: their games are unknown. */
  readonly refused: ReadonlyMap<GameDate, string>;
  /** Game dates `from ≤ date < before` of one season, ascending. */
  gameDatesIn(seasonYear: number, from: GameDate, before: GameDate): readonly GameDate[];
}

/**
 * @param rows one entry per game date, any order.
 * @param finishedSeasons first years of the seasons whose finals are decided.
 * @param refused days whose box scores were refused at ingest, with the reason.
 * @param openedSeasons first years of the seasons of which the first games are among the rows: their start is
 * certain.
 * @param listed what the schedule files of a season reach, by its first year.
 */
export function makeSeasonCalendar(
  rows: readonly ScheduledDate[],
  finishedSeasons: ReadonlySet<number> = new Set(),
  refused: ReadonlyMap<GameDate, string> = new Map(),
  openedSeasons: ReadonlySet<number> = new Set(),
  listed: ReadonlyMap<number, DateReach> = new Map(),
): SeasonCalendar {
  const sorted = [...rows].sort((a, b) => (a.date < b.date ? -1 : 1));
  const byDate = new Map(sorted.map((row) => [row.date, row]));
  const datesByYear = new Map<number, GameDate[]>();
  for (const row of sorted) {
    const dates = datesByYear.get(row.seasonYear);
    if (dates) dates.push(row.date);
    else datesByYear.set(row.seasonYear, [row.date]);
  }
  const seasons = [...datesByYear]
    .sort(([a], [b]) => a - b)
    .map(([year, dates]) => ({
      ...makeSeason(year, dates, finishedSeasons.has(year), openedSeasons.has(year)),
      listed: listed.get(year),
    }));
  const byYear = new Map(seasons.map((season) => [season.year, season]));
  return {
    seasons,
    dates: sorted.map((row) => row.date),
    refused,
    scheduled: (date) => byDate.get(date),
    season: (year) => byYear.get(year),
    gameDatesIn: (year, from, before) => {
      const dates = byYear.get(year)?.dates ?? [];
      return dates.slice(lowerBound(dates, from), lowerBound(dates, before));
    },
  };
}

function makeSeason(
  year: number,
  dates: readonly GameDate[],
  finished: boolean,
  opened: boolean,
): Omit<Season, 'listed'> {
  const first = dates[0];
  if (first === undefined) throw new Error(`season ${year} has no dates`);
  const known = knownSeasons.get(year);
  const start = known !== undefined && known.start < first ? known.start : first;
  return { year, start, startIsGuess: known === undefined && !opened, dates, finished };
}

/** The season of a game date; `undefined` for any other day. */
export function seasonOf(calendar: SeasonCalendar, date: GameDate): Season | undefined {
  const scheduled = calendar.scheduled(date);
  return scheduled && calendar.season(scheduled.seasonYear);
}

/** Days from the start of the season of a game date: 0 on the first day. */
export function dayOfSeason(calendar: SeasonCalendar, date: GameDate): number {
  const season = seasonOf(calendar, date);
  if (!season) throw new Error(`${date} is not a game date`);
  return daysBetween(season.start, date);
}

/** Index of the first date that is not earlier than `date`. */
export function lowerBound(dates: readonly GameDate[], date: GameDate): number {
  let low = 0;
  let high = dates.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((dates[middle] as GameDate) < date) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a date is one of some dates that ascend. */
export function hasDate(dates: readonly GameDate[] | undefined, date: GameDate): boolean {
  return dates !== undefined && dates[lowerBound(dates, date)] === date;
}
