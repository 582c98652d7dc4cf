import { duckdbDialect } from '../../sql/duckdb-dialect.ts';
import { literalFile } from '../../warehouse/duckdb/literal-file.ts';
import type { CsvFormat } from './csv-format.ts';
import type { FileShape, SourceContent } from './source-content.ts';

/** A file of a source whose columns were found. */
export interface SourceFile {
  readonly path: string;
  /** `undefined`: Parquet. */
  readonly csv: CsvFormat | undefined;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly content: SourceContent;
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

/** The table function that reads a file; CSV values stay text, nothing is guessed, and folders are no columns. */
export function fileRelation({ path, csv }: Pick<SourceFile, 'path' | 'csv'>): string {
  const file = literalFile(path);
  if (!csv) return `read_parquet(${file}, file_row_number = true, hive_partitioning = false)`;
  const columns = csv.columns.map((name) => `${columnName(name)}: 'VARCHAR'`);
  const settings = [
    `auto_detect = false`,
    `hive_partitioning = false`,
    `delim = ${duckdbDialect.string(csv.delimiter)}`,
    `quote = '"'`,
    `escape = '"'`,
    `header = true`,
    `skip = ${csv.linesAbove}`,
    `columns = {${columns.join(', ')}}`,
  ];
  return `read_csv(${file}, ${settings.join(', ')})`;
}

/** A column of a file, as SQL. */
export function columnName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
