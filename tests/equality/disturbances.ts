/** The last game of some dates, never of one that has no other. */
const holes = `SELECT MAX(nba_game_id) FROM nba_raw.schedule
GROUP BY game_date HAVING COUNT(*) > 1 AND hash(game_date, 'hole') % 7 = 0`;

/** Some games of the schedule have no log; their shot charts are there. */
export const missingLogs: readonly string[] = [
  `UPDATE nba_raw.game_results SET status = 'scheduled', home_points = NULL, away_points = NULL
WHERE nba_game_id IN (${holes})`,
  `DELETE FROM nba_raw.player_box WHERE nba_game_id IN (${holes})`,
  `UPDATE backcourt.partitions SET row_count = (
  SELECT COUNT(*) FROM nba_raw.player_box AS box WHERE box.game_date = partition_date
) WHERE table_name = 'player_box'`,
];

/** Props of every market, of several books, some of them seen after tip-off. */
export const offeredProps: readonly string[] = [
  // Lines of several books, some captured after tip-off, some without a time.
  `INSERT INTO nba_raw.player_props
SELECT
  'e' || nba_game_id,
  books.name,
  player_lookup,
  game_date,
  CASE WHEN hash(nba_game_id, 'untimed') % 5 <> 0 THEN CAST(game_date AS TIMESTAMP) + INTERVAL 20 HOUR END,
  CASE WHEN hash(player_id, books.name, nth) % 9 = 0 THEN NULL
    ELSE CAST(game_date AS TIMESTAMP) + INTERVAL 1 HOUR * CAST(8 + hash(player_id, nth) % 14 AS INTEGER) END,
  CASE WHEN hash(player_id, nth, 'market') % 10 = 0 THEN 'rebounds' ELSE 'points' END,
  CAST(hash(player_id, books.name, nth, nba_game_id) % 60 AS INTEGER) / 2.0,
  CASE WHEN hash(player_id, nth, 'over') % 6 <> 0 THEN 1.1 + CAST(hash(player_id, nba_game_id, nth) % 200 AS INTEGER) / 100.0 END,
  CASE WHEN hash(player_id, nth, 'under') % 6 <> 0 THEN 1.1 + CAST(hash(nba_game_id, player_id, nth) % 200 AS INTEGER) / 100.0 END
FROM nba_raw.player_box
CROSS JOIN (VALUES ('DraftKings'), ('fanduel'), ('PrizePicks'), ('Underdog')) AS books(name)
CROSS JOIN (VALUES (1), (2), (3), (4)) AS tries(nth)
WHERE hash(player_id, nba_game_id, books.name, nth) % 5 = 0`,
  // Lines of the other markets, near what players reach, with one market that nobody knows.
  `INSERT INTO nba_raw.player_props
SELECT
  'e' || nba_game_id,
  books.name,
  player_lookup,
  game_date,
  CASE WHEN hash(nba_game_id, 'untimed') % 5 <> 0 THEN CAST(game_date AS TIMESTAMP) + INTERVAL 20 HOUR END,
  CASE WHEN hash(player_id, books.name, market, nth) % 9 = 0 THEN NULL
    ELSE CAST(game_date AS TIMESTAMP) + INTERVAL 1 HOUR * CAST(4 + hash(player_id, market, nth) % 18 AS INTEGER) END,
  market,
  CAST(hash(player_id, books.name, nth, nba_game_id) % reach AS INTEGER) / 2.0,
  CASE WHEN hash(player_id, nth, market) % 6 <> 0 THEN 1.1 + CAST(hash(player_id, nba_game_id, nth) % 20000 AS INTEGER) / 10000.0 END,
  CASE WHEN hash(player_id, market, nth) % 6 <> 0 THEN 1.1 + CAST(hash(nba_game_id, player_id, nth) % 20000 AS INTEGER) / 10000.0 END
FROM nba_raw.player_box
CROSS JOIN (VALUES ('DraftKings'), ('fanduel'), ('FanDuel'), ('Underdog')) AS books(name)
CROSS JOIN (VALUES
  ('rebounds', 16), ('assists', 12), ('threes', 6), ('steals', 4), ('blocks', 4), ('turnovers', 6), ('pra', 70), ('fouls', 8)
) AS offered(market, reach)
CROSS JOIN (VALUES (1), (2), (3)) AS tries(nth)
WHERE hash(player_id, nba_game_id, market) % 24 = 0 AND hash(player_id, nba_game_id, market, books.name, nth) % 3 <> 0`,
];

/** Faults and extras that the league does not have by itself, decided by a hash of the row. */
export const disturbances: readonly string[] = [
  // Some charts are cut short, some shots are credited to a team-mate, some games tell about assists.
  'DELETE FROM nba_raw.shots WHERE hash(nba_game_id) % 11 = 0 AND event_id % 3 = 0',
  "DELETE FROM nba_raw.shots WHERE hash(nba_game_id, 'gone') % 6 = 0",
  "UPDATE nba_raw.shots SET is_assisted = hash(event_id) % 2 = 0 WHERE hash(nba_game_id, 'told') % 3 = 0",
  "UPDATE nba_raw.shots SET is_assisted = NULL WHERE hash(nba_game_id, 'told') % 3 = 0 AND hash(event_id, 'untold') % 40 = 0",
  "UPDATE nba_raw.shots SET distance_ft = 8 + event_id % 2 WHERE starts_with(shot_type, '2PT') AND event_id % 5 = 0",
  ...missingLogs,
  // Several players share a name; on each date the one with the smallest id has it unmarked.
  `UPDATE nba_raw.player_box AS box
SET player_lookup = CASE WHEN player_id = (
    SELECT min(other.player_id) FROM nba_raw.player_box AS other
    WHERE other.game_date = box.game_date AND hash(other.player_id, 'name') % 40 = 0
  ) THEN 'namesake' ELSE concat('namesake_', player_id) END
WHERE hash(player_id, 'name') % 40 = 0`,
  // Unreadable times, somebody who is listed and did not play, two seconds on court, no home side.
  'UPDATE nba_raw.player_box SET seconds_played = NULL WHERE hash(nba_game_id, player_id) % 7 = 0 AND seconds_played < 240',
  'UPDATE nba_raw.player_box SET seconds_played = 0 WHERE hash(nba_game_id, player_id) % 11 = 0 AND seconds_played < 240',
  'UPDATE nba_raw.player_box SET seconds_played = 2 WHERE hash(nba_game_id, player_id) % 13 = 0 AND seconds_played < 240',
  'UPDATE nba_raw.player_box SET starter = hash(player_id) % 2 = 0 WHERE hash(nba_game_id) % 2 = 0',
  'UPDATE nba_raw.player_box SET tov = NULL, plus_minus = NULL WHERE seconds_played IS NULL',
  "UPDATE nba_raw.schedule SET home_team_abbr = NULL, away_team_abbr = NULL WHERE hash(nba_game_id, 'side') % 13 = 0",
  ...offeredProps,
  // Some tip-offs are known, some sites are neutral, some games are played where nobody is at home.
  // The matinees among them begin earlier than the files of lines and props believe.
  `UPDATE nba_raw.schedule SET tipoff_at = CAST(game_date AS TIMESTAMP)
  + INTERVAL 1 HOUR * (CASE WHEN hash(nba_game_id, 'matinee') % 3 = 0 THEN 17 ELSE 24 END)
WHERE hash(nba_game_id, 'tip') % 4 <> 0`,
  "UPDATE nba_raw.schedule SET neutral_site = TRUE, venue = NULL WHERE hash(nba_game_id, 'site') % 17 = 0",
  "UPDATE nba_raw.schedule SET neutral_site = TRUE, venue = '48.8386,2.3785' WHERE hash(nba_game_id, 'site') % 17 = 1",
  "UPDATE nba_raw.schedule SET venue = '55.6250,12.5797' WHERE hash(nba_game_id, 'site') % 17 = 2",
  `INSERT INTO nba_raw.venue_distances
SELECT a, b, CAST(3000 + hash(a, b) % 3000 AS BIGINT), DATE '1900-01-01'
FROM (SELECT DISTINCT venue FROM nba_raw.schedule WHERE venue IS NOT NULL) AS one(a)
CROSS JOIN (SELECT DISTINCT venue FROM nba_raw.schedule WHERE venue IS NOT NULL) AS other(b)
WHERE a <> b AND (a LIKE '%,%' OR b LIKE '%,%') AND hash(a) % 13 <> 0`,
  // Lines of games: several of one game, seen before, after and at no known time, some implausible.
  `INSERT INTO nba_raw.game_lines
SELECT
  'line' || nth || nba_game_id,
  game_date,
  CASE WHEN hash(nba_game_id, 'turned') % 9 = 0 THEN team_a_abbr ELSE coalesce(home_team_abbr, team_a_abbr) END,
  CASE WHEN hash(nba_game_id, 'turned') % 9 = 0 THEN team_b_abbr ELSE coalesce(away_team_abbr, team_b_abbr) END,
  CASE WHEN hash(nba_game_id, nth, 'tip') % 3 = 0 THEN NULL
    ELSE CAST(game_date AS TIMESTAMP) + INTERVAL 23 HOUR END,
  CASE WHEN hash(nba_game_id, nth, 'seen') % 8 = 0 THEN NULL
    ELSE CAST(game_date AS TIMESTAMP) + INTERVAL 1 HOUR * CAST(hash(nba_game_id, nth) % 26 AS INTEGER) END,
  CASE WHEN hash(nba_game_id, nth, 'none') % 7 = 0 THEN NULL
    ELSE CAST(hash(nba_game_id, nth, 'spread') % 110 AS INTEGER) / 2.0 - 27 END,
  CASE WHEN hash(nba_game_id, nth, 'none') % 5 = 0 THEN NULL
    ELSE 175 + CAST(hash(nba_game_id, nth, 'total') % 200 AS INTEGER) / 2.0 END
FROM nba_raw.schedule
CROSS JOIN (VALUES (1), (2), (3)) AS tries(nth)
WHERE home_team_abbr IS DISTINCT FROM away_team_abbr OR home_team_abbr IS NULL
  AND hash(nba_game_id, nth) % 3 <> 0`,
  // Reports of most players of most dates, often revised, sometimes too late; some name no team.
  `INSERT INTO nba_raw.injuries
SELECT
  game_date,
  player_lookup,
  CAST(game_date AS TIMESTAMP) + INTERVAL 1 HOUR * CAST(nth * 8 + hash(player_id, nth, game_date) % 8 AS INTEGER),
  CASE WHEN hash(player_id, nth, 'team') % 6 = 0 THEN NULL ELSE team_abbr END,
  ['available', 'probable', 'questionable', 'doubtful', 'out'][CAST(1 + hash(player_id, game_date, nth) % 5 AS INTEGER)]
FROM nba_raw.player_box
CROSS JOIN (VALUES (0), (1), (2), (3)) AS tries(nth)
WHERE hash(game_date, 'reported') % 4 <> 0 AND hash(player_id, game_date, nth, 'listed') % 3 = 0`,
  // Who does not play on a date is reported too, once: his team-mates have him among the missing.
  `INSERT INTO nba_raw.injuries
SELECT slate.game_date, roster.player_lookup, CAST(slate.game_date AS TIMESTAMP), roster.team_abbr, 'out'
FROM (
  SELECT DISTINCT team_abbr, player_lookup, max(game_date) OVER (PARTITION BY player_lookup) AS last_date
  FROM nba_raw.player_box
) AS roster
INNER JOIN (SELECT DISTINCT team_abbr, game_date FROM nba_raw.player_box) AS slate
  ON slate.team_abbr = roster.team_abbr
WHERE hash(slate.game_date, 'reported') % 4 <> 0
  AND hash(slate.game_date, roster.player_lookup, 'out') % 6 = 0
  AND NOT EXISTS (
    FROM nba_raw.injuries AS known
    WHERE known.game_date = slate.game_date AND known.player_lookup = roster.player_lookup
  )
QUALIFY row_number() OVER (PARTITION BY slate.game_date, roster.player_lookup ORDER BY roster.team_abbr) = 1`,
  `INSERT INTO nba_raw.players
SELECT DISTINCT player_id, DATE '1984-02-29' + CAST(hash(player_id) % 7000 AS INTEGER), DATE '1900-01-01'
FROM nba_raw.player_box WHERE hash(player_id) % 5 <> 0`,
];
