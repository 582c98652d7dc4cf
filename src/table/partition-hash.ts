import { hash } from 'node:crypto';
import type { Column } from '../sql/column.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { hasRowProvenance } from './provenance.ts';
import { identityColumns, type StoredTable } from './table-definition.ts';

/** How rows and partitions are hashed; another number when that changes, for then no old hash is comparable. */
export const hashVersion = 2;

/** The hash of a date without rows: that of the sum of nothing. */
export const emptyHash = hash('md5', '0', 'hex').slice(0, 16);

/** The text `value|value|…` of some columns of a row. Their names are those of the definition's version. */
export function rowText(columns: readonly Column[], sql: SqlDialect): string {
  return sql.concat(
    columns.flatMap((column, index) => [
      ...(index === 0 ? [] : [sql.string('|')]),
      sql.hashText(column),
    ]),
  );
}

/** `data_hash` of a row: first 16 hex digits of the MD5 of its {@link rowText}, provenance excluded. */
export function rowHash({ columns }: Pick<StoredTable, 'columns'>, sql: SqlDialect): string {
  return sql.md5Hex16(rowText(columns, sql));
}

/** The key of a row, without its partition date, as text. A key of a raw row may be unknown in part. */
export function keyText(table: StoredTable, sql: SqlDialect): string {
  return joinedText(table, table.key, sql);
}

function joinedText(table: StoredTable, names: readonly string[], sql: SqlDialect): string {
  const parts = names
    .filter((name) => name !== table.partition)
    .flatMap((name, index) => {
      const isNullable = table.columns.some((own) => own.name === name && own.nullWhen);
      const text = `CAST(${name} AS STRING)`;
      return [
        ...(index === 0 ? [] : [sql.string('|')]),
        isNullable ? `COALESCE(${text}, '')` : text,
      ];
    });
  return sql.concat(parts);
}

/** SQL aggregates over the rows of one date. */
export interface PartitionHash {
  /** Hash of the hashes of the rows, whatever their order. */
  readonly data: string;
  /**
   * A hash like {@link data}, over the identity columns alone; `undefined` where nobody reads these alone.
   */
  readonly keys: string | undefined;
  /** JSON of projection → a hash like {@link data}, over its columns alone; `undefined` without projections. */
  readonly projections: string | undefined;
}

/**
 * A raw row has no stored hash: its values themselves take part, and as an input always reads all of a raw
 * table, neither its keys nor some of its columns are hashed.
 */
export function partitionHash(table: StoredTable, sql: SqlDialect): PartitionHash {
  const ofValues = (columns: readonly Column[]) =>
    sql.hashOfHashes(sql.md5Hex16(rowText(columns, sql)));
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
    data: sql.hashOfHashes('data_hash'),
    keys: table.isReadByKeys
      ? sql.hashOfHashes(sql.md5Hex16(joinedText(table, identityColumns(table), sql)))
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
