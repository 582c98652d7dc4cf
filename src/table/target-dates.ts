import type { GameDate } from '../calendar/game-date.ts';
import type { SqlDialect } from './sql-dialect.ts';

/** A row of the relation `target_dates`: a date to compute and its season. */
export interface TargetDate {
  readonly date: GameDate;
  readonly seasonYear: number;
  readonly seasonStart: GameDate;
}

/** SELECT that yields `target_dates` (analysis_date DATE, season_year INT64, season_start DATE). */
export function targetDatesSelect(sql: SqlDialect, dates: readonly TargetDate[]): string {
  const rows = dates.map(({ date, seasonYear, seasonStart }) => [
    sql.date(date),
    String(seasonYear),
    sql.date(seasonStart),
  ]);
  const relation = sql.constants('given', ['analysis_date', 'season_year', 'season_start'], rows);
  return `SELECT analysis_date, CAST(season_year AS INT64) AS season_year, season_start FROM ${relation}`;
}
