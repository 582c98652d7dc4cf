import { isSettled } from '../../plan/unit-state.ts';
import type { UnitResult } from '../../run/work/unit-result.ts';
import { formatSeconds, plural } from './format.ts';
import { reasonText } from './reason-text.ts';

/** Tells how many of the days that a table looks back on the earlier phase has. */
export function upstreamWarning(
  date: string,
  upstream: { readonly available: number; readonly lookback: number },
): string {
  return `${date}: ${upstreamText(upstream)}`;
}

function upstreamText({
  available,
  lookback,
}: {
  readonly available: number;
  readonly lookback: number;
}): string {
  return `Only ${available}/${lookback} Phase 3 days available`;
}

/** What is to be warned of with a unit that was looked at, each as a text of its own. */
export function warningTexts({ outcome, upstream, warnings }: UnitResult): readonly string[] {
  const before =
    upstream && !upstream.complete && outcome.kind !== 'skipped' ? [upstreamText(upstream)] : [];
  return [...before, ...warnings];
}

/** Tells that a date was skipped, and why; where several tables run, the table follows. */
export function skipLine(
  unit: { readonly table: string; readonly date: string; readonly reason: string },
  tableWidth: number,
): string {
  const table = tableWidth === 0 ? '' : `  ${unit.table}`;
  return `Skipping ${unit.date} (${unit.reason})${table}`;
}

/** The lines of one table and date; `tableWidth` is 0 when the run has only one table. */
export function unitLines(result: UnitResult, tableWidth: number): readonly string[] {
  const { table, date, outcome, seconds, upstream, warnings } = result;
  const subject = tableWidth === 0 ? date : `${date}  ${table.padEnd(tableWidth)}`;
  const before =
    upstream && !upstream.complete && outcome.kind !== 'skipped'
      ? [`warning: ${upstreamWarning(date, upstream)}`]
      : [];
  const noted = warnings.length > 0 ? `  (warning: ${warnings.join('; ')})` : '';
  switch (outcome.kind) {
    case 'written':
      return [
        ...before,
        `${subject}  ${outcome.state}  ${plural(outcome.rows, 'row')}  ${formatSeconds(seconds)}${noted}`,
      ];
    case 'unchanged':
      return [
        ...before,
        `${subject}  ${outcome.state}  ${plural(outcome.rows, 'row')}  unchanged, nothing written  ${formatSeconds(seconds)}${noted}`,
      ];
    case 'removed':
      return [`${subject}  removed  ${plural(outcome.rows, 'row')}: ${reasonText(outcome.reason)}`];
    case 'skipped': {
      const { state, rows } = outcome;
      const reason = reasonText(outcome.reason);
      if (isSettled(state)) {
        return [`${subject}  ${state}  ${plural(rows ?? 0, 'row')}  up to date: ${reason}`];
      }
      return [skipLine({ table, date, reason }, tableWidth)];
    }
    case 'blocked':
      return [...before, `${subject}  ${outcome.state}  ${reasonText(outcome.reason)}`];
    case 'failed':
      return [...before, `${subject}  failed  ${outcome.failure.kind}: ${outcome.failure.text}`];
  }
}
