import type { SqlDialect } from '../sql/sql-dialect.ts';
import { keyText, partitionHash } from '../table/partition-hash.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import type { Row, Warehouse } from '../warehouse/warehouse.ts';

/** One way to compute a date of a table. */
export interface Computation {
  readonly table: ComputedTable;
  /** The SELECT of the rows as they are staged, of this date alone. */
  readonly select: string;
}

/** What a computation comes to. */
export interface ComputedContent {
  readonly rows: number;
  /** Candidates left out. */
  readonly excluded: number;
  /** The hash of the rows, as the ledger records it. */
  readonly dataHash: string;
  /**
   * A hash that moves with any row, and with any candidate who is left out or is left out for another reason.
   */
  readonly hash: string;
}

/**
 * Carries out each computation by itself: no date sees what another one is given.
 * @returns their contents, in their order. @throws WarehouseError when one of them fails.
 */
export async function contentsOf(
  warehouse: Warehouse,
  computations: readonly Computation[],
): Promise<readonly ComputedContent[]> {
  const selects = computations.map((computation, place) =>
    contentSql(computation, warehouse.dialect, place),
  );
  const rows = await warehouse.queryEach(selects);
  const byPlace = new Map(rows.map((row) => [Number(row['place']), row]));
  return computations.map((_, place) => {
    const row = byPlace.get(place);
    if (!row) throw new Error(`computation ${place} of ${computations.length} has no answer`);
    return toContent(row);
  });
}

/**
 * The contents of several dates that are computed together, by date; a date without rows is not among them.
 * @param select the SELECT of the rows of all of them. @throws WarehouseError
 */
export async function contentsByDate(
  warehouse: Warehouse,
  { table, select }: Computation,
): Promise<ReadonlyMap<string, ComputedContent>> {
  const rows = await warehouse.query(`
SELECT
  ${table.partition} AS computed_date,
  ${contentColumns(table, warehouse.dialect)}
FROM (
${select}
) AS computed
GROUP BY ${table.partition}`);
  return new Map(rows.map((row) => [String(row['computed_date']), toContent(row)]));
}

function toContent(row: Row): ComputedContent {
  return {
    rows: Number(row['row_count']),
    excluded: Number(row['left_out']),
    dataHash: String(row['data_hash']),
    hash: String(row['content_hash']),
  };
}

function contentSql({ table, select }: Computation, sql: SqlDialect, place: number): string {
  return `
SELECT
  ${place} AS place,
  ${contentColumns(table, sql)}
FROM (
${select}
) AS computed`;
}

function contentColumns(table: ComputedTable, sql: SqlDialect): string {
  const leftOut = table.excludes ? sql.countIf('exclusion_reason IS NOT NULL') : '0';
  const text = table.excludes
    ? sql.concat([keyText(table, sql), "COALESCE(data_hash, '')", "COALESCE(exclusion_reason, '')"])
    : 'data_hash';
  return `COUNT(*) - ${leftOut} AS row_count,
  ${leftOut} AS left_out,
  ${partitionHash(table, sql).data} AS data_hash,
  ${sql.hashOfHashes(sql.md5Hex16(text))} AS content_hash`;
}

/** The rows of a computation that are to be written, to stand in FROM. */
export function writtenRows({ table, select }: Computation): string {
  return table.excludes
    ? `(SELECT * FROM (${select}\n) AS computed WHERE exclusion_reason IS NULL)`
    : `(${select}\n)`;
}
