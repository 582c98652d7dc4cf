import type { DuckDbWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts';
import { findRefused, refusedDay } from './collect-refused-dates.ts';
import type { DroppedRows, DropReason } from './ingest-report.ts';
import { removeRepeatedRows, sameIn } from './repeated-rows.ts';
import type { Judgement, LoadedTable, SourceFile } from './source-content.ts';

export interface RowJudge {
  readonly table: LoadedTable;
  readonly partition: string;
  /** The columns in which no two rows of the files may be equal. */
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
  const repeated = await removeRepeatedRows(
    warehouse,
    table,
    relation,
    [...new Set([partition, ...key])],
    files,
    'drop_reason IS NULL',
  );
  const keyList = key.join(', ');
  const keyText = key
    .map(
      (column, index) => `coalesce('${index === 0 ? '' : ', '}${column} ' || kept.${column}, '')`,
    )
    .join(' || ');
  const broken = `
WITH kept AS (SELECT * FROM ${relation} WHERE drop_reason IS NULL),
broken AS (
  SELECT ${partition} AS refused_date, file_index, file_row, broken_rule
  FROM kept
  WHERE broken_rule IS NOT NULL
  UNION ALL
  SELECT kept.${partition}, file_index, file_row, 'duplicate of ' || ${keyText}
  FROM kept
  INNER JOIN (SELECT ${keyList} FROM kept GROUP BY ${keyList} HAVING COUNT(*) > 1) AS doubled
    ON ${sameIn(key, 'kept', 'doubled')}
  WHERE broken_rule IS NULL${also === undefined ? '' : `\n  UNION ALL\n  ${also}`}
)
SELECT ${refusedDay('refused_date')} AS refused_date, file_index, file_row, broken_rule
FROM broken`;
  return {
    kept: 'drop_reason IS NULL',
    dropped: [],
    droppedRows: [...(await findDroppedRows(warehouse, table, relation)), ...repeated.dropped],
    repeated: repeated.byFile,
    refused: await findRefused(warehouse, table, files, broken),
  };
}

/** So many names are held of the rows that are dropped for a reason. */
const heldNames = 100;

async function findDroppedRows(
  warehouse: DuckDbWarehouse,
  table: string,
  relation: string,
): Promise<readonly DroppedRows[]> {
  const rows = await warehouse.query(`
SELECT drop_reason, SUM(row_count) AS row_count, min(drop_name, ${heldNames}) AS names
FROM (
  SELECT drop_reason, drop_name, COUNT(*) AS row_count
  FROM ${relation}
  WHERE drop_reason IS NOT NULL AND drop_reason <> 'game_type'
  GROUP BY drop_reason, drop_name
) AS named
GROUP BY drop_reason
ORDER BY drop_reason`);
  return rows.map((row) => ({
    table,
    reason: String(row['drop_reason']) as DropReason,
    rows: Number(row['row_count']),
    names: ((row['names'] ?? []) as readonly string[]).filter((name) => name !== null),
  }));
}
