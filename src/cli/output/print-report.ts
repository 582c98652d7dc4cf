import type { CliContext } from '../cli-context.ts';
import { screenLines } from './screen-lines.ts';

/** A report in both forms. */
export interface PrintedReport {
  /** The lines that people read. */
  readonly lines: readonly string[];
  /** The objects that machines read, one per line. */
  readonly json: readonly string[];
  /** TRUE for lines that are no sentences, which stay as they are at any width: rows, SQL. */
  readonly isVerbatim?: boolean;
}

/** With --json stdout is for machines alone, and people read the same lines on stderr. */
export function printReport(context: CliContext, json: boolean, report: PrintedReport): void {
  const fitted = screenLines(context, json ? 'stderr' : 'stdout');
  const lines = report.isVerbatim
    ? report.lines
    : report.lines.flatMap((text) => text.split('\n')).flatMap(fitted);
  (json ? context.stderr : context.stdout)(`${lines.join('\n')}\n`);
  if (json && report.json.length > 0) context.stdout(`${report.json.join('\n')}\n`);
}
