import type { DuckDbWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts';
import { duckdbDialect as sql } from '../../warehouse/sql/duckdb-dialect.ts';
import type { DroppedGames, RefusedDate } from '../ingest-report.ts';
import { findDroppedGames, findOddGames } from './find-odd-games.ts';
import { findRefusedDates, undated } from './find-refused-dates.ts';
import { readPlayerBox } from './player-box-sql.ts';
import { readShots } from './shots-sql.ts';
import type { SourceContent } from './source-columns.ts';
import type { SourceFile } from './source-file.ts';
import { quoteList } from './source-values.ts';

/** Rows of all files of one content, read and judged, before anything is written. */
export interface ReadSource {
  readonly content: SourceContent;
  /** Temporary relation of the rows as read. */
  readonly relation: string;
  /** SQL condition of the rows that may be written. */
  readonly keep: string;
  /** Rows read, by file name. */
  readonly rowsByFile: ReadonlyMap<string, number>;
  readonly dropped: readonly DroppedGames[];
  readonly rowsWithoutDistance: number;
  readonly refused: readonly RefusedDate[];
}

/** Reads the files of one content into a temporary relation and finds what must not be written. */
export async function readSource(
  warehouse: DuckDbWarehouse,
  content: SourceContent,
  files: readonly SourceFile[],
): Promise<ReadSource> {
  const relation = `source_${content}`;
  await warehouse.stage(relation, content === 'shots' ? readShots(files) : readPlayerBox(files));
  const oddGames = await findOddGames(warehouse, content, relation);
  const dropped = await findDroppedGames(warehouse, content, relation, oddGames);
  const droppedIds = dropped.flatMap((group) => group.gameIds);
  const kept = [
    'game_type IS NOT NULL',
    ...(droppedIds.length > 0 ? [`nba_game_id NOT IN (${quoteList(droppedIds)})`] : []),
    ...(content === 'shots' ? ['(distance_ft IS NOT NULL OR broken_rule IS NOT NULL)'] : []),
  ].join(' AND ');
  // Looking for the rows at fault reads everything again: only when some game is odd.
  const refused = oddGames.some(({ dropReason }) => dropReason === undefined)
    ? await findRefusedDates(warehouse, content, relation, kept, files)
    : [];
  const refusedDays = refused
    .filter(({ date }) => date !== undated)
    .map(({ date }) => sql.date(date));
  const keep = [
    kept,
    ...(refused.length > 0 ? ['broken_rule IS NULL'] : []),
    ...(refusedDays.length > 0 ? [`game_date NOT IN (${refusedDays.join(', ')})`] : []),
  ].join(' AND ');
  const counts = await warehouse.query(`
SELECT file_index, COUNT(*) AS row_count, ${content === 'shots' ? sql.countIf('distance_ft IS NULL') : '0'} AS without_distance
FROM ${relation}
GROUP BY file_index`);
  return {
    content,
    relation,
    keep,
    rowsByFile: new Map(
      counts.map((row) => [
        files[Number(row['file_index'])]?.name ?? '?',
        Number(row['row_count']),
      ]),
    ),
    dropped,
    rowsWithoutDistance: counts.reduce((sum, row) => sum + Number(row['without_distance']), 0),
    refused,
  };
}
