import type { PlayerResultAnswer } from './player-api-types.ts';
import { gamesSql, toGameAnswer } from './player-games.ts';
import { readDate, readPlayerId } from './request-values.ts';
import type { ServeContext } from './serve-context.ts';

/** What a player did on a date: apart from what was known before it, so that none of it is shown unasked. */
export function playerResultEndpoint(
  { read }: ServeContext,
  playerId: string,
  day: string,
): Promise<PlayerResultAnswer> {
  const id = readPlayerId(playerId);
  const date = readDate(day);
  return read(async ({ engine: { warehouse } }) => {
    const sql = warehouse.dialect;
    const [row] = await warehouse.query(gamesSql(sql, id, `game_date = ${sql.date(date)}`));
    return { game: row ? toGameAnswer(row) : null };
  });
}
