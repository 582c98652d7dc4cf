import type { UnitResult } from '../run/work/unit-result.ts';
import type { RunReporter } from './reporter.ts';
import { faultText, retryCommands } from './run-summary-lines.ts';

/** One JSON object per line: `header`, one `unit` per table and date, `summary`. */
export function makeJsonReporter(print: (line: string) => void): RunReporter {
  const emit = (value: object) => print(JSON.stringify(value));
  return {
    header: ({ dataKind, added = [], ...header }) =>
      emit({
        type: 'header',
        ...header,
        data_kind: dataKind,
        ...(added.length > 0 && { added }),
      }),
    unit: (result) => emit({ type: 'unit', ...unitJson(result) }),
    tableFailed: (table, fault) =>
      emit({ type: 'table', table, outcome: 'failed', fault, reason: faultText(fault) }),
    summary: (summary, followUps) => {
      emit({
        type: 'summary',
        run_id: summary.runId,
        total: summary.total,
        written: summary.written,
        unchanged: summary.unchanged,
        rows_written: summary.rowsWritten,
        removed: summary.removed,
        skipped: summary.skipped,
        blocked: summary.blocked,
        failed: summary.failed,
        failed_tables: summary.failedTables,
        not_reached: summary.notReached,
        interrupted: summary.interrupted,
        seconds: summary.seconds,
        retry: retryCommands(summary, followUps),
      });
    },
  };
}

function unitJson({ table, date, outcome, seconds, upstream, warnings }: UnitResult): object {
  const { kind, ...rest } = outcome;
  return { table, date, outcome: kind, ...rest, seconds, upstream, warnings };
}
