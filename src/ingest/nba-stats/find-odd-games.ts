import type { DuckDbWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts';
import type { DroppedGames } from '../ingest-report.ts';
import { quoteList } from '../source-values.ts';
import { type StatsTable, sourceKey } from './source-columns.ts';

/** A game that is dropped by rule, or has a row that may be impossible. */
export interface OddGame {
  readonly nbaGameId: string;
  readonly rows: number;
  /** `undefined`: the game is kept, and its rows must be looked at. */
  readonly dropReason: string | undefined;
}

/** One pass over a relation as read: every game that is not plainly sound. */
export async function findOddGames(
  warehouse: DuckDbWarehouse,
  content: StatsTable,
  relation: string,
): Promise<readonly OddGame[]> {
  const oneSided = content === 'shots' ? '' : "WHEN teams = 1 THEN 'one_sided_game'";
  const rows = await warehouse.query(`
SELECT
  COALESCE(nba_game_id, '') AS nba_game_id,
  row_count,
  CASE
    WHEN NOT kept_type THEN 'game_type'
    WHEN foreign_rows > 0 AND teams < 2 THEN 'foreign_team'
    ${oneSided}
  END AS drop_reason
FROM (
  SELECT
    nba_game_id,
    COUNT(*) AS row_count,
    bool_and(game_type IS NOT NULL) AS kept_type,
    COUNT(DISTINCT team_abbr) AS teams,
    COUNT(DISTINCT ${sourceKey[content].column}) AS keys,
    MIN(game_date) AS first_date,
    MAX(game_date) AS last_date,
    count_if(broken_rule IS NOT NULL) AS broken_rows,
    count_if(team_abbr IS NULL AND ${teamCode[content]} IS NOT NULL) AS foreign_rows
  FROM ${relation}
  GROUP BY nba_game_id
) AS games
WHERE NOT kept_type
  OR teams <> 2
  OR keys <> row_count
  OR first_date IS NULL
  OR first_date <> last_date
  OR broken_rows > 0
ORDER BY nba_game_id`);
  return rows.map((row) => ({
    nbaGameId: String(row['nba_game_id']),
    rows: Number(row['row_count']),
    dropReason: row['drop_reason'] === null ? undefined : String(row['drop_reason']),
  }));
}

/** Games that are not kept by rule: their kind, a team that is none of the 30, one side only. */
export async function findDroppedGames(
  warehouse: DuckDbWarehouse,
  content: StatsTable,
  relation: string,
  games: readonly OddGame[],
): Promise<readonly DroppedGames[]> {
  const dropped: DroppedGames[] = [];
  for (const [reason, group] of Map.groupBy(games, ({ dropReason }) => dropReason)) {
    if (reason === undefined) continue;
    const gameIds = group.map(({ nbaGameId }) => nbaGameId);
    const rows = group.reduce((sum, game) => sum + game.rows, 0);
    const unknownTeams =
      reason === 'foreign_team'
        ? await findUnknownTeams(warehouse, content, relation, gameIds)
        : [];
    dropped.push({ table: content, reason, gameIds, rows, unknownTeams });
  }
  return dropped;
}

async function findUnknownTeams(
  warehouse: DuckDbWarehouse,
  content: StatsTable,
  relation: string,
  gameIds: readonly string[],
): Promise<readonly string[]> {
  const rows = await warehouse.query(`
SELECT DISTINCT ${teamCode[content]} AS code
FROM ${relation}
WHERE team_abbr IS NULL AND nba_game_id IN (${quoteList(gameIds)})
ORDER BY code`);
  return rows.map(({ code }) => String(code));
}

/** What the source calls a team. */
const teamCode: Readonly<Record<StatsTable, string>> = {
  player_box: "nullif(team_code, '')",
  shots: 'CAST(team_id AS VARCHAR)',
};
