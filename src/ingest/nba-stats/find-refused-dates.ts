import type { DuckDbWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts';
import { findRefused, refusedDay } from '../collect-refused-dates.ts';
import type { RefusedDate } from '../ingest-report.ts';
import type { SourceFile } from '../source-file.ts';
import { type StatsTable, sourceKey } from './source-columns.ts';

/** Dates with an impossible row, each with its first broken rules by file and row. */
export async function findRefusedDates(
  warehouse: DuckDbWarehouse,
  content: StatsTable,
  relation: string,
  kept: string,
  files: readonly SourceFile[],
): Promise<readonly RefusedDate[]> {
  const key = sourceKey[content];
  const broken = `
WITH kept AS (SELECT * FROM ${relation} WHERE ${kept}),
games AS (
  SELECT
    nba_game_id,
    MIN(${refusedDay('game_date')}) AS first_date,
    MAX(game_date) AS last_date,
    COUNT(DISTINCT team_abbr) AS teams
  FROM kept
  GROUP BY nba_game_id
),
broken AS (
  SELECT file_index, file_row, nba_game_id, game_date, broken_rule
  FROM kept
  WHERE broken_rule IS NOT NULL
  UNION ALL
  SELECT file_index, file_row, kept.nba_game_id, game_date,
    CASE
      WHEN teams > 2 THEN 'game ' || kept.nba_game_id || ' has ' || teams || ' teams'
      ELSE 'game ' || kept.nba_game_id || ' has two dates'
    END
  FROM kept
  INNER JOIN games ON games.nba_game_id = kept.nba_game_id
  WHERE teams > 2 OR first_date <> last_date
  UNION ALL
  SELECT file_index, file_row, kept.nba_game_id, game_date,
    'duplicate of ${key.name} ' || kept.${key.column} || ' in game ' || kept.nba_game_id
  FROM kept
  INNER JOIN (
    SELECT nba_game_id, ${key.column}
    FROM kept
    GROUP BY nba_game_id, ${key.column}
    HAVING COUNT(*) > 1
  ) AS doubled
    ON doubled.nba_game_id = kept.nba_game_id
    AND doubled.${key.column} = kept.${key.column}
)
SELECT
  COALESCE(${refusedDay('broken.game_date')}, games.first_date) AS refused_date,
  file_index,
  file_row,
  broken_rule
FROM broken
LEFT JOIN games ON games.nba_game_id = broken.nba_game_id`;
  return findRefused(warehouse, content, files, broken);
}
