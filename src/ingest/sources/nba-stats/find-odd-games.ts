import type { DuckDbWarehouse } from '../../../warehouse/duckdb/duckdb-warehouse.ts';
import type { DroppedGames } from '../../files/ingest-report.ts';
import { contradictions, isContradicted } from './contradictions.ts';
import { mostPlayers } from './find-refused-dates.ts';
import { type StatsTable, sometimesKept, sourceKey } from './source-columns.ts';

/** What one pass over a relation as read tells of its games. */
export interface OddGames {
  readonly dropped: readonly DroppedGames[];
  /** SQL condition of the rows of all other games. */
  readonly kept: string;
  /**
   * TRUE when a game that is kept, or a row without a game, is not plainly sound, so that rows must be looked
   * at.
   */
  readonly hasSuspects: boolean;
}

/**
 * Games that are not kept by rule: their kind, a team that is none of the 30, not over yet, and those of a log that has
 * one side of every game. Of a log of whole games, half a one is a fault of its date.
 */
export async function findOddGames(
  warehouse: DuckDbWarehouse,
  content: StatsTable,
  relation: string,
): Promise<OddGames> {
  const staged = `odd_games_of_${relation}`;
  const ofBox =
    content === 'shots'
      ? ''
      : "WHEN is_open THEN 'not_over' WHEN most_teams = 1 THEN 'one_sided_game'";
  await warehouse.stage(
    staged,
    `
SELECT
  nba_game_id,
  row_count,
  CASE
    WHEN nba_game_id IS NULL THEN NULL
    WHEN NOT kept_type THEN 'game_type'
    WHEN foreign_rows > 0 AND teams < 2 THEN 'foreign_team'
    ${ofBox}
  END AS drop_reason
FROM (
  SELECT
    nba_game_id,
    COUNT(*) AS row_count,
    bool_and(game_type IS NOT NULL) AS kept_type,
    COUNT(DISTINCT team_abbr) AS teams,
    MAX(COUNT(DISTINCT team_abbr)) OVER () AS most_teams,
    COUNT(DISTINCT ${sourceKey[content].column}) AS keys,
    MIN(game_date) AS first_date,
    MAX(game_date) AS last_date,
    count_if(broken_rule IS NOT NULL) AS broken_rows,
    count_if(team_abbr IS NULL AND ${teamCode[content]} IS NOT NULL) AS foreign_rows,
    ${content === 'shots' ? 'FALSE' : partlyKept} AS partly_kept,
    ${content === 'shots' ? 'FALSE' : 'bool_or(is_open)'} AS is_open,
    ${contradictions[content].sums.join(',\n    ')}
  FROM ${contradictions[content].from(relation)} AS sided
  GROUP BY nba_game_id
) AS games
WHERE NOT kept_type
  OR teams <> 2
  OR keys <> row_count
  OR first_date IS NULL
  OR first_date <> last_date
  OR broken_rows > 0
  OR partly_kept
  OR is_open
  OR ${isContradicted(content)}${content === 'shots' ? '' : `\n  OR row_count > ${mostPlayers}`}`,
  );
  const groups = await warehouse.query(`
SELECT
  drop_reason,
  CAST(SUM(row_count) AS BIGINT) AS row_count,
  list(nba_game_id ORDER BY nba_game_id) FILTER (drop_reason IS NOT NULL) AS game_ids
FROM ${staged}
GROUP BY drop_reason
ORDER BY MIN(nba_game_id)`);
  const dropped: DroppedGames[] = [];
  for (const { drop_reason: reason, row_count: rows, game_ids: gameIds } of groups) {
    if (typeof reason !== 'string') continue;
    dropped.push({
      table: content,
      reason,
      gameIds: gameIds as readonly string[],
      rows: Number(rows),
      unknownTeams:
        reason === 'foreign_team'
          ? await findUnknownTeams(warehouse, content, relation, staged)
          : [],
    });
  }
  const otherReasons = dropped.some(({ reason }) => reason !== 'game_type');
  return {
    dropped,
    kept: [
      'game_type IS NOT NULL',
      // A kind that is not kept is told by each of its rows.
      ...(otherReasons
        ? [`nba_game_id NOT IN (SELECT nba_game_id FROM ${staged} WHERE drop_reason IS NOT NULL)`]
        : []),
    ].join(' AND '),
    hasSuspects: groups.some(({ drop_reason: reason }) => reason === null),
  };
}

async function findUnknownTeams(
  warehouse: DuckDbWarehouse,
  content: StatsTable,
  relation: string,
  oddGames: string,
): Promise<readonly string[]> {
  const [row] = await warehouse.query(`
SELECT min(DISTINCT ${teamCode[content]}, 100) AS codes
FROM ${relation}
WHERE team_abbr IS NULL
  AND nba_game_id IN (SELECT nba_game_id FROM ${oddGames} WHERE drop_reason = 'foreign_team')`);
  return ((row?.['codes'] ?? []) as readonly (string | null)[]).map(String);
}

/** Some of a game's players have a count and some have not. */
const partlyKept = sometimesKept
  .map(
    (name) =>
      `count_if(seconds_played > 0 AND ${name} IS NULL) NOT IN (0, count_if(seconds_played > 0))`,
  )
  .join('\n      OR ');

/** The column in which the source names a team. */
const teamCode: Readonly<Record<StatsTable, string>> = {
  player_box: "nullif(team_code, '')",
  shots: 'CAST(team_id AS VARCHAR)',
};
