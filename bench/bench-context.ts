import type { GameDate } from '../src/calendar/game-date.ts';
import type { RunEngine } from '../src/world/run-engine.ts';
import type { Measurement } from './measurement.ts';

/** What the cases of the bench share; whatever is made for one is there for the next. */
export interface BenchContext {
  /** How often each thing is measured. */
  readonly runs: number;
  readonly source: 'nba-stats' | 'simulated';
  /** Player logs and shot charts. */
  readonly files: readonly string[];
  /** Runs the installed command on a warehouse. */
  product(
    warehouse: string,
    args: readonly string[],
    exitCodes?: readonly number[],
  ): Promise<Measurement>;
  /** Lets the installed command forget the answers that it has kept. */
  forgetAnswers(): void;
  /** Runs statements on a DuckDB file in a process of their own. */
  bare(database: string, statements: readonly string[]): Promise<Measurement>;
  /** A path for a file that is not there yet; it goes with the folder of the bench. */
  fresh(name: string): string;
  /** The files ingested, nothing computed. */
  rawWarehouse(): Promise<string>;
  /** The files ingested and all dates computed. */
  fullWarehouse(): Promise<string>;
  /** {@link BenchContext.readEngine} of the full warehouse. */
  engine(): Promise<RunEngine>;
  /** What a warehouse holds, for planning; its file is closed. */
  readEngine(warehouse: string): Promise<RunEngine>;
  /** The raw tables as {@link BenchContext.bare} makes them. */
  bareRaw(): Promise<readonly string[]>;
  progress(text: string): void;
}

/** `--start-date … --end-date …` over some dates, ascending. */
export function rangeFlags(dates: readonly GameDate[]): readonly string[] {
  return ['--start-date', dates[0] ?? '', '--end-date', dates.at(-1) ?? ''];
}
