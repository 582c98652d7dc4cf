import type { SourceFile } from './source-file.ts';
import { givenText, sourceValues } from './source-values.ts';

/** Reads a file by the column names of the table it fills, whatever its shape calls them. */
export interface ShapedValues {
  readonly relation: string;
  readonly rowNumber: string;
  /** See {@link givenText}; NULL as well when there is no such column. */
  text(column: string): string;
  has(column: string): boolean;
}

export function shapedValues(file: SourceFile): ShapedValues {
  const source = sourceValues(file);
  const theirs = (column: string) => (file.shape.names?.[column] ?? column).toUpperCase();
  return {
    relation: source.relation,
    rowNumber: source.rowNumber,
    text: (column) => givenText(source.text(theirs(column))),
    has: (column) => source.has(theirs(column)),
  };
}

/**
 * SELECT of all rows of some files with the text of each column as `<column>_text`.
 * @param more further expressions with their names.
 */
export function textRows(
  files: readonly SourceFile[],
  columns: readonly string[],
  more: (source: ShapedValues) => readonly string[] = () => [],
): string {
  const readFile = (file: SourceFile, index: number) => {
    const source = shapedValues(file);
    const texts = columns.map((column) => `${source.text(column)} AS ${column}_text`);
    const selected = [
      `${index} AS file_index`,
      `${source.rowNumber} AS file_row`,
      ...texts,
      ...more(source),
    ];
    return `
  SELECT
    ${selected.join(',\n    ')}
  FROM ${source.relation}`;
  };
  return files.map(readFile).join('\n  UNION ALL');
}
