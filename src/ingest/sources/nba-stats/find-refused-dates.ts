import type { DuckDbWarehouse } from '../../../warehouse/duckdb/duckdb-warehouse.ts';
import { findRefused } from '../../files/collect-refused-dates.ts';
import { possibleDate } from '../../files/dates.ts';
import type { RefusedRows } from '../../files/ingest-report.ts';
import type { SourceFile } from '../../files/source-content.ts';
import { seasonYear } from '../../files/source-values.ts';
import { contradictions, isContradicted } from './contradictions.ts';
import { type StatsTable, sometimesKept, sourceKey } from './source-columns.ts';

/** More than anybody has dressed; a roster has 15. */
export const mostPlayers = 30;

const isPossible = possibleDate(`(${seasonYear})`);

// A date far from all others, on which no game of that id can have been played, is a slip of the pen: the
// row is at fault, and with it the date of the game's other rows. Among the others it may be the id that
// is wrong, and the date is left open.
const dateIfPossible = `CASE
    WHEN ${isPossible} OR game_date BETWEEN reach.first_possible AND reach.last_possible THEN game_date
  END`;

const overfull = `SELECT first_row[1], first_row[2], nba_game_id, game_date,
    'game ' || nba_game_id || ' has ' || players || ' players of ' || team_abbr
  FROM (
    SELECT nba_game_id, team_abbr, MIN(game_date) AS game_date, COUNT(*) AS players, MIN([file_index, file_row]) AS first_row
    FROM kept
    WHERE nba_game_id IS NOT NULL AND team_abbr IS NOT NULL
    GROUP BY nba_game_id, team_abbr
    HAVING COUNT(*) > ${mostPlayers}
  ) AS sides
  UNION ALL
  `;

const unlikeOthers = `SELECT file_index, file_row, nba_game_id, game_date,
    'a count is missing for a player with time on court'
  FROM kept
  WHERE seconds_played > 0 AND broken_rule IS NULL
  QUALIFY ${sometimesKept
    .map((name) => `(${name} IS NULL AND COUNT(${name}) OVER (PARTITION BY nba_game_id) > 0)`)
    .join(' OR ')}
  UNION ALL
  `;

/** One row for each game whose rows contradict each other. */
const contradicted = (
  content: StatsTable,
) => `SELECT first_row[1], first_row[2], nba_game_id, game_date,
    'game ' || nba_game_id || ': ' || CASE
      ${contradictions[content].cases.map(([condition, said]) => `WHEN ${condition} THEN ${said}`).join('\n      ')}
    END
  FROM (
    SELECT nba_game_id, MIN(game_date) AS game_date, MIN([file_index, file_row]) AS first_row, ${contradictions[content].sums.join(', ')}
    FROM ${contradictions[content].from('kept')} AS sided
    WHERE nba_game_id IS NOT NULL
    GROUP BY nba_game_id
  ) AS told
  WHERE ${isContradicted(content)}
  UNION ALL
  `;

/** Dates with an impossible row, each with its broken rules by file and row. */
export async function findRefusedDates(
  warehouse: DuckDbWarehouse,
  content: StatsTable,
  relation: string,
  kept: string,
  files: readonly SourceFile[],
): Promise<readonly RefusedRows[]> {
  const key = sourceKey[content];
  const broken = `
WITH reach AS (
  SELECT MIN(game_date) AS first_possible, MAX(game_date) AS last_possible
  FROM ${relation}
  WHERE ${kept} AND ${isPossible}
),
kept AS (
  SELECT source.* REPLACE (${dateIfPossible} AS game_date)
  FROM ${relation} AS source
  CROSS JOIN reach
  WHERE ${kept}
),
games AS (
  SELECT
    nba_game_id,
    MIN(game_date) AS first_date,
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
  ${contradicted(content)}${content === 'shots' ? '' : `${unlikeOthers}${overfull}`}SELECT file_index, file_row, kept.nba_game_id, game_date,
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
  COALESCE(broken.game_date, games.first_date) AS refused_date,
  file_index,
  file_row,
  broken_rule
FROM broken
LEFT JOIN games ON games.nba_game_id = broken.nba_game_id`;
  return findRefused(warehouse, content, files, broken);
}
