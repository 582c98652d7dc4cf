import { formatCount, formatSeconds } from '../report/format.ts';
import type { UnitResult } from '../run/unit-result.ts';
import type { CliContext } from './cli-context.ts';

/** One rewriting line on a terminal's stderr; silent anywhere else. */
export interface Progress {
  at(table: string, date: string): void;
  count(result: UnitResult): void;
  clear(): void;
}

const redrawMs = 100;

export function makeProgress(context: CliContext, total: number): Progress {
  if (!context.progress) return { at: () => {}, count: () => {}, clear: () => {} };
  const startedMs = context.clock.elapsedMs();
  let drawnMs = Number.NEGATIVE_INFINITY;
  let units = 0;
  let rows = 0;
  let where = '';
  const draw = () => {
    const nowMs = context.clock.elapsedMs();
    if (nowMs - drawnMs < redrawMs) return;
    drawnMs = nowMs;
    const seconds = (nowMs - startedMs) / 1000;
    const left = units > 0 ? formatSeconds((seconds / units) * (total - units)) : 'unknown';
    const rate = seconds > 0 ? Math.round(rows / seconds) : 0;
    const text = `${formatCount(units)}/${formatCount(total)}  ${where}  ${formatCount(rows)} rows  ${formatCount(rate)} rows/s  ${left} left`;
    context.stderr(`\r\u001b[K${text.slice(0, (process.stderr.columns ?? 80) - 1)}`);
  };
  return {
    at: (table, date) => {
      where = `${table} ${date}`;
      drawnMs = Number.NEGATIVE_INFINITY;
      draw();
    },
    count: ({ outcome }) => {
      units += 1;
      if (outcome.kind === 'written') rows += outcome.rows;
      draw();
    },
    clear: () => context.stderr('\r\u001b[K'),
  };
}
