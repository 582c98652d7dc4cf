import type { UnitEstimator } from '../../plan/estimate-plan.ts';
import type { PlannedUnit } from '../../plan/plan.ts';
import { makeTimeLeft } from '../../plan/time-left.ts';
import { progressLine } from '../../report/words/progress-line.ts';
import type { UnitResult } from '../../run/work/unit-result.ts';
import type { CliContext } from '../cli-context.ts';
import { rewriteLine } from './harmless-output.ts';

/** One rewriting line on a terminal's stderr; silent anywhere else. */
export interface Progress {
  at(table: string, date: string): void;
  count(result: UnitResult): void;
  clear(): void;
  /** Stops the clock and takes the line away. */
  end(): void;
}

const redrawMs = 100;
/**
 * The line is drawn again this often: while one long query runs nothing is counted, but the time left goes
 * down.
 */
const tickMs = 500;

const silent: Progress = { at: () => {}, count: () => {}, clear: () => {}, end: () => {} };

/** Makes the progress line of a run. Where stderr is no terminal it does nothing. */
export function makeProgress(
  context: CliContext,
  units: readonly PlannedUnit[],
  estimate: UnitEstimator,
): Progress {
  if (!context.terminalWidth) return silent;
  const timeLeft = makeTimeLeft(units, estimate);
  const startedMs = context.clock.elapsedMs();
  const seconds = () => (context.clock.elapsedMs() - startedMs) / 1000;
  let drawnMs = Number.NEGATIVE_INFINITY;
  let done = 0;
  let rows = 0;
  let where = '';
  const draw = () => {
    const nowMs = context.clock.elapsedMs();
    if (nowMs - drawnMs < redrawMs) return;
    drawnMs = nowMs;
    const at = seconds();
    const state = { done, total: units.length, where, rows, seconds: at, left: timeLeft.left(at) };
    rewriteLine(context, progressLine(state));
  };
  const clear = () => rewriteLine(context);
  const ticker = setInterval(draw, tickMs);
  ticker.unref();
  return {
    at: (table, date) => {
      where = `${table} ${date}`;
      drawnMs = Number.NEGATIVE_INFINITY;
      draw();
    },
    count: (result) => {
      done += 1;
      timeLeft.finished(result, seconds());
      if (result.outcome.kind === 'written') rows += result.outcome.rows;
      draw();
    },
    clear,
    end: () => {
      clearInterval(ticker);
      clear();
    },
  };
}
