import { randomUUID } from 'node:crypto';
import { messageOf } from '../message-of.ts';
import { WarehouseError } from '../warehouse.ts';
import type { OpenFile } from './connect.ts';
import { withAdvice } from './errors.ts';
import { writeMarkSql } from './file-mark.ts';
import { leftLogs } from './left-log.ts';
import { refuseSmallLimit } from './refuse-small-limit.ts';
import { removeWriterNote, type Writer, writeWriterNote } from './writer-note.ts';

/** What a process that writes to a file owes to whoever opens it next. */
export interface Claim {
  /** Leaves the mark of this process in the file; to be called before its first commit. */
  mark(): Promise<void>;
  /** Takes the note away that is not needed any more; to be called when the file is closed. */
  end(): void;
}

/**
 * Notes beside a file who writes to it, and to which mark its log belongs.
 * @param given the file as it was asked for.
 * @throws WarehouseError `surroundings` when nothing can be written there.
 */
export function claimFile(
  { connection, path, mark: found }: OpenFile,
  writer: Writer,
  given: string,
): Claim {
  const note = (...marks: readonly string[]) => {
    try {
      writeWriterNote(path, { ...writer, marks });
    } catch (error) {
      const why = messageOf(error);
      throw new WarehouseError(
        'surroundings',
        `cannot write beside "${given}": ${withAdvice(why)}`,
      );
    }
  };
  note(found);
  return {
    mark: async () => {
      refuseSmallLimit(path);
      const own = randomUUID();
      // The note names both marks meanwhile: a process that is killed on the way leaves either of them in the
      // file.
      note(found, own);
      for (const sql of writeMarkSql(own)) await connection.run(sql);
      note(own);
    },
    end: () => {
      // A log that found no room in the file still needs the note.
      if (leftLogs(path).length === 0) removeWriterNote(path);
    },
  };
}
