import { onDates } from '../../ledger/ledger-statements.ts';
import { duckdbDialect as sql } from '../../sql/duckdb-dialect.ts';
import type { DuckDbWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts';
import { collectRefusedDates } from './collect-refused-dates.ts';
import type { ReadSource } from './source-content.ts';

/**
 * What files of several contents have for one table, as one: whoever asks where a row comes from asks the
 * table. A date that two of them have rows of is refused, for nobody can tell which of them is right.
 * @param partition the date column by which the rows are replaced.
 */
export async function mergeSources(
  warehouse: DuckDbWarehouse,
  sources: readonly [ReadSource, ...(readonly ReadSource[])],
  partition: string,
): Promise<ReadSource> {
  const [{ table }] = sources;
  if (sources.length === 1) return sources[0];
  const files = sources.flatMap((source) => source.files);
  const relation = `read_for_${table}`;
  let offset = 0;
  const parts = sources.map((source, part) => {
    const select = `SELECT * REPLACE (file_index + ${offset} AS file_index), ${part} AS part, ${source.keep} AS may_be_written
FROM ${source.relation}`;
    offset += source.files.length;
    return select;
  });
  await warehouse.stage(relation, parts.join('\nUNION ALL BY NAME\n'));
  const doubled = await warehouse.query(`
WITH given AS (SELECT ${partition} AS refused_date, part, file_index, file_row FROM ${relation} WHERE may_be_written)
SELECT
  CAST(refused_date AS VARCHAR) AS refused_date,
  MIN(file_index) AS file_index,
  CAST(arg_min(file_row, (file_index, file_row)) AS BIGINT) AS file_row,
  'files of two sources have this date; load one of them' AS broken_rule
FROM given
WHERE refused_date IN (SELECT refused_date FROM given GROUP BY refused_date HAVING COUNT(DISTINCT part) > 1)
GROUP BY refused_date, part
ORDER BY refused_date, part`);
  const refused = collectRefusedDates(table, files, doubled);
  const dates = refused.map(({ date }) => date);
  const rows = `rows_for_${table}`;
  await warehouse.stage(
    rows,
    `SELECT * FROM (${sources.map((source) => `SELECT * FROM ${source.rows} AS given`).join('\nUNION ALL BY NAME\n')}) AS given
WHERE NOT (${onDates(sql, partition, dates)})`,
  );
  return {
    table,
    files,
    relation,
    keep: `may_be_written AND NOT (${onDates(sql, partition, dates)})`,
    rows,
    rowsByFile: new Map(sources.flatMap(({ rowsByFile }) => [...rowsByFile])),
    unused: sources.flatMap(({ unused }) => unused),
    dropped: sources.flatMap(({ dropped }) => dropped),
    droppedRows: sources.flatMap(({ droppedRows }) => droppedRows),
    refused: [...sources.flatMap((source) => source.refused), ...refused],
  };
}
