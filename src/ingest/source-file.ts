import { literalFile } from '../warehouse/duckdb/literal-file.ts';
import type { FileShape, SourceContent } from './source-content.ts';

/** A file of a source whose columns were found. */
export interface SourceFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly content: SourceContent['table'];
  readonly shape: FileShape;
  /** Upper-case column name → its name and type in the file. */
  readonly columns: ReadonlyMap<string, SourceColumn>;
}

export interface SourceColumn {
  readonly name: string;
  readonly type: string;
}

/** Marks the files of the simulated league. */
export const dataKindColumn = 'DATA_KIND';

/** TRUE when the file says of itself that it comes from the simulated league. */
export function isSimulated(file: SourceFile): boolean {
  return file.columns.has(dataKindColumn);
}

/** The table function that reads a file, by its extension; CSV values stay text, and folders are no columns. */
export function fileRelation(path: string): string {
  const file = literalFile(path);
  return /\.parquet$/i.test(path)
    ? `read_parquet(${file}, file_row_number = true, hive_partitioning = false)`
    : `read_csv(${file}, all_varchar = true, header = true, hive_partitioning = false)`;
}
