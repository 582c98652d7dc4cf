import type { Column } from '../sql/column.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { hasRowProvenance } from './provenance.ts';
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

/** SQL aggregates over the rows of one date. */
export interface PartitionHash {
  /** 16 hex of the SHA-256 of the hashes of the rows in ascending order. */
  readonly data: string;
  /**
   * A hash like {@link data}, over the identity columns alone; `undefined` where nobody reads these alone.
   */
  readonly keys: string | undefined;
  /** JSON of projection → 16 hex of the SHA-256 of its values; `undefined` without projections. */
  readonly projections: string | undefined;
}

/**
 * A raw row has no stored hash: its values themselves take part, and as an input always reads all of a raw
 * table, neither its keys nor some of its columns are hashed.
 */
export function partitionHash(table: StoredTable, sql: SqlDialect): PartitionHash {
  const ofValues = (columns: readonly Column[]) =>
    sql.sha256Hex16(sql.orderedConcat(valuesText(columns, sql)));
  if (!hasRowProvenance(table)) {
    return { data: ofValues(table.columns), keys: undefined, projections: undefined };
  }
  const projections = (table.projections ?? []).map(({ id, columns }) => ({
    id,
    // The date is the same in all rows of the partition.
    hash: ofValues(
      table.columns.filter(({ name }) => name !== table.partition && columns.includes(name)),
    ),
  }));
  return {
    data: sql.sha256Hex16(sql.orderedConcat('data_hash')),
    keys: table.isReadByKeys
      ? sql.sha256Hex16(sql.orderedConcat(joinedText(table, identityColumns(table), sql)))
      : undefined,
    projections: projections.length === 0 ? undefined : jsonOfHashes(projections, sql),
  };
}

function jsonOfHashes(
  hashes: readonly { readonly id: string; readonly hash: string }[],
  sql: SqlDialect,
): string {
  const parts = hashes.flatMap(({ id, hash }, index) => [
    sql.string(`${index === 0 ? '{' : '",'}"${id}":"`),
    hash,
  ]);
  return sql.concat([...parts, sql.string('"}')]);
}

/** The values of a row without their names, each closed by `|`, and a line feed. */
function valuesText(columns: readonly Column[], sql: SqlDialect): string {
  const parts = columns.flatMap((column) => [sql.hashText(column), sql.string('|')]);
  return sql.concat([...parts, sql.string('\n')]);
}
