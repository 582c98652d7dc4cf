import { easternHour } from '../files/dates.ts';
import type { IngestNotice } from '../files/ingest-report.ts';
import type { Loaded } from './loaded.ts';

/** Hours in the East: no game begins before the first, and more than half begin after the second. */
const [firstHour, eveningHour] = [11, 17];

/** Games of a schedule file without a box score or unlike it, and tip-offs at times when nobody plays. */
export async function scheduleNotices(loaded: Loaded): Promise<readonly IngestNotice[]> {
  return [
    ...(await withoutResult(loaded)),
    ...(await otherThanBoxes(loaded)),
    ...(await oddTipoffs(loaded, 'schedule_entries')),
    ...(await oddTipoffs(loaded, 'game_lines')),
    ...(await oddTipoffs(loaded, 'player_props')),
  ];
}

async function withoutResult({ writer, source, future }: Loaded): Promise<readonly IngestNotice[]> {
  if (!source('schedule_entries') && !source('player_box')) return [];
  const rows = await writer.warehouse.query(`
WITH boxes AS (SELECT DISTINCT nba_game_id, game_date FROM ${future('player_box')} AS box),
reach AS (SELECT MIN(game_date) AS first_day, MAX(game_date) AS last_day FROM boxes),
expected AS (
  SELECT nba_game_id, game_date, home_points IS NOT NULL AS is_over
  FROM ${future('schedule_entries')} AS entry
)
SELECT CAST(expected.game_date AS VARCHAR) AS game_date, COUNT(*) AS games
FROM expected
INNER JOIN reach
  ON expected.game_date >= reach.first_day
  AND (expected.game_date <= reach.last_day OR is_over)
LEFT JOIN boxes ON boxes.nba_game_id = expected.nba_game_id
WHERE boxes.nba_game_id IS NULL
GROUP BY expected.game_date
ORDER BY game_date`);
  if (rows.length === 0) return [];
  return [
    {
      kind: 'no_result',
      table: 'player_box',
      count: rows.reduce((sum, row) => sum + Number(row['games']), 0),
      examples: rows.map((row) => String(row['game_date'])),
    },
  ];
}

/** The schedule decides who is at home, the box score who has won: neither of them says so where they differ. */
async function otherThanBoxes({
  writer,
  source,
  future,
}: Loaded): Promise<readonly IngestNotice[]> {
  if (!source('schedule_entries') && !source('player_box')) return [];
  const rows = await writer.warehouse.query(`
WITH sides AS (
  SELECT nba_game_id, game_date, team_abbr, SUM(pts) AS points, bool_or(marks_home) AS is_home
  FROM ${future('player_box')} AS box
  GROUP BY nba_game_id, game_date, team_abbr
),
games AS (
  SELECT
    entry.*,
    home.points || ':' || away.points AS score,
    away.is_home AND NOT home.is_home AS is_turned,
    entry.home_points <> home.points OR entry.away_points <> away.points AS is_other_score
  FROM ${future('schedule_entries')} AS entry
  INNER JOIN sides AS home
    ON home.nba_game_id = entry.nba_game_id AND home.game_date = entry.game_date AND home.team_abbr = entry.home_team_abbr
  INNER JOIN sides AS away
    ON away.nba_game_id = entry.nba_game_id AND away.game_date = entry.game_date AND away.team_abbr = entry.away_team_abbr
)
SELECT
  COUNT(*) AS games,
  count_if(is_turned) AS turned,
  count_if(is_other_score) AS other_scores,
  list('game ' || nba_game_id || ' of ' || game_date || ': at ' || home_team_abbr ORDER BY game_date, nba_game_id) FILTER (is_turned) AS turned_games,
  list('game ' || nba_game_id || ' of ' || game_date || ': ' || home_points || ':' || away_points || ', in the box score ' || score ORDER BY game_date, nba_game_id)
    FILTER (is_other_score) AS scored_games
FROM games`);
  const [row] = rows;
  const of = Number(row?.['games'] ?? 0);
  const table = 'schedule_entries';
  const noticed = (kind: 'other_home' | 'other_score', count: string, games: string) =>
    Number(row?.[count] ?? 0) > 0
      ? [{ kind, table, count: Number(row?.[count]), of, examples: row?.[games] as string[] }]
      : [];
  return [
    ...noticed('other_home', 'turned', 'turned_games'),
    ...noticed('other_score', 'other_scores', 'scored_games'),
  ];
}

/** Judged file by file, for each has its own clock. */
async function oddTipoffs(
  { writer, source }: Loaded,
  table: 'schedule_entries' | 'game_lines' | 'player_props',
): Promise<readonly IngestNotice[]> {
  const entries = source(table);
  if (!entries) return [];
  const game = table === 'schedule_entries' ? 'nba_game_id' : 'event_id';
  const hour = easternHour('tipoff_at');
  const rows = await writer.warehouse.query(`
SELECT
  file_index,
  COUNT(*) AS games,
  count_if(${hour} < ${firstHour}) AS early,
  count_if(${hour} >= ${eveningHour}) AS in_evening
FROM (
  SELECT DISTINCT file_index, ${game}, tipoff_at
  FROM ${entries.relation} AS given
  WHERE ${entries.keep} AND tipoff_at IS NOT NULL
) AS games
GROUP BY file_index
ORDER BY file_index`);
  return rows.flatMap((row): readonly IngestNotice[] => {
    const [games, early, evening] = ['games', 'early', 'in_evening'].map((name) =>
      Number(row[name]),
    ) as [number, number, number];
    const examples = [entries.files[Number(row['file_index'])]?.name ?? '?'];
    if (early > 0) return [{ kind: 'early_tipoffs', table, count: early, of: games, examples }];
    if (games < 2 || 2 * evening >= games) return [];
    return [{ kind: 'few_evenings', table, count: evening, of: games, examples }];
  });
}
