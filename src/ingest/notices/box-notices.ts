import type { IngestNotice } from '../files/ingest-report.ts';
import { hasLostLetters, restoredName } from '../names/restored-name.ts';
import type { Loaded } from './loaded.ts';

/** A game has 240 minutes a side and 25 for each overtime; a minute and a half is lost to rounding. */
const [regulation, overtime, rounding] = [14_400, 1_500, 90];

/** Of each player in whole minutes, rounded or cut, as much is lost. */
const wholeMinutes = 45;

/** Where the minutes are not known, a side with fewer players lacks some: so few have never been listed. */
const fewestPlayers = 8;

/** Names whose letters are those of another encoding, or lost. */
export async function nameNotices({ writer, source }: Loaded): Promise<readonly IngestNotice[]> {
  const boxes = source('player_box');
  if (!boxes) return [];
  const rows = await writer.warehouse.query(
    `SELECT DISTINCT player_name FROM ${boxes.relation} AS given WHERE ${boxes.keep} ORDER BY player_name`,
  );
  const names = rows.map((row) => String(row['player_name']));
  const restored = names.filter((name) => restoredName(name) !== name);
  const broken = names.filter((name) => hasLostLetters(restoredName(name)));
  const noticed = (kind: 'restored_names' | 'broken_names', examples: readonly string[]) =>
    examples.length > 0 ? [{ kind, table: 'player_box', count: examples.length, examples }] : [];
  return [
    ...noticed(
      'restored_names',
      restored.map((name) => restoredName(name)),
    ),
    ...noticed('broken_names', broken),
  ];
}

/** Games whose box scores do not add up: players are missing, or are of another game. */
export async function boxNotices({ writer, source }: Loaded): Promise<readonly IngestNotice[]> {
  const boxes = source('player_box');
  if (!boxes) return [];
  const rows = await writer.warehouse.query(`
WITH sides AS (
  SELECT
    nba_game_id,
    game_date,
    team_abbr,
    SUM(seconds_played) AS seconds,
    abs(SUM(seconds_played) - ${regulation} - ${overtime} * greatest(0, round((SUM(seconds_played) - ${regulation}) / ${overtime}))) AS seconds_off,
    bool_and(seconds_played % 60 = 0) AS is_whole,
    COUNT(*) AS players,
    count_if(seconds_played > 0) AS timed,
    SUM(pts) AS points,
    SUM(plus_minus) AS plus_minus,
    bool_or(is_won) AS is_won
  FROM ${boxes.relation} AS given
  WHERE ${boxes.keep}
  GROUP BY nba_game_id, game_date, team_abbr
),
games AS (
  SELECT
    nba_game_id,
    game_date,
    arg_max(team_abbr, seconds_off) AS odd_team,
    arg_max(seconds, seconds_off) AS odd_seconds,
    MIN(players) AS fewest,
    arg_min(team_abbr, players) AS fewest_team,
    bool_and(timed > 0) AS is_timed,
    bool_or(seconds_off > CASE WHEN is_whole THEN ${wholeMinutes} * timed ELSE ${rounding} END) AS is_short,
    SUM(plus_minus) AS plus_minus,
    MAX(points) - MIN(points) AS margin,
    arg_max(team_abbr, points) AS winner,
    arg_max(plus_minus, points) AS plus_of_winner,
    arg_max(is_won, points) = FALSE OR arg_min(is_won, points) = TRUE AS is_turned
  FROM sides
  GROUP BY nba_game_id, game_date
)
SELECT
  'game ' || nba_game_id || ' of ' || game_date || CASE
    WHEN is_timed AND is_short THEN ': ' || odd_team || ' played ' || CAST(round(odd_seconds / 60) AS BIGINT) || ' minutes in all'
    WHEN NOT is_timed AND fewest < ${fewestPlayers} THEN ': ' || fewest_team || ' has ' || fewest || ' players'
    WHEN plus_minus <> 0 THEN ': plus/minus of both sides is ' || plus_minus || ', not 0'
    WHEN plus_of_winner <> 5 * margin THEN ': plus/minus of ' || winner || ' is ' || plus_of_winner || ', and five players won by ' || margin
    ELSE ': WL is not that of the points'
  END AS said
FROM games
WHERE (is_timed AND is_short)
  OR (NOT is_timed AND fewest < ${fewestPlayers})
  OR plus_minus <> 0
  OR plus_of_winner <> 5 * margin
  OR is_turned
ORDER BY game_date, nba_game_id`);
  if (rows.length === 0) return [];
  const examples = rows.map((row) => String(row['said']));
  return [{ kind: 'odd_game', table: 'player_box', count: rows.length, examples }];
}
