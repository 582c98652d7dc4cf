import { maskTexts } from '../stand-in/mask-texts.ts';
import { splitAtCommas } from '../stand-in/split-script.ts';
import type { GoogleSqlColumn, GoogleSqlType } from './googlesql-service.ts';
import { rowIndex } from './prune.ts';

/** A statement that changes a table, as queries for the rows it adds, changes or takes away. */
export interface Change {
  readonly kind: 'insert' | 'update' | 'delete' | 'merge';
  /** `dataset.table`. */
  readonly table: string;
  readonly parts: readonly ChangePart[];
}

/** Each query is written for the columns of the table as it stands. */
export type ChangePart = {
  /** Rows to add; the index of those to take away; or the index and new values of some columns. */
  readonly kind: 'insert' | 'delete' | 'update';
  /** Columns that are set; of an INSERT without names all of them. */
  readonly columns: readonly string[] | undefined;
  select(columns: readonly GoogleSqlColumn[]): string;
};

/**
 * Splits a statement that GoogleSQL has found right. Its own evaluation of changes ends the server
 * where a table has a key or a column is left out; so the parts are evaluated as queries.
 * @returns `undefined` when it changes nothing. @throws when it is a form the stand-in does not know.
 */
export function parseChange(statement: string): Change | undefined {
  const sql = statement.trim().replace(/;$/, '');
  if (!/^(INSERT|DELETE|UPDATE|MERGE|TRUNCATE)\b/i.test(sql)) return undefined;
  const insert = /^INSERT (?:INTO )?([\w.]+)\s*(?:\(([^)]*)\))?\s+(VALUES\s+)?([\s\S]+)$/i.exec(
    sql,
  );
  if (insert) {
    const [, table = '', names, values, rest = ''] = insert;
    const columns = names?.split(',').map((name) => name.trim());
    const select = values === undefined ? () => rest : valuesSelect(columns, rest);
    return { kind: 'insert', table, parts: [{ kind: 'insert', columns, select }] };
  }
  const removal =
    /^DELETE (?:FROM )?([\w.]+)(?:\s+(?:AS )?(?!WHERE)(\w+))?\s+WHERE ([\s\S]+)$/i.exec(sql);
  if (removal) {
    const [, table = '', alias, condition = ''] = removal;
    const select = () => `SELECT ${rowIndex} FROM ${from(table, alias)} WHERE ${condition}`;
    return { kind: 'delete', table, parts: [{ kind: 'delete', columns: [], select }] };
  }
  const emptied = /^TRUNCATE TABLE ([\w.]+)$/i.exec(sql);
  if (emptied?.[1]) {
    const select = () => `SELECT ${rowIndex} FROM ${emptied[1]}`;
    return { kind: 'delete', table: emptied[1], parts: [{ kind: 'delete', columns: [], select }] };
  }
  const update =
    /^UPDATE ([\w.]+)(?:\s+(?:AS )?(?!SET)(\w+))?\s+SET ([\s\S]+?)\s+WHERE ([\s\S]+)$/i.exec(sql);
  if (update) {
    const [, table = '', alias, settings = '', condition = ''] = update;
    return {
      kind: 'update',
      table,
      parts: [updatePart(settings, from(table, alias), '', condition)],
    };
  }
  const merge =
    /^MERGE (?:INTO )?([\w.]+)\s+(?:AS )?(\w+)\s+USING ([\s\S]+?)\s+(?:AS )?(\w+)\s+ON ([\s\S]+?)\s+(WHEN [\s\S]+)$/i.exec(
      sql,
    );
  if (merge) return parseMerge(merge);
  throw new Error(`not a statement the stand-in knows:\n${sql.slice(0, 200)}`);
}

const from = (table: string, alias: string | undefined) =>
  alias === undefined ? table : `${table} AS ${alias}`;

function updatePart(
  settings: string,
  relation: string,
  qualifier: string,
  condition: string,
): ChangePart {
  const pairs = splitAtCommas(settings).map((setting) => {
    const [, name = '', value = ''] = /^(?:\w+\.)?(\w+)\s*=\s*([\s\S]+)$/.exec(setting) ?? [];
    return { name, value };
  });
  return {
    kind: 'update',
    columns: pairs.map(({ name }) => name),
    select: (columns) => {
      const values = pairs.map(({ name, value }, place) => {
        const column = columns.find((candidate) => candidate.name === name);
        if (!column) throw new Error(`no column ${name}`);
        return `CAST(${value} AS ${typeText(column.type)}) AS value_${place}`;
      });
      return `SELECT ${qualifier}${rowIndex}, ${values.join(', ')} FROM ${relation} WHERE ${condition}`;
    },
  };
}

function parseMerge([
  ,
  table = '',
  target,
  source,
  alias,
  on,
  clauses = '',
]: RegExpExecArray): Change {
  const earlier = { matched: [] as string[], unmatched: [] as string[] };
  const parts = splitAtWhen(clauses).map((clause): ChangePart => {
    const found =
      /^WHEN (NOT )?MATCHED(?: BY TARGET)?(?: AND ([\s\S]+?))? THEN (UPDATE SET|DELETE|INSERT)\s*([\s\S]*)$/i.exec(
        clause,
      );
    if (!found) throw new Error(`not a MERGE the stand-in knows:\n${clause}`);
    const [, not, extra = 'TRUE', word = '', rest = ''] = found;
    const before = not === undefined ? earlier.matched : earlier.unmatched;
    const condition = [`(${extra})`, ...before.map((other) => `NOT (${other})`)].join(' AND ');
    before.push(extra);
    const joined = `${table} AS ${target} JOIN ${source} AS ${alias} ON ${on}`;
    const kind = word.toUpperCase();
    if (kind === 'DELETE') {
      const select = () => `SELECT ${target}.${rowIndex} FROM ${joined} WHERE ${condition}`;
      return { kind: 'delete', columns: [], select };
    }
    if (kind === 'UPDATE SET') return updatePart(rest, joined, `${target}.`, condition);
    const insert = /^\(([^)]*)\)\s*VALUES\s*\(([\s\S]*)\)$/i.exec(rest.trim());
    const [, names = '', values = ''] = insert ?? [];
    return {
      kind: 'insert',
      columns: names.split(',').map((name) => name.trim()),
      select: () =>
        `SELECT ${values} FROM ${source} AS ${alias} WHERE NOT EXISTS (SELECT 1 FROM ${table} AS ${target} WHERE ${on}) AND ${condition}`,
    };
  });
  return { kind: 'merge', table, parts };
}

function splitAtWhen(clauses: string): readonly string[] {
  const starts = [...maskTexts(clauses).matchAll(/\bWHEN (?:NOT )?MATCHED\b/gi)].map(
    ({ index }) => index,
  );
  return starts.map((start, place) => clauses.slice(start, starts[place + 1]).trim());
}

/** Tuples of values as the elements of a typed array: there is no VALUES in a query. */
function valuesSelect(names: readonly string[] | undefined, tuples: string): ChangePart['select'] {
  return (columns) => {
    const fields = (names ?? columns.map(({ name }) => name)).map((name) => {
      const column = columns.find((candidate) => candidate.name === name);
      if (!column) throw new Error(`no column ${name}`);
      return `${name} ${typeText(column.type)}`;
    });
    // A tuple of one value would be that value in brackets.
    const elements = fields.length === 1 ? tuples.replace(/\(/g, 'STRUCT(') : tuples;
    return `SELECT * FROM UNNEST(ARRAY<STRUCT<${fields.join(', ')}>>[${elements}])`;
  };
}

/** A type as SQL writes it. */
export function typeText({ typeKind, arrayType }: GoogleSqlType): string {
  if (arrayType) return `ARRAY<${typeText(arrayType.elementType)}>`;
  return typeKind === 'TYPE_DOUBLE' ? 'FLOAT64' : typeKind.replace('TYPE_', '');
}
