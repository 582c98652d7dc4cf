import type { CliContext } from '../cli-context.ts';

/** A report in both forms. */
export interface PrintedReport {
  /** The lines that people read. */
  readonly lines: readonly string[];
  /** The objects that machines read, one per line. */
  readonly json: readonly string[];
}

/** With --json stdout is for machines alone, and people read the same lines on stderr. */
export function printReport(context: CliContext, json: boolean, report: PrintedReport): void {
  (json ? context.stderr : context.stdout)(`${report.lines.join('\n')}\n`);
  if (json && report.json.length > 0) context.stdout(`${report.json.join('\n')}\n`);
}
