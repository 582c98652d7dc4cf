import type { DuckDbWarehouse } from '../warehouse/duckdb/duckdb-warehouse.ts';
import { duckdbDialect as sql } from '../warehouse/sql/duckdb-dialect.ts';
import { undated } from './collect-refused-dates.ts';
import type { Judgement, SourceContent } from './source-content.ts';
import type { SourceFile } from './source-file.ts';

/** Rows of all files of one content, read and judged, before anything is written. */
export interface ReadSource extends Omit<Judgement, 'kept'> {
  readonly content: SourceContent;
  readonly files: readonly SourceFile[];
  /** Temporary relation of the rows as read. */
  readonly relation: string;
  /** SQL condition of the rows that may be written. */
  readonly keep: string;
  /** Rows read, by file name. */
  readonly rowsByFile: ReadonlyMap<string, number>;
}

/**
 * Reads the files of one content into a temporary relation and finds what must not be written.
 * @param partition the date column by which the rows are replaced.
 */
export async function readSource(
  warehouse: DuckDbWarehouse,
  content: SourceContent,
  files: readonly SourceFile[],
  partition: string,
): Promise<ReadSource> {
  const relation = `source_${content.table}`;
  await warehouse.stage(relation, await content.read(warehouse, files));
  const { kept, dropped, droppedRows, refused } = await content.judge(warehouse, relation, files);
  const refusedDays = refused
    .filter(({ date }) => date !== undated)
    .map(({ date }) => sql.date(date));
  const keep = [
    kept,
    ...(refused.length > 0 ? ['broken_rule IS NULL'] : []),
    ...(refusedDays.length > 0 ? [`${partition} NOT IN (${refusedDays.join(', ')})`] : []),
  ].join(' AND ');
  const counts = await warehouse.query(`
SELECT file_index, COUNT(*) AS row_count
FROM ${relation}
GROUP BY file_index`);
  return {
    content,
    files,
    relation,
    keep,
    rowsByFile: new Map(
      counts.map((row) => [
        files[Number(row['file_index'])]?.name ?? '?',
        Number(row['row_count']),
      ]),
    ),
    dropped,
    droppedRows,
    refused,
  };
}
