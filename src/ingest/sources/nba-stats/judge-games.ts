import type { DuckDbWarehouse } from '../../../warehouse/duckdb/duckdb-warehouse.ts';
import { removeRepeatedRows } from '../../files/repeated-rows.ts';
import type { Judgement, SourceFile } from '../../files/source-content.ts';
import { findOddGames } from './find-odd-games.ts';
import { findRefusedDates } from './find-refused-dates.ts';
import { removeRoundedRows } from './remove-rounded-rows.ts';
import { type StatsTable, sourceKey } from './source-columns.ts';

/** Finds games that are dropped by rule and dates with an impossible row. */
export async function judgeGames(
  warehouse: DuckDbWarehouse,
  table: StatsTable,
  relation: string,
  files: readonly SourceFile[],
): Promise<Judgement> {
  let odd = await findOddGames(warehouse, table, relation);
  const key = ['nba_game_id', sourceKey[table].column];
  const repeated = odd.hasSuspects
    ? await removeRepeatedRows(warehouse, table, relation, key, files)
    : undefined;
  if (repeated && repeated.byFile.size > 0) odd = await findOddGames(warehouse, table, relation);
  const rounded =
    table === 'player_box' && odd.hasSuspects && files.length > 1
      ? await removeRoundedRows(warehouse, relation, files)
      : undefined;
  if (rounded && rounded.byFile.size > 0) odd = await findOddGames(warehouse, table, relation);
  const { dropped, kept: keptGames, hasSuspects } = odd;
  const kept =
    table === 'shots'
      ? `${keptGames} AND (distance_ft IS NOT NULL OR broken_rule IS NOT NULL)`
      : keptGames;
  // A row without a game id goes with no game that is dropped: it is at fault, and has to be told.
  const used = `((${kept}) OR nba_game_id IS NULL)`;
  // Looking for the rows at fault reads everything again, so it is done only when some game is odd.
  const refused = hasSuspects
    ? await findRefusedDates(warehouse, table, relation, used, files)
    : [];
  const withoutDistance =
    table === 'shots' ? await countWithoutDistance(warehouse, relation, keptGames) : 0;
  return {
    kept,
    used,
    dropped,
    droppedRows: [
      ...(withoutDistance > 0
        ? [{ table, reason: 'no_distance', rows: withoutDistance, names: [] } as const]
        : []),
      ...(repeated?.dropped ?? []),
      ...(rounded?.dropped ?? []),
    ],
    refused,
    repeated: new Map(
      files.map((_, place) => [
        place,
        (repeated?.byFile.get(place) ?? 0) + (rounded?.byFile.get(place) ?? 0),
      ]),
    ),
  };
}

async function countWithoutDistance(
  warehouse: DuckDbWarehouse,
  relation: string,
  keptGames: string,
): Promise<number> {
  const [row] = await warehouse.query(`
SELECT COUNT(*) AS row_count
FROM ${relation}
WHERE ${keptGames} AND distance_ft IS NULL AND broken_rule IS NULL`);
  return Number(row?.['row_count']);
}
