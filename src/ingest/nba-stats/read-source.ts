import type { GameDate } from '../../calendar/game-date.ts';
import type { DuckDbWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts';
import { duckdbDialect as sql } from '../../warehouse/sql/duckdb-dialect.ts';
import type { DroppedGames, RefusedDate } from '../ingest-report.ts';
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

/** Stands for the date of a game none of whose rows has a readable one. */
export const undated = 'undated';

const keyOf: Readonly<Record<SourceContent, { readonly column: string; readonly name: string }>> = {
  player_box: { column: 'player_id', name: 'PLAYER_ID' },
  shots: { column: 'event_id', name: 'GAME_EVENT_ID' },
};

/** Reads the files of one content into a temporary relation and finds what must not be written. */
export async function readSource(
  warehouse: DuckDbWarehouse,
  content: SourceContent,
  files: readonly SourceFile[],
): Promise<ReadSource> {
  const relation = `source_${content}`;
  await warehouse.stage(relation, content === 'shots' ? readShots(files) : readPlayerBox(files));
  const dropped = await findDroppedGames(warehouse, content, relation);
  const droppedIds = dropped.flatMap((group) => group.gameIds);
  const kept = [
    'game_type IS NOT NULL',
    ...(droppedIds.length > 0 ? [`nba_game_id NOT IN (${quoteList(droppedIds)})`] : []),
    ...(content === 'shots' ? ['(distance_ft IS NOT NULL OR broken_rule IS NOT NULL)'] : []),
  ].join(' AND ');
  const refused = await findRefusedDates(warehouse, content, relation, kept, files);
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

/** Games that are not kept by rule: their kind, a team that is none of the 30, one side only. */
async function findDroppedGames(
  warehouse: DuckDbWarehouse,
  content: SourceContent,
  relation: string,
): Promise<readonly DroppedGames[]> {
  const teamCode = content === 'shots' ? 'CAST(team_id AS VARCHAR)' : "nullif(team_code, '')";
  const oneSided = content === 'shots' ? '' : "WHEN teams = 1 THEN 'one_sided_game'";
  const rows = await warehouse.query(`
SELECT reason, nba_game_id, CAST(row_count AS BIGINT) AS row_count
FROM (
  SELECT
    nba_game_id,
    row_count,
    CASE
      WHEN NOT kept_type THEN 'game_type'
      WHEN foreign_rows > 0 AND teams < 2 THEN 'foreign_team'
      ${oneSided}
    END AS reason
  FROM (
    SELECT
      nba_game_id,
      COUNT(*) AS row_count,
      bool_and(game_type IS NOT NULL) AS kept_type,
      COUNT(DISTINCT team_abbr) AS teams,
      count_if(team_abbr IS NULL AND ${teamCode} IS NOT NULL) AS foreign_rows
    FROM ${relation}
    GROUP BY nba_game_id
  ) AS games
) AS judged
WHERE reason IS NOT NULL AND nba_game_id IS NOT NULL
ORDER BY reason, nba_game_id`);
  const byReason = new Map<string, { gameIds: string[]; rows: number }>();
  for (const row of rows) {
    const reason = String(row['reason']);
    const group = byReason.get(reason) ?? { gameIds: [], rows: 0 };
    group.gameIds.push(String(row['nba_game_id']));
    group.rows += Number(row['row_count']);
    byReason.set(reason, group);
  }
  return [...byReason].map(([reason, group]) => ({ table: content, reason, ...group }));
}

/** Dates with an impossible row, each with its first broken rules by file and row. */
async function findRefusedDates(
  warehouse: DuckDbWarehouse,
  content: SourceContent,
  relation: string,
  kept: string,
  files: readonly SourceFile[],
): Promise<readonly RefusedDate[]> {
  const key = keyOf[content];
  const rows = await warehouse.query(`
WITH kept AS (SELECT * FROM ${relation} WHERE ${kept}),
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
  CAST(COALESCE(broken.game_date, games.first_date) AS VARCHAR) AS refused_date,
  file_index,
  CAST(file_row AS BIGINT) AS file_row,
  broken_rule
FROM broken
LEFT JOIN games ON games.nba_game_id = broken.nba_game_id
ORDER BY refused_date, file_index, file_row`);
  const byDate = new Map<string, RefusedDate['violations'][number][]>();
  for (const row of rows) {
    const date = String(row['refused_date'] ?? undated);
    const violation = {
      file: files[Number(row['file_index'])]?.name ?? '?',
      row: Number(row['file_row']),
      rule: String(row['broken_rule']),
    };
    const violations = byDate.get(date);
    if (violations) violations.push(violation);
    else byDate.set(date, [violation]);
  }
  return [...byDate].map(([date, violations]) => ({
    table: content,
    date: date as GameDate,
    violations,
  }));
}
