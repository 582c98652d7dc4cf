import { gameDate } from '../calendar/game-date.ts';
import type { Column } from '../sql/column.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { didYouMean } from '../table/nearest-name.ts';
import type { StoredTable } from '../table/table-definition.ts';

/** A row is of an export when all of these hold. */
export type RowCondition = (sql: SqlDialect, alias: string) => string;

const term = /^\s*(\w+)\s*(<=|>=|<>|!=|=|<|>)\s*(?:'([^']*)'|([^\s']+))\s*$/;

/**
 * Reads conditions on columns: `team_abbr = BOS and feature_quality_score >= 95`.
 * @param text comparisons of a column with a value, joined by `and`.
 * @throws an error that says what is wrong.
 */
export function readRowCondition(
  table: Pick<StoredTable, 'name' | 'columns'>,
  text: string,
): RowCondition {
  const terms = text.split(/\s+and\s+/i).map((each) => readTerm(table, each));
  return (sql, alias) => terms.map((each) => each(sql, alias)).join(' AND ');
}

function readTerm(table: Pick<StoredTable, 'name' | 'columns'>, text: string): RowCondition {
  const [whole, name, sign, quoted, bare] = term.exec(text) ?? [];
  if (whole === undefined || name === undefined)
    throw new Error(
      `"${text.trim()}" is no comparison like feature_quality_score >= 95, with = <> < <= > or >=`,
    );
  const column = table.columns.find((each) => each.name === name);
  if (!column) {
    const names = table.columns.map((each) => each.name);
    throw new Error(`${table.name} has no column "${name}"${didYouMean(name, names)}`);
  }
  const value = literalOf(column, quoted ?? bare ?? '');
  const operator = sign === '!=' ? '<>' : sign;
  return (sql, alias) => `${alias}.${name} ${operator} ${value(sql)}`;
}

function literalOf({ name, type }: Column, text: string): (sql: SqlDialect) => string {
  switch (type.kind) {
    case 'STRING':
      return (sql) => sql.string(text);
    case 'DATE': {
      if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new Error(`"${text}" is no date (${name})`);
      const day = gameDate(text);
      return (sql) => sql.date(day);
    }
    case 'BOOL':
      if (!/^(true|false)$/i.test(text))
        throw new Error(`"${text}" is neither true nor false (${name})`);
      return () => text.toUpperCase();
    case 'INT64':
    case 'FLOAT64':
    case 'NUMERIC':
      if (!/^-?\d+(\.\d+)?$/.test(text)) throw new Error(`"${text}" is no number (${name})`);
      return () => text;
    case 'TIMESTAMP':
    case 'ARRAY':
      throw new Error(`"${name}" is ${type.kind}: nothing can be compared with it`);
  }
}
