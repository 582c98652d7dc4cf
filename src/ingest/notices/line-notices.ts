import type { IngestNotice } from '../files/ingest-report.ts';
import type { Loaded } from './loaded.ts';

/** So many spreads of one sign are no chance: half of all favourites play away. */
const manySpreads = 10;

/** Lines and props whose time, game or sign is not what the tables can use. */
export async function lineNotices(loaded: Loaded): Promise<readonly IngestNotice[]> {
  return [
    ...(await withoutCapture(loaded, 'game_lines')),
    ...(await withoutCapture(loaded, 'player_props')),
    ...(await oddLines(loaded)),
  ];
}

async function withoutCapture(
  { writer, source }: Loaded,
  table: 'game_lines' | 'player_props',
): Promise<readonly IngestNotice[]> {
  const lines = source(table);
  if (!lines) return [];
  const [row] = await writer.warehouse.query(`
SELECT COUNT(*) AS row_count FROM ${lines.relation} AS given
WHERE ${lines.keep} AND captured_at IS NULL`);
  const count = Number(row?.['row_count'] ?? 0);
  return count > 0 ? [{ kind: 'no_capture_time', table, count, examples: [] }] : [];
}

async function oddLines({ writer, source, future }: Loaded): Promise<readonly IngestNotice[]> {
  const lines = source('game_lines');
  if (!lines) return [];
  const table = 'game_lines';
  const [row] = await writer.warehouse.query(`
WITH given AS (SELECT * FROM ${lines.relation} AS given WHERE ${lines.keep}),
games AS (SELECT game_date, team_a_abbr, team_b_abbr FROM ${future('schedule')} AS schedule)
SELECT
  count_if(home_spread <> 0) AS spreads,
  MIN(home_spread) >= 0 OR MAX(home_spread) <= 0 AS is_one_sided,
  COUNT(*) AS dated,
  count_if(games.game_date IS NULL) AS unmatched
FROM given
LEFT JOIN games
  ON games.game_date = given.game_date
  AND games.team_a_abbr = least(home_team_abbr, away_team_abbr)
  AND games.team_b_abbr = greatest(home_team_abbr, away_team_abbr)
WHERE given.game_date BETWEEN (SELECT MIN(game_date) FROM games) AND (SELECT MAX(game_date) FROM games)`);
  const [spreads, dated, unmatched] = ['spreads', 'dated', 'unmatched'].map((name) =>
    Number(row?.[name] ?? 0),
  ) as [number, number, number];
  return [
    ...(spreads >= manySpreads && row?.['is_one_sided'] === true
      ? [{ kind: 'one_sign', table, count: spreads, examples: [] } as const]
      : []),
    ...(unmatched > 0
      ? [{ kind: 'no_game', table, count: unmatched, of: dated, examples: [] } as const]
      : []),
  ];
}
