import type { DamagedFile } from './ingest-report.ts';

/** Why a file is refused of which a part cannot be read. */
export function unreadableFile(name: string, why: string): DamagedFile {
  return { name, reason: `it cannot be read to its end, ${why}` };
}

/** Says why DuckDB cannot read a file: its own words without the class of the error, and what helps. */
export function readingError(message: string): string {
  const reason = message
    .replace(/^"[^"]*": /, '')
    .replace(/^Invalid Input Error: (CSV Error on Line: )?/, (_, line) => (line ? 'line ' : ''));
  if (/CSV Parser state machine/.test(reason)) {
    return 'its lines do not all end alike, some in CR LF and some in LF; save it with one of them';
  }
  return /unicode|utf-8/i.test(reason)
    ? `${reason} It may be Windows-1252 (cp1252): save it as UTF-8`
    : reason;
}
