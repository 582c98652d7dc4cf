import type { DuckDbWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts';
import { WarehouseError } from '../../warehouse/warehouse.ts';
import type { DamagedFile } from './ingest-report.ts';
import type { SourceFile } from './source-content.ts';
import { readingError, unreadableFile } from './unreadable-file.ts';

export interface DoneWithSoundFiles<T> {
  /** `undefined` when no file can be read to its end. */
  readonly result: T | undefined;
  readonly sound: readonly SourceFile[];
  readonly damaged: readonly DamagedFile[];
}

/**
 * Does work that reads files to their end; where it fails because of some of them, with the others alone.
 * @throws what the work throws when every file can be read.
 */
export async function withSoundFiles<T>(
  reader: DuckDbWarehouse,
  files: readonly SourceFile[],
  work: (files: readonly SourceFile[]) => Promise<T>,
): Promise<DoneWithSoundFiles<T>> {
  try {
    return { result: await work(files), sound: files, damaged: [] };
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error;
    const reasons = new Map<SourceFile, string>();
    for (const file of files) {
      const reason = await whyUnreadable(reader, file);
      if (reason !== undefined) reasons.set(file, reason);
    }
    if (reasons.size === 0) throw error;
    const sound = files.filter((file) => !reasons.has(file));
    return {
      result: sound.length > 0 ? await work(sound) : undefined,
      sound,
      damaged: [...reasons].map(([{ name }, reason]) => unreadableFile(name, reason)),
    };
  }
}

/** Reads every value of a file and computes nothing with it that could fail. */
async function whyUnreadable(
  reader: DuckDbWarehouse,
  file: SourceFile,
): Promise<string | undefined> {
  try {
    await reader.query(
      `SELECT CAST(bit_xor(hash(COLUMNS(*))) AS VARCHAR) FROM ${file.relation} AS given`,
    );
    return undefined;
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error;
    return readingError(error.message);
  }
}
