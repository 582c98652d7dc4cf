import type { Column, Measure } from '../sql/column.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { quotientSql, sqlText } from '../sql/sql-text.ts';

/** Columns that the relation has under the same names. */
export function taken(...columns: readonly Column[]): readonly Measure[] {
  return columns.map((column) => ({ ...column, from: column.name }));
}

/** Columns that one of the joined relations has under the same names. */
export function takenFrom(alias: string, ...columns: readonly Column[]): readonly Measure[] {
  return columns.map((column) => ({ ...column, from: `${alias}.${column.name}` }));
}

/**
 * The select list of the measures, each under the name of its column.
 * @param indent spaces before a line.
 * @throws when a column that is no decimal is made of a quotient.
 */
export function selectList(measures: readonly Measure[], sql: SqlDialect, indent = 2): string {
  return measures.map((each) => selected(each, sql)).join(`,\n${' '.repeat(indent)}`);
}

function selected(measure: Measure, sql: SqlDialect): string {
  const text = valueSql(measure, sql);
  const hasTheName = /^(\w+\.)?(\w+)$/.exec(text)?.[2] === measure.name;
  return hasTheName ? text : `${text} AS ${measure.name}`;
}

function valueSql({ name, type, from }: Measure, sql: SqlDialect): string {
  if (typeof from !== 'object') return sqlText(from, sql);
  if (type.kind !== 'NUMERIC') throw new Error(`"${name}" is a quotient, but no decimal`);
  return quotientSql(from, type.scale, sql);
}
