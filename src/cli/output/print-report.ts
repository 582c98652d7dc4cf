import type { CliContext } from '../cli-context.ts';

/** A report in both forms. */
export interface PrintedReport {
  /** For people. */
  readonly lines: readonly string[];
  /** One object per line, for machines. */
  readonly json: readonly string[];
}

/** With --json stdout is for machines alone, and people read the same lines on stderr. */
export function printReport(context: CliContext, json: boolean, report: PrintedReport): void {
  (json ? context.stderr : context.stdout)(`${report.lines.join('\n')}\n`);
  if (json && report.json.length > 0) context.stdout(`${report.json.join('\n')}\n`);
}
