import type { PickedRow } from './alter-sources.ts';
import { pick } from './calendar.ts';
import type { Scene } from './scene.ts';

export async function pickRow(
  { desk }: Scene,
  position: number,
  of: 'winner' | 'loser' | 'three' | 'two',
): Promise<PickedRow> {
  const [relation, entry, condition] = {
    winner: ['logs', 'PLAYER_ID', "WL = 'W' AND MIN > 1"],
    // Half a side of a game with overtime looks like one without, which two sides disagree on.
    loser: [
      'logs',
      'PLAYER_ID',
      "WL = 'L' AND GAME_ID IN (SELECT GAME_ID FROM logs GROUP BY GAME_ID HAVING SUM(MIN) < 490)",
    ],
    three: ['shots', 'GAME_EVENT_ID', "starts_with(SHOT_TYPE, '3')"],
    two: ['shots', 'GAME_EVENT_ID', "starts_with(SHOT_TYPE, '2')"],
  }[of];
  const rows = await desk.rows(
    `SELECT GAME_ID, ${entry}, GAME_DATE FROM ${relation} WHERE ${condition} ORDER BY hash(GAME_ID, ${entry}), GAME_ID, ${entry}`,
  );
  const [game, picked, date] = pick(rows, position);
  return { game: String(game), entry: String(picked), date: String(date) };
}
