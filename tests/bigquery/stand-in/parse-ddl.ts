import type { ColumnType } from '../../../src/sql/column.ts';
import type { Partitioning, TableColumn } from '../googlesql/memory-database.ts';
import { maskTexts } from './mask-texts.ts';
import { splitAtCommas } from './split-script.ts';

/** Name → its expression, as written. */
export type Options = ReadonlyMap<string, string>;

export interface CreatedColumn extends TableColumn {
  readonly options: Options;
}

/** What a statement about a table does. */
export type Ddl =
  | {
      readonly kind: 'create';
      readonly table: string;
      readonly isTemporary: boolean;
      /** What becomes of a table that is there already. */
      readonly ifThere: 'replace' | 'keep' | 'fail';
      readonly columns: readonly CreatedColumn[];
      readonly select: string | undefined;
      readonly partition: Partitioning | undefined;
      readonly cluster: readonly string[];
      readonly options: Options;
    }
  | { readonly kind: 'drop'; readonly table: string; readonly ifExists: boolean }
  | { readonly kind: 'setOptions'; readonly table: string; readonly options: Options }
  | {
      readonly kind: 'addColumns';
      readonly table: string;
      readonly columns: readonly CreatedColumn[];
    }
  | { readonly kind: 'dropColumns'; readonly table: string; readonly columns: readonly string[] }
  | { readonly kind: 'dropNotNull'; readonly table: string; readonly column: string };

/** @returns `undefined` when it is no such statement. @throws when it is one of another form. */
export function parseDdl(statement: string): Ddl | undefined {
  const drop = /^DROP TABLE (IF EXISTS )?([\w.]+)$/i.exec(statement);
  if (drop?.[2]) return { kind: 'drop', table: drop[2], ifExists: drop[1] !== undefined };
  const set = /^ALTER TABLE (?:IF EXISTS )?([\w.]+)\s+SET OPTIONS\s*\(([\s\S]*)\)$/i.exec(
    statement,
  );
  if (set?.[1]) return { kind: 'setOptions', table: set[1], options: parseOptions(set[2] ?? '') };
  const add = /^ALTER TABLE (?:IF EXISTS )?([\w.]+)\s+(ADD COLUMN [\s\S]+)$/i.exec(statement);
  if (add?.[1]) {
    const columns = splitAtCommas(add[2] ?? '').map((part) =>
      parseColumn(part.replace(/^ADD COLUMN (IF NOT EXISTS )?/i, '')),
    );
    return { kind: 'addColumns', table: add[1], columns };
  }
  const gone = /^ALTER TABLE ([\w.]+)\s+(DROP COLUMN [\s\S]+)$/i.exec(statement);
  if (gone?.[1]) {
    const columns = splitAtCommas(gone[2] ?? '').map((part) => part.replace(/^DROP COLUMN /i, ''));
    return { kind: 'dropColumns', table: gone[1], columns };
  }
  const loose = /^ALTER TABLE ([\w.]+)\s+ALTER COLUMN (\w+) DROP NOT NULL$/i.exec(statement);
  if (loose?.[1]) return { kind: 'dropNotNull', table: loose[1], column: loose[2] ?? '' };
  const create = /^CREATE (OR REPLACE )?(TEMP |TEMPORARY )?TABLE (IF NOT EXISTS )?([\w.]+)/i.exec(
    statement,
  );
  if (create) return parseCreate(create, statement);
  if (/^(CREATE|DROP|ALTER)\b/i.test(statement)) {
    throw new Error(`not a statement the stand-in knows:\n${statement.slice(0, 200)}`);
  }
  return undefined;
}

function parseCreate(
  [head, replace, temporary, keep, table = '']: RegExpExecArray,
  statement: string,
): Ddl {
  const rest = new Rest(statement.slice(head.length));
  const columns = rest.brackets(/^\s*\(/);
  const partition = rest.clause(/^\s*PARTITION BY\s+(DATE_TRUNC\(\s*\w+\s*,\s*\w+\s*\)|\w+)/i);
  const cluster = rest.clause(/^\s*CLUSTER BY\s+(\w+(?:\s*,\s*\w+)*)/i);
  const options = rest.brackets(/^\s*OPTIONS\s*\(/i);
  const select = rest.clause(/^\s*AS\b\s*([\s\S]+)$/i);
  if (rest.text.trim() !== '' || (columns ?? select) === undefined) {
    throw new Error(`not a CREATE TABLE the stand-in knows:\n${statement.slice(0, 200)}`);
  }
  return {
    kind: 'create',
    table,
    isTemporary: temporary !== undefined,
    ifThere: replace ? 'replace' : keep ? 'keep' : 'fail',
    columns: columns === undefined ? [] : splitAtCommas(columns).map(parseColumn),
    select,
    partition: partition === undefined ? undefined : parsePartition(partition),
    cluster: cluster === undefined ? [] : splitAtCommas(cluster),
    options: parseOptions(options ?? ''),
  };
}

/** What is left of a statement, taken clause by clause. */
class Rest {
  text: string;

  constructor(text: string) {
    this.text = text;
  }

  clause(form: RegExp): string | undefined {
    const found = form.exec(this.text);
    if (found) this.text = this.text.slice(found[0].length);
    return found?.[1];
  }

  /** What stands in the brackets that begin here. */
  brackets(opening: RegExp): string | undefined {
    const found = opening.exec(this.text);
    if (!found) return undefined;
    const from = found[0].length;
    const end = closing(maskTexts(this.text), from);
    const inside = this.text.slice(from, end);
    this.text = this.text.slice(end + 1);
    return inside;
  }
}

function closing(mask: string, from: number): number {
  let depth = 1;
  for (let at = from; at < mask.length; at += 1) {
    if (mask[at] === '(') depth += 1;
    if (mask[at] === ')') depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error('a bracket that nobody closes');
}

function parsePartition(text: string): Partitioning {
  const [, column = text, unit = 'DAY'] =
    /^DATE_TRUNC\(\s*(\w+)\s*,\s*(\w+)\s*\)$/i.exec(text) ?? [];
  return { column, unit: unit.toUpperCase() as Partitioning['unit'] };
}

function parseOptions(text: string): Options {
  const pairs = text.trim() === '' ? [] : splitAtCommas(text);
  return new Map(
    pairs.map((pair) => {
      const [, name = '', value = ''] = /^(\w+)\s*=\s*([\s\S]+)$/.exec(pair) ?? [];
      return [name, value] as const;
    }),
  );
}

function parseColumn(text: string): CreatedColumn {
  const match =
    /^(\w+)\s+(NUMERIC\((\d+),\s*(\d+)\)|ARRAY<(\w+)>|\w+)(\s+NOT NULL)?(?:\s+OPTIONS\s*\(([\s\S]*)\))?$/.exec(
      text.trim(),
    );
  if (!match) throw new Error(`not a column the stand-in knows: ${text}`);
  const [, name = '', word = '', precision, scale, element, required, options = ''] = match;
  const type = (
    precision !== undefined
      ? { kind: 'NUMERIC', precision: Number(precision), scale: Number(scale) }
      : element !== undefined
        ? { kind: 'ARRAY', element }
        : { kind: word }
  ) as ColumnType;
  const nullWhen = required === undefined ? 'allowed' : undefined;
  return { name, type, nullWhen, options: parseOptions(options) };
}
