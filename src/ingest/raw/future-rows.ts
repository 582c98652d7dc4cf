import type { GameDate } from '../../calendar/game-date.ts';
import { onDates } from '../../ledger/ledger-statements.ts';
import type { SqlDialect } from '../../sql/sql-dialect.ts';
import { qualifiedName, type StoredTable } from '../../table/table-definition.ts';
import { type RawReplacement, rewrittenDates } from './replace-raw-dates.ts';

/**
 * Relation of a raw table as it will stand after the commit: new rows on the dates that are
 * rewritten, stored ones on the others.
 * @param dates only these; all unless given.
 */
export function futureRows(
  sql: SqlDialect,
  table: StoredTable,
  replacements: readonly RawReplacement[],
  dates?: readonly GameDate[],
): string {
  const columns = table.columns.map(({ name }) => name).join(', ');
  const replaced = replacements.find((replacement) => replacement.table.name === table.name);
  const rewritten = new Set(replaced ? rewrittenDates(replaced) : []);
  const stored = dates
    ? onDates(
        sql,
        table.partition,
        dates.filter((date) => !rewritten.has(date)),
      )
    : `NOT (${onDates(sql, table.partition, [...rewritten])})`;
  const asked = dates && new Set(dates);
  const changed = (replaced?.changed ?? [])
    .map(({ date }) => date)
    .filter((date) => asked?.has(date) ?? true);
  return `(
    SELECT ${columns} FROM ${qualifiedName(table)} WHERE ${stored}${
      replaced
        ? `
    UNION ALL
    SELECT ${columns} FROM ${replaced.relation} AS staged WHERE ${onDates(sql, table.partition, changed)}`
        : ''
    })`;
}
