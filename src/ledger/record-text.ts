import type { Column } from '../table/column.ts';
import type { SqlDialect } from '../table/sql-dialect.ts';

/** The value of each column in a record; `undefined` where it is NULL. */
export type RecordFields = readonly (string | undefined)[];

const nullText = '\\N';

/**
 * A row as one text, its columns separated by `|`. An engine writes one text of a row much faster than
 * a client fetches twenty values, and a ledger has a row for every table and date of history.
 */
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
  if (parts.length !== columns.length) throw new Error(`not a record of the ledger: "${text}"`);
  const fields: (string | undefined)[] = parts;
  for (const [index, part] of parts.entries()) {
    if (!part.includes('\\')) continue;
    fields[index] = part === nullText ? undefined : unescaped(columns[index], part);
  }
  return fields;
}

function unescaped(column: Column | undefined, part: string): string {
  return column?.freeText ? part.replace(/\\(.)/gs, '$1') : part;
}

/** A free text may hold the separator itself, with a backslash before it. */
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
