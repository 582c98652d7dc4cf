import type { Column } from '../sql/column.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { WarehouseError } from '../warehouse/warehouse.ts';

/** The value of each column in a record; `undefined` where it is NULL. */
export type RecordFields = readonly (string | undefined)[];

const nullText = '\\N';

/** Within a record a backslash comes before another, before a `|` of a text, or makes a whole column `\N`. */
const betweenRecords = '|\\R|';

/**
 * All rows of a group as one text. An engine writes it much faster than a client fetches twenty values of
 * each, and a ledger has a row for every table and date of history.
 */
export function recordsText(columns: readonly Column[], sql: SqlDialect): string {
  return `STRING_AGG(${recordText(columns, sql)}, ${sql.string(betweenRecords)})`;
}

/** The rows of a {@link recordsText}, each as its {@link recordText}. @throws when they are not `count`. */
export function readRecordsText(text: string, count: number): readonly string[] {
  const records = text.split(betweenRecords);
  if (records.length !== count) {
    throw unreadable(`${count} records, and ${records.length} in their text`);
  }
  return records;
}

/** A row as one text, its columns separated by `|`. */
export function recordText(columns: readonly Column[], sql: SqlDialect): string {
  const parts = columns.flatMap((column, index) => [
    ...(index === 0 ? [] : [sql.string('|')]),
    sql.hashText(column),
  ]);
  return sql.concat(parts);
}

/**
 * The fields of a {@link recordText}.
 * @throws when there are not as many as columns.
 */
export function readRecordText(columns: readonly Column[], text: string): RecordFields {
  let parts = text.split('|');
  if (parts.length !== columns.length) parts = splitUnescaped(text);
  if (parts.length !== columns.length) throw unreadable(text);
  const fields: (string | undefined)[] = parts;
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index] as string;
    if (part === nullText) fields[index] = undefined;
    else if (columns[index]?.freeText && part.includes('\\')) fields[index] = unescaped(part);
  }
  return fields;
}

/** The error of a record of which nobody knows what it is about: what Backcourt writes can always be read. */
function unreadable(text: string): WarehouseError {
  return new WarehouseError(
    'surroundings',
    `backcourt.partitions has a record that something else has changed, and it cannot be read: "${text}"; delete this row from the table by hand, or put back a copy of the file`,
  );
}

function unescaped(part: string): string {
  return part.replace(/\\(.)/gs, '$1');
}

/**
 * Splits a record into its columns: a free text may hold the separator itself, with a backslash before it.
 */
function splitUnescaped(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '|') {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}
