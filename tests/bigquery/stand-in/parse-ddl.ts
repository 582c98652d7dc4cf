import type { ColumnType } from '../../../src/table/column.ts';
import type { TableColumn } from '../googlesql/memory-database.ts';

/** What a statement about a table does. */
export type Ddl =
  | {
      readonly kind: 'create';
      readonly table: string;
      readonly columns: readonly TableColumn[];
      readonly select: string | undefined;
    }
  | { readonly kind: 'setOptions'; readonly table: string }
  | { readonly kind: 'replace'; readonly table: string; readonly columns: readonly TableColumn[] }
  | { readonly kind: 'createAs'; readonly table: string; readonly select: string }
  | { readonly kind: 'drop'; readonly table: string };

/** @returns `undefined` when it is no such statement. @throws when it is one of another form. */
export function parseDdl(statement: string): Ddl | undefined {
  const drop = /^DROP TABLE IF EXISTS ([\w.]+)$/.exec(statement);
  if (drop?.[1]) return { kind: 'drop', table: drop[1] };
  const copy =
    /^CREATE OR REPLACE TABLE ([\w.]+)\s+OPTIONS\(expiration_timestamp = [^\n]+\)\s+AS\s+([\s\S]+)$/.exec(
      statement,
    );
  if (copy?.[1] && copy[2]) return { kind: 'createAs', table: copy[1], select: copy[2] };
  const empty =
    /^CREATE OR REPLACE TABLE ([\w.]+) \(\n([\s\S]+?)\n\)\nOPTIONS\(expiration_timestamp = [^\n]+\)$/.exec(
      statement,
    );
  if (empty?.[1] && empty[2]) {
    return { kind: 'replace', table: empty[1], columns: empty[2].split('\n').map(parseColumn) };
  }
  const options = /^ALTER TABLE ([\w.]+)\s+SET OPTIONS/.exec(statement);
  if (options?.[1]) return { kind: 'setOptions', table: options[1] };
  const create = /^CREATE TABLE IF NOT EXISTS ([\w.]+) \(\n([\s\S]+?)\n\)/.exec(statement);
  if (create?.[1] && create[2]) {
    const [, select] = /\nAS (SELECT [\s\S]+)$/.exec(statement) ?? [];
    const columns = create[2].split('\n').map(parseColumn);
    return { kind: 'create', table: create[1], columns, select };
  }
  if (/^(CREATE|DROP|ALTER|TRUNCATE)\b/.test(statement)) {
    throw new Error(`not a statement the stand-in knows:\n${statement.slice(0, 200)}`);
  }
  return undefined;
}

function parseColumn(line: string): TableColumn {
  const match =
    /^ {2}(\w+) (NUMERIC\((\d+), (\d+)\)|ARRAY<(\w+)>|\w+)( NOT NULL)?(?: OPTIONS|,?$)/.exec(line);
  if (!match) throw new Error(`not a column the stand-in knows: ${line}`);
  const [, name = '', word = '', precision, scale, element, required] = match;
  const type = (
    precision !== undefined
      ? { kind: 'NUMERIC', precision: Number(precision), scale: Number(scale) }
      : element !== undefined
        ? { kind: 'ARRAY', element }
        : { kind: word }
  ) as ColumnType;
  return { name, type, nullWhen: required === undefined ? 'allowed' : undefined };
}
