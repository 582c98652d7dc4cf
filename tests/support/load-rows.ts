import type { SourceRow } from './game-log.ts';
import { backcourt, type CommandResult } from './run-command.ts';
import { writeCsv } from './write-source.ts';

let files = 0;

/** Writes rows as a CSV file and ingests it as a source. */
export async function loadRows(
  folder: string,
  warehouse: string,
  source: string,
  rows: readonly SourceRow[],
  ...flags: readonly string[]
): Promise<CommandResult & { readonly file: string }> {
  files += 1;
  const file = `${source}-${files}.csv`;
  const path = writeCsv(folder, file, rows);
  return {
    ...(await backcourt(['ingest', source, path, '--warehouse', warehouse, ...flags])),
    file,
  };
}
