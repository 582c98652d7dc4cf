import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { ownName } from '../own-names.ts';

/** Who writes to a DuckDB file. DuckDB's own lock is the truth; this only makes its message useful. */
export interface Writer {
  readonly pid: number;
  readonly host: string;
  /** UTC, ISO 8601. */
  readonly startedAt: string;
}

/** A writer, and the file that its log belongs to. */
export interface WriterNote extends Writer {
  /** Marks of which the file has one; not there in the notes of an older Backcourt. */
  readonly marks?: readonly string[] | undefined;
}

const notePath = (warehousePath: string) => `${warehousePath}.writer.json`;

/**
 * Leaves a note beside the file. One that a killed process left behind is replaced by the next writer. It is
 * never half a note, and never written through a symbolic link of that name.
 */
export function writeWriterNote(warehousePath: string, note: WriterNote): void {
  const whole = ownName(`${notePath(warehousePath)}-`);
  try {
    writeFileSync(whole, `${JSON.stringify(note)}\n`, { flag: 'wx' });
    renameSync(whole, notePath(warehousePath));
  } catch (error) {
    rmSync(whole, { force: true });
    throw error;
  }
}

/** Removes the note, if there is one. */
export function removeWriterNote(warehousePath: string): void {
  rmSync(notePath(warehousePath), { force: true });
}

/** Reads the note; `undefined` when there is none, or it is not whole. */
export function readWriterNote(warehousePath: string): WriterNote | undefined {
  try {
    const note: Partial<WriterNote> = JSON.parse(readFileSync(notePath(warehousePath), 'utf8'));
    const { pid, host, startedAt, marks } = note;
    return pid && host && startedAt ? { pid, host, startedAt, marks } : undefined;
  } catch {
    return undefined;
  }
}
