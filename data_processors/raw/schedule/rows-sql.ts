import { gameDate } from '../../../src/calendar/game-date.ts';
import { firstYearDigitsOfLastCentury, gameTypeByPrefix } from '../../../src/calendar/game-id.ts';
import { arenas } from '../../../src/league/arenas.ts';
import type { SqlDialect } from '../../../src/sql/sql-dialect.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';
import { homeSideCorrections } from './home-side-corrections.ts';
import { type VenueCorrection, venueCorrections } from './venue-corrections.ts';

/**
 * One row per game of the schedule files, of the player logs and of the shot charts. A box score that agrees with the
 * file adds nothing: how a game ended must not change what was known before it. Shots are evidence of a game whose
 * box score is not there; where it is, or a file lists the game, they tell its home side alone.
 */
export function rowsSql({ sql, input }: SqlContext): string {
  const corrections = homeSideCorrections.map(({ nbaGameId, home }) => [
    sql.string(nbaGameId),
    sql.string(home),
  ]);
  const kinds = Object.entries(gameTypeByPrefix).map(
    ([prefix, type]) =>
      `WHEN shot_charts.nba_game_id LIKE ${sql.string(`${prefix}%`)} THEN ${sql.string(type)}`,
  );
  // The fourth and fifth digit of an id are the last two of the year.
  const yearDigits = sql.digitsAt('shot_charts.nba_game_id', 4, 2);
  const homeArenas = arenas.map(({ team, fromSeasonYear, toSeasonYear, venue }) => [
    sql.string(team),
    String(fromSeasonYear),
    String(toSeasonYear),
    sql.string(venue),
  ]);
  return `
WITH sides AS (
  SELECT
    nba_game_id,
    game_date,
    season_year,
    game_type,
    team_abbr,
    LOGICAL_OR(marks_home) AS marks_home
  FROM ${input('player_box')} AS box
  GROUP BY nba_game_id, game_date, season_year, game_type, team_abbr
),
played AS (
  SELECT
    nba_game_id,
    game_date,
    season_year,
    game_type,
    MIN(team_abbr) AS team_a_abbr,
    MAX(team_abbr) AS team_b_abbr,
    ${sql.countIf('marks_home')} AS home_marks,
    MAX(CASE WHEN marks_home THEN team_abbr END) AS marked_home
  FROM sides
  GROUP BY nba_game_id, game_date, season_year, game_type
),
shot_charts AS (
  SELECT
    nba_game_id,
    game_date,
    CASE WHEN MIN(shot.home_team_abbr) = MAX(shot.home_team_abbr) THEN MIN(shot.home_team_abbr) END AS home_team_abbr,
    MIN(shot.team_abbr) AS team_a_abbr,
    MAX(shot.team_abbr) AS team_b_abbr
  FROM ${input('shots')} AS shot
  GROUP BY nba_game_id, game_date
),
told AS (
  SELECT nba_game_id, game_date, season_year, game_type, team_a_abbr, team_b_abbr, home_marks, marked_home
  FROM played
  UNION ALL
  SELECT
    shot_charts.nba_game_id,
    shot_charts.game_date,
    ${yearDigits} + CASE WHEN ${yearDigits} >= ${Number(firstYearDigitsOfLastCentury)} THEN 1900 ELSE 2000 END,
    CASE ${kinds.join(' ')} END,
    shot_charts.team_a_abbr,
    shot_charts.team_b_abbr,
    CASE WHEN FALSE THEN 0 END,
    CAST(NULL AS STRING)
  FROM shot_charts
  LEFT JOIN played
    ON played.nba_game_id = shot_charts.nba_game_id
    AND played.game_date = shot_charts.game_date
  WHERE played.nba_game_id IS NULL
    AND shot_charts.team_a_abbr < shot_charts.team_b_abbr
),
games AS (
  SELECT
    COALESCE(entry.nba_game_id, told.nba_game_id) AS nba_game_id,
    COALESCE(entry.game_date, told.game_date) AS game_date,
    COALESCE(entry.season_year, told.season_year) AS season_year,
    COALESCE(entry.game_type, told.game_type) AS game_type,
    CASE
      WHEN entry.home_team_abbr < entry.away_team_abbr THEN entry.home_team_abbr
      ELSE COALESCE(entry.away_team_abbr, told.team_a_abbr)
    END AS team_a_abbr,
    CASE
      WHEN entry.home_team_abbr < entry.away_team_abbr THEN entry.away_team_abbr
      ELSE COALESCE(entry.home_team_abbr, told.team_b_abbr)
    END AS team_b_abbr,
    entry.home_team_abbr AS listed_home,
    CASE WHEN told.home_marks = 1 THEN told.marked_home END AS marked_home,
    COALESCE(entry.neutral_site, CASE WHEN told.home_marks = 0 THEN TRUE END) AS neutral_site,
    entry.venue AS listed_venue,
    entry.tipoff_at,
    entry.venue_lat,
    entry.venue_lon
  FROM ${input('schedule_entries')} AS entry
  FULL JOIN told
    ON told.nba_game_id = entry.nba_game_id
    AND told.game_date = entry.game_date
),
candidates AS (
  SELECT
    games.*,
    COALESCE(listed_home, correction.home_team_abbr, marked_home, shot_charts.home_team_abbr) AS home_candidate
  FROM games
  LEFT JOIN ${sql.constants('correction', ['nba_game_id', 'home_team_abbr'], corrections)}
    ON correction.nba_game_id = games.nba_game_id
  LEFT JOIN shot_charts
    ON shot_charts.nba_game_id = games.nba_game_id
    AND shot_charts.game_date = games.game_date
),
located AS (
  SELECT
    *,
    CASE WHEN home_candidate IN (team_a_abbr, team_b_abbr) THEN home_candidate END AS home_team_abbr,
    CASE home_candidate
      WHEN team_a_abbr THEN team_b_abbr
      WHEN team_b_abbr THEN team_a_abbr
    END AS away_team_abbr
  FROM candidates
),
placed AS (
  SELECT
    *,
    CASE${venueCorrections
      .map(
        (correction) => `
      WHEN ${isCorrected(sql, correction)} THEN ${sql.string(correction.venue)}`,
      )
      .join('')}
    END AS corrected_venue,
    CASE
      WHEN ${venueCorrections
        .filter(({ neutral }) => neutral)
        .map((correction) => isCorrected(sql, correction))
        .join('\n        OR ')} THEN TRUE
    END AS corrected_neutral_site
  FROM located
)
SELECT
  nba_game_id,
  REPLACE(CAST(game_date AS STRING), '-', '')
    || '_' || COALESCE(away_team_abbr, team_a_abbr)
    || '_' || COALESCE(home_team_abbr, team_b_abbr) AS game_id,
  game_date,
  placed.season_year,
  game_type,
  home_team_abbr,
  away_team_abbr,
  team_a_abbr,
  team_b_abbr,
  COALESCE(
    listed_venue,
    corrected_venue,
    CASE WHEN NOT COALESCE(neutral_site, FALSE) THEN arena.venue END
  ) AS venue,
  COALESCE(neutral_site, corrected_neutral_site) AS neutral_site,
  tipoff_at,
  venue_lat,
  venue_lon
FROM placed
INNER JOIN target_dates
  ON target_dates.analysis_date = placed.game_date
LEFT JOIN ${sql.constants('arena', ['team_abbr', 'from_season', 'to_season', 'venue'], homeArenas)}
  ON arena.team_abbr = placed.home_team_abbr
  AND placed.season_year BETWEEN arena.from_season AND arena.to_season`;
}

/** Condition on a row with a date and teams; it is no join, as ranges of dates are no keys. */
function isCorrected(sql: SqlDialect, { from, to, games }: VenueCorrection): string {
  const day = (text: string) => sql.date(gameDate(text));
  const dates =
    from === to ? `game_date = ${day(from)}` : `game_date BETWEEN ${day(from)} AND ${day(to)}`;
  switch (games.of) {
    case 'everybody':
      return dates;
    case 'home_team':
      return `${dates} AND home_team_abbr = ${sql.string(games.team)}`;
    case 'two_teams': {
      const [first, second] = games.teams;
      return `${dates} AND team_a_abbr = ${sql.string(first)} AND team_b_abbr = ${sql.string(second)}`;
    }
  }
}
