import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DuckDbWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts';
import { literalFile } from '../../warehouse/duckdb/literal-file.ts';
import { WarehouseError } from '../../warehouse/warehouse.ts';
import type { DamagedFile } from './ingest-report.ts';
import { readJsonTables } from './json-tables.ts';
import type { MadeRows } from './source-content.ts';
import { readingError, unreadableFile } from './unreadable-file.ts';

/** Files that were made of others, and those that could not be read. */
export interface PackedAnswers {
  readonly paths: readonly string[];
  readonly damaged: readonly DamagedFile[];
}

/**
 * Makes a file of each kind of rows that many answers hold: hundreds of small files are read as one.
 * @param name of the files, without their ending.
 * @param folder that they are written to.
 */
export async function packAnswers(
  reader: DuckDbWarehouse,
  answers: readonly string[],
  name: string,
  folder: string,
): Promise<PackedAnswers> {
  const tables = await tablesOf(reader, answers);
  if (!('reason' in tables)) {
    return { paths: await writeTables(reader, tables, name, folder), damaged: [] };
  }
  const damaged: DamagedFile[] = [];
  for (const path of answers) {
    const alone = await tablesOf(reader, [path]);
    if ('reason' in alone) {
      const reason = `${alone.reason}; delete "${path}", and it is fetched again`;
      damaged.push({ ...alone, reason });
    }
  }
  const sound = answers.filter((path) => !damaged.some((file) => file.name === basename(path)));
  if (sound.length === answers.length) throw new WarehouseError('statement', tables.reason);
  const rest = sound.length > 0 ? await packAnswers(reader, sound, name, folder) : undefined;
  return { paths: rest?.paths ?? [], damaged: [...damaged, ...(rest?.damaged ?? [])] };
}

/** @returns the tables once each value of them can be read, or why not. */
async function tablesOf(
  reader: DuckDbWarehouse,
  answers: readonly string[],
): Promise<readonly MadeRows[] | DamagedFile> {
  try {
    const bytes = Math.max(...answers.map((path) => statSync(path).size));
    const tables = await readJsonTables(reader, answers, bytes);
    // Beside the shots the same answer has averages of the league, which nobody reads.
    const ofGames = tables.filter(({ columns }) =>
      columns.some((column) => /^game_id$/i.test(column)),
    );
    return ofGames.length > 0 ? ofGames : tables;
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error;
    return unreadableFile(basename(answers[0] ?? ''), readingError(error.message));
  }
}

async function writeTables(
  reader: DuckDbWarehouse,
  tables: readonly MadeRows[],
  name: string,
  folder: string,
): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const { relation, columns } of tables) {
    if (columns.length === 0) continue;
    const path = join(folder, `${name}${paths.length > 0 ? `_${paths.length + 1}` : ''}.parquet`);
    await reader.run(
      `COPY (SELECT * FROM ${relation} AS answered) TO ${literalFile(path)} (FORMAT parquet)`,
    );
    paths.push(path);
  }
  return paths;
}
