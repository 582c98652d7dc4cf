import { formatCount, formatSeconds } from './format.ts';

/** How far a run is. */
export interface ProgressState {
  /** How many units are finished. */
  readonly done: number;
  readonly total: number;
  /** Table and date in hand. */
  readonly where: string;
  readonly rows: number;
  /** Seconds since the start of the run. */
  readonly seconds: number;
  /** Seconds; `undefined` where there is nothing to tell it from. */
  readonly left: number | undefined;
}

/** The one rewriting line of a run at a terminal. */
export function progressLine({ done, total, where, rows, seconds, left }: ProgressState): string {
  const rate = seconds > 0 ? Math.round(rows / seconds) : 0;
  const rest = left === undefined ? 'time left unknown' : `${formatSeconds(left)} left`;
  return `${formatCount(done)}/${formatCount(total)}  ${where}  ${formatCount(rows)} rows  ${formatCount(rate)} rows/s  ${rest}`;
}
