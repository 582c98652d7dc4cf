import type { GameDate } from '../calendar/game-date.ts';
import type { PlannedUnit } from '../plan/plan.ts';
import { formatCount, formatSeconds, plural } from './format.ts';

export interface ExportReport {
  readonly table: string;
  readonly out: string;
  readonly format: string;
  readonly rows: number;
  /** What the ledger says there should be. */
  readonly recordedRows: number;
  /** Dates with rows. */
  readonly dates: number;
  readonly first: GameDate;
  readonly last: GameDate;
  /** Dates that are owed and not there. */
  readonly absent: readonly GameDate[];
  /** Dates whose inputs have changed since. */
  readonly stale: readonly GameDate[];
  readonly bytes: number;
  readonly seconds: number;
}

const shownDates = 5;

export function exportLines(report: ExportReport): readonly string[] {
  const { table, out, rows, recordedRows, dates, first, last, absent, stale, bytes, seconds } =
    report;
  const lines = [
    `exported ${plural(rows, 'row')} of ${table}, ${plural(dates, 'date')} from ${first} to ${last}, to ${out} (${formatCount(bytes)} bytes); ${formatSeconds(seconds)}`,
  ];
  if (rows !== recordedRows) {
    lines.push(
      `the ledger records ${plural(recordedRows, 'row')}: something else has written to this table`,
    );
  }
  if (absent.length > 0) lines.push(`not there: ${listed(absent)}`);
  if (stale.length > 0) {
    lines.push(`stale, exported as they are: ${listed(stale)}; renew them with run first`);
  }
  return lines;
}

/** Why nothing was exported. */
export function exportRefusalLines(
  table: string,
  absent: readonly PlannedUnit[],
  command: string,
): readonly string[] {
  if (absent.length === 0) return [`nothing to export: no game date of ${table} in this range`];
  const states = Map.groupBy(absent, ({ state }) => state);
  const counts = [...states].map(([state, units]) => `${formatCount(units.length)} ${state}`);
  return [
    `nothing was exported: ${table} lacks ${plural(absent.length, 'date')} of this range (${counts.join(', ')}): ${listed(absent.map(({ date }) => date))}`,
    `fill them: ${command}`,
    'or export what is there: --allow-missing',
  ];
}

/** The same as one JSON object. */
export function exportJson({ recordedRows, ...report }: ExportReport): string {
  return JSON.stringify({ type: 'export', ...report, recorded_rows: recordedRows });
}

function listed(dates: readonly GameDate[]): string {
  const more = dates.length - shownDates;
  return dates.slice(0, shownDates).join(', ') + (more > 0 ? ` and ${formatCount(more)} more` : '');
}
