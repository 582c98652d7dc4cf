import type { IngestNotice } from '../files/ingest-report.ts';
import type { Loaded } from './loaded.ts';

/** Players of a game are unlike each other; where hardly any are, that two games are alike says nothing. */
const leastDifferent = 6;

/**
 * Games whose box score is, player by player, that of another game, in the load or as it stands: an id or a date was
 * shifted, and the teams would have played once more.
 */
export async function repeatedBoxNotices({
  writer,
  source,
  future,
}: Loaded): Promise<readonly IngestNotice[]> {
  const boxes = source('player_box');
  if (!boxes) return [];
  const rows = await writer.warehouse.query(`
WITH games AS (
  SELECT
    nba_game_id,
    game_date,
    bit_xor(hash(player_id, seconds_played, pts, fga, fta, ast, dreb)) AS said
  FROM ${future('player_box')} AS box
  WHERE season_year IN (SELECT season_year FROM ${boxes.relation} AS given WHERE ${boxes.keep})
  GROUP BY nba_game_id, game_date
  HAVING COUNT(DISTINCT hash(seconds_played, pts, fga)) >= ${leastDifferent}
)
SELECT
  MIN(nba_game_id || ' of ' || game_date) AS game,
  COUNT(*) AS games,
  MAX(nba_game_id || ' of ' || game_date) AS other
FROM games
GROUP BY said
HAVING COUNT(*) > 1
ORDER BY game`);
  if (rows.length === 0) return [];
  const count = rows.reduce((sum, { games }) => sum + Number(games), 0);
  const examples = rows.map(({ game, other }) => `${game} and ${other}`);
  return [{ kind: 'repeated_box', table: 'player_box', count, examples }];
}
