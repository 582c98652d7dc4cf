import type { Value } from '../../../src/warehouse/warehouse.ts';
import { decodeCell } from '../googlesql/cell-values.ts';
import type { Evaluated } from '../googlesql/googlesql-service.ts';
import { typeText } from '../googlesql/parse-change.ts';
import { maskTexts } from './mask-texts.ts';

/** The variables of a script, each as SQL that stands for its value. */
export type Variables = Map<string, string>;

/** The SQL with the values of variables in it, where a name is no column of something. */
export function withValues(sql: string, variables: Variables): string {
  if (variables.size === 0) return sql;
  const mask = maskTexts(sql);
  let result = '';
  let from = 0;
  for (const { 0: word, index } of mask.matchAll(/(?<![.\w@])(?:@@)?[A-Za-z_][\w.]*/g)) {
    const value = variables.get(word.toLowerCase());
    if (value === undefined) continue;
    result += sql.slice(from, index) + value;
    from = index + word.length;
  }
  return result + sql.slice(from);
}

/** The one value of a query, and SQL that stands for it. */
export function onlyValue({ columns, rows }: Evaluated): {
  readonly value: Value;
  readonly sql: string;
} {
  const type = columns[0]?.type;
  if (!type) throw new Error('a query without columns');
  const value = decodeCell(type, rows[0]?.cell[0] ?? {});
  return { value, sql: `CAST(${literal(value)} AS ${typeText(type)})` };
}

export function literal(value: Value): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string')
    return `'${value.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n')}'`;
  if (typeof value === 'object') throw new Error('a variable that is an array');
  return String(value);
}
