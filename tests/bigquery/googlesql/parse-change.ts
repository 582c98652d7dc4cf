import type { GoogleSqlColumn, GoogleSqlType } from './googlesql-service.ts';
import { rowIndex } from './prune.ts';

/** A statement that changes a table, as the query whose rows it adds or leaves. */
export interface Change {
  readonly kind: 'insert' | 'update' | 'delete';
  /** `dataset.table`. */
  readonly table: string;
  /** Columns of an INSERT. */
  readonly columns: readonly string[];
  /**
   * SELECT of the rows to add, of the indices of those to delete, or of all rows as they are to
   * stand after an update.
   */
  select(columns: readonly GoogleSqlColumn[]): string;
}

/**
 * Splits a statement that GoogleSQL has found right. Its own evaluation of changes ends the server
 * where a table has a key or a column is left out; so the parts are evaluated as queries.
 * @throws when it is none of the forms that the product writes.
 */
export function parseChange(statement: string): Change {
  const sql = statement.trim().replace(/;$/, '');
  const insert = /^INSERT INTO ([\w.]+) \(([^)]*)\)\s+(VALUES\s+)?([\s\S]+)$/.exec(sql);
  if (insert) {
    const [, table = '', names = '', values, rest = ''] = insert;
    const columns = names.split(',').map((name) => name.trim());
    const select = values === undefined ? () => rest : valuesSelect(columns, rest);
    return { kind: 'insert', table, columns, select };
  }
  const removal = /^DELETE FROM ([\w.]+)\s+WHERE ([\s\S]+)$/.exec(sql);
  if (removal) {
    const [, table = '', condition] = removal;
    const select = () => `SELECT ${rowIndex} FROM ${table} WHERE ${condition}`;
    return { kind: 'delete', table, columns: [], select };
  }
  const update = /^UPDATE ([\w.]+)\s+SET ([\s\S]+?)\s+WHERE ([\s\S]+)$/.exec(sql);
  if (update) {
    const [, table = '', settings = '', condition] = update;
    const set = splitAtCommas(settings).map((setting) => {
      const [, name = '', value = ''] = /^(\w+)\s*=\s*([\s\S]+)$/.exec(setting) ?? [];
      return `CASE WHEN ${condition} THEN ${value} ELSE ${name} END AS ${name}`;
    });
    const select = () => `SELECT * REPLACE (${set.join(', ')}) FROM ${table}`;
    return { kind: 'update', table, columns: [], select };
  }
  throw new Error(`not a statement the stand-in knows:\n${sql.slice(0, 200)}`);
}

/** Tuples of values as the elements of a typed array: there is no VALUES in a query. */
function valuesSelect(names: readonly string[], tuples: string): Change['select'] {
  return (columns) => {
    const fields = names.map((name) => {
      const column = columns.find((candidate) => candidate.name === name);
      if (!column) throw new Error(`no column ${name}`);
      return `${name} ${typeText(column.type)}`;
    });
    return `SELECT * FROM UNNEST(ARRAY<STRUCT<${fields.join(', ')}>>[${tuples}])`;
  };
}

function typeText({ typeKind, arrayType }: GoogleSqlType): string {
  if (arrayType) return `ARRAY<${typeText(arrayType.elementType)}>`;
  return typeKind === 'TYPE_DOUBLE' ? 'FLOAT64' : typeKind.replace('TYPE_', '');
}

/** At commas that stand in no text and no brackets. */
function splitAtCommas(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (quoted && character === '\\') index += 1;
    else if (character === "'") quoted = !quoted;
    else if (quoted) continue;
    else if (character === '(' || character === '[') depth += 1;
    else if (character === ')' || character === ']') depth -= 1;
    else if (character === ',' && depth === 0) {
      parts.push(text.slice(start, index).trim());
      start = index + 1;
    }
  }
  return [...parts, text.slice(start).trim()];
}
