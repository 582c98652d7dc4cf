import { duckdbDialect } from '../../sql/duckdb-dialect.ts';
import { literalFile } from '../../warehouse/duckdb/literal-file.ts';
import type { CsvFormat } from './csv-format.ts';
import type { FileRows, SourceFile } from './source-content.ts';

/** Marks the files of the simulated league. */
export const dataKindColumn = 'DATA_KIND';

/** TRUE when the file says of itself that it comes from the simulated league. */
export function isSimulated(file: SourceFile): boolean {
  return file.columns.has(dataKindColumn);
}

/** The number of a row where the rows of a file have none of their own. */
export const countedRow = 'row_number() OVER ()';

/** Reads Parquet; folders are no columns. */
export function parquetRows(path: string): FileRows {
  return {
    relation: `read_parquet(${literalFile(path)}, file_row_number = true, hive_partitioning = false)`,
    rowNumber: 'file_row_number + 1',
  };
}

/** Reads CSV: values stay text, nothing is guessed, and folders are no columns. */
export function csvRows(path: string, csv: CsvFormat): FileRows {
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
    `encoding = '${csv.encoding}'`,
  ];
  return {
    relation: `read_csv(${literalFile(path)}, ${settings.join(', ')})`,
    rowNumber: countedRow,
  };
}

/** A column of a file, as SQL. */
export function columnName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
