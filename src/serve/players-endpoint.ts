import { playerLookup } from '../ingest/names/player-lookup.ts';
import type { Row } from '../warehouse/warehouse.ts';
import type { PlayerName, PlayersAnswer } from './player-api-types.ts';
import { cellText } from './rows.ts';
import type { ServeContext } from './serve-context.ts';

const mostPlayers = 20;

/** Players whose name contains a text, marks and case aside; who played last comes first. */
export function playersEndpoint({ read }: ServeContext, query: string): Promise<PlayersAnswer> {
  const wanted = playerLookup(query.slice(0, 100));
  return read(async ({ engine: { warehouse } }) => {
    const sql = warehouse.dialect;
    const where = wanted === '' ? 'TRUE' : `strpos(player_lookup, ${sql.string(wanted)}) > 0`;
    const rows = await warehouse.query(`${playerNamesSql(where)}
ORDER BY last_date DESC, games DESC, id
LIMIT ${mostPlayers}`);
    return { players: rows.map(toPlayerName) };
  });
}

/** One row per player: the name and team of his latest game. */
export function playerNamesSql(where: string): string {
  return `
SELECT
  universal_player_id AS id,
  MAX(CASE WHEN latest = 1 THEN player_full_name END) AS name,
  MAX(CASE WHEN latest = 1 THEN team_abbr END) AS team,
  CAST(MIN(game_date) AS STRING) AS first_date,
  CAST(MAX(game_date) AS STRING) AS last_date,
  COUNT(*) AS games
FROM (
  SELECT
    universal_player_id, player_full_name, team_abbr, game_date,
    ROW_NUMBER() OVER (PARTITION BY universal_player_id ORDER BY game_date DESC) AS latest
  FROM nba_analytics.player_game_summary
  WHERE ${where}
) AS rows_of_players
GROUP BY universal_player_id`;
}

/** Reads a row of {@link playerNamesSql}. */
export function toPlayerName(row: Row): PlayerName {
  return {
    id: cellText(row, 'id') ?? '',
    name: cellText(row, 'name') ?? '',
    team: cellText(row, 'team') ?? '',
    first_date: cellText(row, 'first_date') ?? '',
    last_date: cellText(row, 'last_date') ?? '',
    games: Number(row['games']),
  };
}
