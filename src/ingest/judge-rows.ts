import type { DuckDbWarehouse } from '../warehouse/duckdb/duckdb-warehouse.ts';
import { collectRefusedDates } from './collect-refused-dates.ts';
import type { DroppedRows, DropReason } from './ingest-report.ts';
import type { Judgement } from './source-content.ts';
import type { SourceFile } from './source-file.ts';

export interface RowJudge {
  readonly table: string;
  readonly partition: string;
  /** What no two rows of the files may share. */
  readonly key: readonly string[];
  /** Further rows at fault: a SELECT of refused_date, file_index, file_row, broken_rule from `kept`. */
  readonly also?: string;
}

/**
 * Judges rows that carry their own verdict: `drop_reason` and `drop_name` of rows left out by rule,
 * `broken_rule` of impossible ones. Two rows with the same key are both at fault.
 */
export async function judgeRows(
  warehouse: DuckDbWarehouse,
  judge: RowJudge,
  relation: string,
  files: readonly SourceFile[],
): Promise<Judgement> {
  const { table, partition, key, also } = judge;
  const keyList = key.join(', ');
  const keyText = key.map((column) => `'${column} ' || kept.${column}`).join(" || ', ' || ");
  const rows = await warehouse.query(`
WITH kept AS (SELECT * FROM ${relation} WHERE drop_reason IS NULL),
broken AS (
  SELECT ${partition} AS refused_date, file_index, file_row, broken_rule
  FROM kept
  WHERE broken_rule IS NOT NULL
  UNION ALL
  SELECT kept.${partition}, file_index, file_row, 'duplicate of ' || ${keyText}
  FROM kept
  INNER JOIN (SELECT ${keyList} FROM kept GROUP BY ${keyList} HAVING COUNT(*) > 1) AS doubled
    USING (${keyList})
  WHERE broken_rule IS NULL${also === undefined ? '' : `\n  UNION ALL\n  ${also}`}
)
SELECT
  CAST(refused_date AS VARCHAR) AS refused_date,
  file_index,
  CAST(file_row AS BIGINT) AS file_row,
  broken_rule
FROM broken
ORDER BY refused_date, file_index, file_row`);
  return {
    kept: 'drop_reason IS NULL',
    dropped: [],
    droppedRows: await findDroppedRows(warehouse, table, relation),
    refused: collectRefusedDates(table, files, rows),
  };
}

async function findDroppedRows(
  warehouse: DuckDbWarehouse,
  table: string,
  relation: string,
): Promise<readonly DroppedRows[]> {
  const rows = await warehouse.query(`
SELECT drop_reason, drop_name, COUNT(*) AS row_count
FROM ${relation}
WHERE drop_reason IS NOT NULL AND drop_reason <> 'game_type'
GROUP BY drop_reason, drop_name
ORDER BY drop_reason, drop_name`);
  return [...Map.groupBy(rows, (row) => String(row['drop_reason']))].map(([reason, own]) => ({
    table,
    reason: reason as DropReason,
    rows: own.reduce((sum, row) => sum + Number(row['row_count']), 0),
    names: own.flatMap(({ drop_name: name }) => (name === null ? [] : String(name))),
  }));
}
