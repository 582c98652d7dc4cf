import { hasRowProvenance } from './provenance.ts';
import type { SqlDialect } from './sql-dialect.ts';
import { identityColumns, type StoredTable } from './table-definition.ts';

/** The text `name=value|name=value|…` of a row, provenance excluded. */
export function rowText(table: StoredTable, sql: SqlDialect): string {
  const parts = table.columns.flatMap((column, index) => [
    sql.string(`${index === 0 ? '' : '|'}${column.name}=`),
    sql.hashText(column),
  ]);
  return sql.concat(parts);
}

/** `data_hash` of a row: first 16 hex digits of the SHA-256 of {@link rowText}. */
export function rowHash(table: StoredTable, sql: SqlDialect): string {
  return sql.sha256Hex16(rowText(table, sql));
}

/** The key of a row, without its partition date, as text. */
export function keyText(table: StoredTable, sql: SqlDialect): string {
  return joinedText(table, table.key, sql);
}

function joinedText(table: StoredTable, names: readonly string[], sql: SqlDialect): string {
  const parts = names
    .filter((name) => name !== table.partition)
    .flatMap((name, index) => [
      ...(index === 0 ? [] : [sql.string('|')]),
      `CAST(${name} AS STRING)`,
    ]);
  return sql.concat(parts);
}

/**
 * Aggregates over the rows of one date: 16 hex of the SHA-256 of their hashes in ascending order,
 * and the same over the identity columns alone. A raw row has no stored hash: its values themselves take part,
 * and as no input is ever declared by the keys of a loaded table, those are not hashed.
 */
export function partitionHash(
  table: StoredTable,
  sql: SqlDialect,
): { readonly data: string; readonly keys: string | undefined } {
  if (!hasRowProvenance(table)) {
    return { data: sql.sha256Hex16(sql.orderedConcat(valuesText(table, sql))), keys: undefined };
  }
  return {
    data: sql.sha256Hex16(sql.orderedConcat('data_hash')),
    keys: sql.sha256Hex16(sql.orderedConcat(joinedText(table, identityColumns(table), sql))),
  };
}

/** The values of a row without their names, each closed by `|`, and a line feed. */
function valuesText(table: StoredTable, sql: SqlDialect): string {
  const parts = table.columns.flatMap((column) => [sql.hashText(column), sql.string('|')]);
  return sql.concat([...parts, sql.string('\n')]);
}
