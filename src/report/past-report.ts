import type { CutTable } from '../history/cut-captures.ts';
import type { KeptUnits } from '../history/remove-outdated.ts';
import type { RestoredTable } from '../history/restore-past.ts';
import { alignColumns, formatDates, plural } from './words/format.ts';
import { toJson } from './words/json.ts';

/** What `as-known-at` has made. */
export interface PastReport {
  readonly from: string;
  readonly to: string;
  /** UTC, ISO 8601. */
  readonly time: string;
  readonly minutesBefore: number | undefined;
  readonly restored: readonly RestoredTable[];
  readonly cut: readonly CutTable[];
  readonly units: Pick<KeptUnits, 'kept' | 'removed'>;
  /** Dates failed that could have been computed. */
  readonly hasFailed: boolean;
}

/** What is other there than today, and what is to be done before its tables are whole. */
export function pastLines(
  { from, to, time, minutesBefore, restored, cut, units, hasFailed }: PastReport,
  command: (text: string) => string,
): readonly string[] {
  const late = cut.map(
    ({ table, rows }) => `  ${table}: ${plural(rows, 'row')} seen later, or nobody knows when`,
  );
  return [
    `${to} holds what ${from} knew at ${time}`,
    restored.length === 0
      ? '  raw tables as they stand today'
      : 'raw dates that are other there than today:',
    ...alignColumns(restored.map(({ table, dates }) => [`  ${table}`, formatDates(dates)])),
    ...(minutesBefore === undefined
      ? []
      : [
          `and of lines, props and reports what was seen ${plural(minutesBefore, 'minute')} before tip-off:`,
        ]),
    ...(minutesBefore !== undefined && late.length === 0 ? ['  all of them'] : late),
    `${plural(units.kept, 'date')} of computed tables, as they come out of that`,
    ...(units.removed === 0
      ? []
      : [
          `${plural(units.removed, 'date')} removed that could not be made then: ${command('status')}`,
        ]),
    ...(hasFailed ? [`some dates failed, which: ${command('status --failed')}`] : []),
  ];
}

/** The same as one object. */
export function pastJson(report: PastReport): readonly string[] {
  const { from, to, time, minutesBefore, restored, cut, units } = report;
  return [
    toJson({
      type: 'as_known_at',
      from,
      to,
      time,
      minutes_before_tipoff: minutesBefore ?? null,
      restored,
      cut,
      dates_kept: units.kept,
      dates_removed: units.removed,
      failed: report.hasFailed,
    }),
  ];
}
