import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/** Who writes to a DuckDB file. DuckDB's own lock is the truth; this only makes its message useful. */
export interface WriterNote {
  readonly pid: number;
  readonly host: string;
  /** UTC, ISO 8601. */
  readonly startedAt: string;
}

const notePath = (warehousePath: string) => `${warehousePath}.writer.json`;

/** Left behind by a killed process and then overwritten by the next writer. */
export function writeWriterNote(warehousePath: string, note: WriterNote): void {
  writeFileSync(notePath(warehousePath), `${JSON.stringify(note)}\n`);
}

export function removeWriterNote(warehousePath: string): void {
  rmSync(notePath(warehousePath), { force: true });
}

export function readWriterNote(warehousePath: string): WriterNote | undefined {
  try {
    const note: Partial<WriterNote> = JSON.parse(readFileSync(notePath(warehousePath), 'utf8'));
    const { pid, host, startedAt } = note;
    return pid && host && startedAt ? { pid, host, startedAt } : undefined;
  } catch {
    return undefined;
  }
}
