import type { RunReporter } from './reporter.ts';
import { retryCommands } from './run-summary-lines.ts';
import { outcomeJson, tableFaultJson, toJson, unitJson } from './words/json.ts';

/** One JSON object per line: `header`, one `unit` per table and date, `summary`. */
export function makeJsonReporter(print: (line: string) => void): RunReporter {
  const emit = (value: object) => print(toJson(value));
  return {
    header: ({ added = [], ...header }) =>
      emit({ type: 'header', ...header, ...(added.length > 0 && { added }) }),
    unit: ({ outcome, table, date, ...result }) => {
      const { kind, ...rest } = outcomeJson(outcome);
      emit({ type: 'unit', table, date, outcome: kind, ...rest, ...result });
    },
    tableFailed: (table, fault) =>
      emit({ type: 'table', table, outcome: 'failed', fault: tableFaultJson(fault) }),
    summary: (summary, followUps) => {
      const blocked = summary.blocked.map(unitJson);
      const failedTables = summary.failedTables.map(({ fault, ...failed }) => ({
        ...failed,
        fault: tableFaultJson(fault),
      }));
      const retry = retryCommands(summary, followUps);
      emit({ type: 'summary', ...summary, blocked, failedTables, retry });
    },
  };
}
