import { onDates } from '../../ledger/ledger-statements.ts';
import { duckdbDialect as sql } from '../../sql/duckdb-dialect.ts';
import type { DuckDbWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts';
import { isDated } from './collect-refused-dates.ts';
import type { DamagedFile } from './ingest-report.ts';
import { removeOutranked } from './outranked-rows.ts';
import { withSoundFiles } from './sound-files.ts';
import type { ReadSource, SourceContent, SourceFile } from './source-content.ts';

/** One statement reads at most so many files: the engine holds something of each of them until it ends. */
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
 * @returns the rows, unless no file can be read to its end, and the files that cannot.
 */
export async function readSource(
  warehouse: DuckDbWarehouse,
  content: SourceContent,
  files: readonly SourceFile[],
  partition: string,
): Promise<{
  readonly source: ReadSource | undefined;
  readonly damaged: readonly DamagedFile[];
}> {
  const name = content.id.replaceAll('-', '_');
  const relation = `read_${name}`;
  const { sound, damaged } = await withSoundFiles(warehouse, files, (readable) =>
    stageFiles(warehouse, content, readable, relation),
  );
  if (sound.length === 0) return { source: undefined, damaged };
  const outranked = await removeOutranked(warehouse, content, relation, sound);
  const judgement = await content.judge(warehouse, relation, sound);
  const { kept, used = kept, dropped, droppedRows, refused, repeated } = judgement;
  const refusedDays = refused.filter(isDated).map(({ date }) => date);
  const keep = [
    kept,
    ...(refused.length > 0 ? ['broken_rule IS NULL'] : []),
    ...(refusedDays.length > 0 ? [`NOT (${onDates(sql, partition, refusedDays)})`] : []),
  ].join(' AND ');
  const counts = await warehouse.query(`
SELECT file_index, COUNT(*) AS row_count, COUNT(CASE WHEN ${used} THEN 1 END) AS used_count
FROM ${relation} AS given
GROUP BY file_index`);
  const countOf = (index: number, count: string) =>
    Number(counts.find((row) => Number(row['file_index']) === index)?.[count] ?? 0) +
    (repeated?.get(index) ?? 0) +
    (outranked.byFile.get(index) ?? 0);
  const rowsByFile = sound.map((file, index) => [file, countOf(index, 'row_count')] as const);
  const select = await content.rows(warehouse, { relation, keep });
  const rows = content.inPlace ? `(${select})` : `rows_of_${name}`;
  if (!content.inPlace) await warehouse.stage(rows, select);
  return {
    damaged,
    source: {
      table: content.table,
      files: sound,
      relation,
      keep,
      rows,
      rowsByFile: new Map(rowsByFile),
      unused: rowsByFile.flatMap(([file, count], index) =>
        countOf(index, 'used_count') === 0 ? { name: file.name, rows: count } : [],
      ),
      dropped,
      droppedRows: [...outranked.dropped, ...droppedRows],
      refused,
    },
  };
}
