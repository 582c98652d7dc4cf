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

/** Files of one statement: the engine holds something of each of them until it ends. */
const filesAtOnce = 8;

/** A relation of the rows of all files, with the place of each file among all of them. */
async function stageFiles(
  warehouse: DuckDbWarehouse,
  content: SourceContent,
  files: readonly SourceFile[],
  relation: string,
): Promise<void> {
  for (let first = 0; first < files.length; first += filesAtOnce) {
    const rows = await content.read(warehouse, files.slice(first, first + filesAtOnce));
    if (first === 0) await warehouse.stage(relation, rows);
    else {
      await warehouse.run(`INSERT INTO ${relation}
SELECT * REPLACE (file_index + ${first} AS file_index) FROM (${rows}) AS more_files`);
    }
  }
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
  await stageFiles(warehouse, content, files, relation);
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
