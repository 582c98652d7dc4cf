import type { GameDate } from '../calendar/game-date.ts';
import { type SeasonCalendar, seasonOf } from '../calendar/season-calendar.ts';
import { unbrokenSince } from '../calendar/unbroken-since.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';

/** A row of the relation `target_dates`: a date to compute and its season. */
export interface TargetDate {
  readonly date: GameDate;
  readonly seasonYear: number;
  readonly seasonStart: GameDate;
  /** What is known of before this day is of before a long break. */
  readonly unbrokenSince: GameDate;
}

/** A game date with its season. @throws when it is not a game date. */
export function targetDate(calendar: SeasonCalendar, date: GameDate): TargetDate {
  const season = seasonOf(calendar, date);
  if (!season) throw new Error(`${date} is not a game date`);
  return {
    date,
    seasonYear: season.year,
    seasonStart: season.start,
    unbrokenSince: unbrokenSince(calendar, date),
  };
}

/** SELECT that yields `target_dates` (analysis_date DATE, season_year INT64, season_start DATE, unbroken_since DATE). */
export function targetDatesSelect(sql: SqlDialect, dates: readonly TargetDate[]): string {
  const seasons = Map.groupBy(
    dates,
    ({ seasonYear, seasonStart, unbrokenSince }) => `${seasonYear} ${seasonStart} ${unbrokenSince}`,
  );
  const groups = [...seasons.values()].flatMap((own) =>
    own.slice(0, 1).map(({ seasonYear, seasonStart, unbrokenSince }) => ({
      days: own.map(({ date }) => date),
      values: [String(seasonYear), sql.date(seasonStart), sql.date(unbrokenSince)],
    })),
  );
  const columns = ['analysis_date', 'season_year', 'season_start', 'unbroken_since'];
  const relation = sql.dayConstants('given', columns, groups);
  return `SELECT analysis_date, CAST(season_year AS INT64) AS season_year, season_start, unbroken_since FROM ${relation}`;
}
