import type { DuckDbWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts';
import type { Judgement } from '../source-content.ts';
import type { SourceFile } from '../source-file.ts';
import { quoteList } from '../source-values.ts';
import { findDroppedGames, findOddGames } from './find-odd-games.ts';
import { findRefusedDates } from './find-refused-dates.ts';
import type { StatsTable } from './source-columns.ts';

/** Finds games that are dropped by rule and dates with an impossible row. */
export async function judgeGames(
  warehouse: DuckDbWarehouse,
  table: StatsTable,
  relation: string,
  files: readonly SourceFile[],
): Promise<Judgement> {
  const oddGames = await findOddGames(warehouse, table, relation);
  const dropped = await findDroppedGames(warehouse, table, relation, oddGames);
  const droppedIds = dropped.flatMap((group) => group.gameIds);
  const kept = [
    'game_type IS NOT NULL',
    ...(droppedIds.length > 0 ? [`nba_game_id NOT IN (${quoteList(droppedIds)})`] : []),
    ...(table === 'shots' ? ['(distance_ft IS NOT NULL OR broken_rule IS NOT NULL)'] : []),
  ].join(' AND ');
  // Looking for the rows at fault reads everything again: only when some game is odd.
  const refused = oddGames.some(({ dropReason }) => dropReason === undefined)
    ? await findRefusedDates(warehouse, table, relation, kept, files)
    : [];
  const withoutDistance = table === 'shots' ? await countWithoutDistance(warehouse, relation) : 0;
  return {
    kept,
    dropped,
    droppedRows:
      withoutDistance > 0
        ? [{ table, reason: 'no_distance', rows: withoutDistance, names: [] }]
        : [],
    refused,
  };
}

async function countWithoutDistance(warehouse: DuckDbWarehouse, relation: string): Promise<number> {
  const [row] = await warehouse.query(
    `SELECT COUNT(*) AS row_count FROM ${relation} WHERE distance_ft IS NULL`,
  );
  return Number(row?.['row_count']);
}
