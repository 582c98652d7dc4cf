import { isoOfNumber } from './numbered-dates.ts';
import type { SourceColumn, SourceFile, TheirText } from './source-content.ts';
import { columnName } from './source-file.ts';
import { givenText, idDigits, wholeDigits } from './source-values.ts';
import { monthFirst } from './writes-day-first.ts';

const integerType = /^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/;

/** A value that should be a whole number, as SQL. */
export interface WholeNumber {
  /** NULL when it is none, or larger than anything it can stand for. */
  readonly value: string;
  /** The text that the file has in the place of the value. */
  readonly text: string;
}

/**
 * Reads single values out of a source file by the names that we have for its columns, whatever its shape
 * calls them and whatever type the file gives them.
 */
export interface FileValues {
  readonly relation: string;
  /** The row's number in its file, from 1, headings not counted. */
  readonly rowNumber: string;
  /** The text as it stands in the file; NULL when the file has no such column. */
  text(name: string): string;
  /** The text without blanks around it; see {@link givenText}. */
  given(name: string): string;
  /** A number of things: points, feet. */
  count(name: string): WholeNumber;
  /** The id of a player, a team or an event; see {@link idDigits}. */
  id(name: string): WholeNumber;
  has(name: string): boolean;
  readonly file: SourceFile;
}

/** SQL of the text of the first of some columns that a file has, else of NULL. */
export function theirText(columns: SourceFile['columns']): TheirText {
  return (...names) => {
    const [found] = names.flatMap((name) => columns.get(name.toUpperCase()) ?? []);
    return found ? columnText(found) : noText;
  };
}

/** Whole numbers up to here are exact in four bytes. */
const exactInFloat = 2 ** 24;

const noText = 'CAST(NULL AS VARCHAR)';

function columnText({ name, type }: SourceColumn): string {
  const quoted = columnName(name);
  switch (type) {
    case 'VARCHAR':
      return quoted;
    case 'BLOB':
      return `TRY(decode(${quoted}))`;
    case 'FLOAT':
      // Of a larger whole number this type has lost digits, and what is left of an id is that of another game.
      return `CASE WHEN abs(${quoted}) > ${exactInFloat} THEN format('{:.6e}', ${quoted}) ELSE CAST(${quoted} AS VARCHAR) END`;
    default:
      return `CAST(${quoted} AS VARCHAR)`;
  }
}

/** TRUE for our columns of a day, whatever the content. */
export function isDay(name: string): boolean {
  return ['game_date', 'birth_date'].includes(name.toLowerCase());
}

/** Makes the reader of a file's values, as SQL over the columns that the file has. */
export function fileValues(file: SourceFile): FileValues {
  const { names, made, filledDown } = file.shape;
  const column = (name: string): SourceColumn | undefined =>
    [names?.[name] ?? name]
      .flat()
      .map((theirs) => file.columns.get(theirs.toUpperCase()))
      .find((found) => found !== undefined);
  const text = (name: string): string => {
    const found = column(name);
    const given = found
      ? columnText(found)
      : (made?.[name]?.sql(theirText(file.columns), file) ?? noText);
    if (file.isUntimed && name === 'tipoff_at') return noText;
    if (!isDay(name)) return given;
    if (file.isNumbered) return isoOfNumber(given);
    return file.isDayFirst ? monthFirst(given) : given;
  };
  const whole = (name: string, type: string, digits: (text: string) => string): WholeNumber => {
    const found = column(name);
    const isInteger = found !== undefined && integerType.test(found.type);
    const narrow = `TRY_CAST(${isInteger ? columnName(found.name) : digits(text(name))} AS ${type})`;
    return {
      value: `CAST(${narrow} AS BIGINT)`,
      text: isInteger ? `CASE WHEN ${narrow} IS NULL THEN ${text(name)} END` : text(name),
    };
  };
  return {
    // What is filled from above needs the order of the file, which no relation has by itself.
    relation: filledDown
      ? `(SELECT *, ${file.rowNumber} AS row_in_file FROM ${file.relation}) AS given`
      : `${file.relation} AS given`,
    rowNumber: filledDown ? 'row_in_file' : file.rowNumber,
    has: (name) => column(name) !== undefined,
    file,
    text,
    given: (name) => {
      if (text(name) === noText) return noText;
      const given = givenText(text(name));
      return filledDown?.includes(name)
        ? `last_value(${given} IGNORE NULLS) OVER (ORDER BY row_in_file ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)`
        : given;
    },
    // The type is so small that no rule which adds or multiplies counts can overflow.
    count: (name) => whole(name, 'SMALLINT', wholeDigits),
    id: (name) => whole(name, 'INTEGER', idDigits),
  };
}

/**
 * SELECT of all rows of some files with the text of each column as `<column>_text`.
 * @param more further expressions with their names.
 */
export function textRows(
  files: readonly SourceFile[],
  columns: readonly string[],
  more: (source: FileValues) => readonly string[] = () => [],
): string {
  const readFile = (file: SourceFile, index: number) => {
    const source = fileValues(file);
    const selected = [
      `${index} AS file_index`,
      `${source.rowNumber} AS file_row`,
      ...columns.map((column) => `${source.given(column)} AS ${column}_text`),
      ...more(source),
    ];
    return `
  SELECT
    ${selected.join(',\n    ')}
  FROM ${source.relation}`;
  };
  return files.map(readFile).join('\n  UNION ALL');
}
