import { type GameDate, gameDate } from '../calendar/game-date.ts';
import { partitionHash, rowHash } from '../table/partition-hash.ts';
import { hasRowProvenance } from '../table/provenance.ts';
import type { StoredTable } from '../table/table-definition.ts';
import { textOf } from '../warehouse/text-of.ts';
import type { Row, Warehouse } from '../warehouse/warehouse.ts';
import { isHashedOtherwise, type PartitionRecord, projectionHashes } from './partition-record.ts';

/** What the rows of a date are, told from their values alone. */
export interface PartitionEvidence {
  readonly rows: number;
  readonly dataHash: string;
  /** `undefined` where nobody reads the keys alone. */
  readonly keyHash: string | undefined;
  /** JSON of projection → hash; `undefined` where there are no projections. */
  readonly projectionHashes: string | undefined;
  /** Rows whose values are not those of the hash they carry. */
  readonly changedRows: number;
}

/**
 * Evidence of every date of a relation that has a table's stored columns.
 * @param relation a name, or a SELECT in brackets.
 */
export async function gatherEvidence(
  warehouse: Warehouse,
  table: StoredTable,
  relation: string,
): Promise<ReadonlyMap<GameDate, PartitionEvidence>> {
  const rows = await warehouse.query(evidenceSql(warehouse, table, relation));
  return new Map(rows.map(evidenceOf));
}

/** A row of {@link evidenceSql}: a date, and its evidence. */
export function evidenceOf(row: Row): readonly [GameDate, PartitionEvidence] {
  return [
    gameDate(String(row['partition_date'])),
    {
      rows: Number(row['row_count']),
      dataHash: String(row['data_hash']),
      keyHash: textOf(row['key_hash']),
      projectionHashes: textOf(row['projection_hashes']),
      changedRows: Number(row['changed_rows']),
    },
  ];
}

/** The statement of {@link gatherEvidence}. */
export function evidenceSql(
  { dialect: sql }: Pick<Warehouse, 'dialect'>,
  table: StoredTable,
  relation: string,
): string {
  const hash = partitionHash(table, sql);
  const columns = table.columns.map(({ name }) => name).join(', ');
  // The recomputed hash takes the name of the stored one: the partition hash is made of that.
  const hashed = hasRowProvenance(table)
    ? `${columns}, data_hash AS stored_hash, ${rowHash(table, sql)} AS data_hash`
    : columns;
  const changed = hasRowProvenance(table)
    ? sql.countIf('data_hash IS DISTINCT FROM stored_hash')
    : '0';
  return `
SELECT
  CAST(${table.partition} AS STRING) AS partition_date,
  COUNT(*) AS row_count,
  ${changed} AS changed_rows,
  ${hash.data} AS data_hash,
  ${hash.keys ?? 'CAST(NULL AS STRING)'} AS key_hash,
  ${hash.projections ?? 'CAST(NULL AS STRING)'} AS projection_hashes
FROM (
  SELECT ${hashed}
  FROM ${relation} AS given
) AS hashed
GROUP BY ${table.partition}
ORDER BY ${table.partition}`;
}

/** Says in what the rows of a date differ from their record; `undefined` when they do not. */
export function differenceFromRecord(
  record: PartitionRecord,
  found: PartitionEvidence | undefined,
): string | undefined {
  const rows = found?.rows ?? 0;
  if (rows !== record.rows) return `${rows} rows, the ledger says ${record.rows}`;
  if (!found || isHashedOtherwise(record)) return undefined;
  const [difference] = hashDifferences(record, found);
  if (difference !== undefined || record.dataHash !== undefined) return difference;
  return `the hash of the rows is ${found.dataHash}, the ledger has none`;
}

/** Everything in which values differ from the hashes of the rows, and those from the record's, if there is one. */
export function hashDifferences(
  record: PartitionRecord | undefined,
  found: PartitionEvidence,
): readonly string[] {
  if (isHashedOtherwise(record)) return [];
  const recorded = projectionHashes(record);
  const compared = [
    ['hash', found.dataHash, record?.dataHash],
    ['key hash', found.keyHash, record?.keyHash],
    ...Object.entries(projectionHashes(found)).map(
      ([id, hash]) => [`hash of projection ${id}`, hash, recorded[id]] as const,
    ),
  ] as const;
  return [
    ...(found.changedRows > 0
      ? [`rows whose values are not those of their data_hash: ${found.changedRows}`]
      : []),
    ...compared.flatMap(([name, actual, told]) =>
      actual === undefined || told === undefined || actual === told
        ? []
        : [`the ${name} of the rows is ${actual}, the ledger says ${told}`],
    ),
  ];
}
