import { gameDate } from '../calendar/game-date.ts';
import {
  type DateReach,
  makeSeasonCalendar,
  type ScheduledDate,
  type SeasonCalendar,
} from '../calendar/season-calendar.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { textOf } from '../warehouse/text-of.ts';
import type { Row, Warehouse } from '../warehouse/warehouse.ts';
import type { LedgerSnapshot } from './ledger-snapshot.ts';

/**
 * The league numbers the regular-season games of a season (digits 6–10 of their ids) in the order in which they are
 * to be played; since 2023-24 the 60 games of the cup's groups come first. Where no number is lacking of so many from
 * the first on, nothing was played before what is loaded, however long the season was or has come.
 */
const openingGames = 100;
const cupGames = { since: 2023, count: 60 };

/** SQL condition on the games of a season, by `game_number` and once each: its first ones are among them. */
export function hasOpeningGames(sql: SqlDialect): string {
  const digits = (number: number) => sql.string(String(number).padStart(5, '0'));
  const numberedAfter = (number: number) =>
    sql.countIf(`game_number BETWEEN ${digits(number + 1)} AND ${digits(number + openingGames)}`);
  return `${numberedAfter(0)} = ${openingGames}
    OR (season_year >= ${cupGames.since} AND ${numberedAfter(cupGames.count)} = ${openingGames})`;
}

/** One row per game date: its games, its final games, what is known of its season, and the kind of data. */
export async function fetchSchedule(warehouse: Warehouse): Promise<readonly Row[]> {
  // The eighth character of a playoff id is the round; nobody plays on after four wins in the last one.
  const { dialect: sql } = warehouse;
  return warehouse.query(`
WITH day AS (
  SELECT
    CAST(game.game_date AS STRING) AS game_date,
    game.season_year,
    COUNT(*) AS games,
    string_agg(game.team_a_abbr || ' ' || game.team_b_abbr, ' ') AS teams,
    string_agg(CASE WHEN result.status = 'final' THEN game.team_a_abbr || ' ' || game.team_b_abbr END, ' ') AS final_teams
  FROM nba_raw.schedule AS game
  LEFT JOIN nba_raw.game_results AS result
    ON result.nba_game_id = game.nba_game_id
    AND result.game_date = game.game_date
  GROUP BY game.game_date, game.season_year
),
finals AS (
  SELECT
    game.season_year,
    CASE WHEN result.home_points > result.away_points THEN game.home_team_abbr ELSE game.away_team_abbr END AS winner
  FROM nba_raw.schedule AS game
  INNER JOIN nba_raw.game_results AS result
    ON result.nba_game_id = game.nba_game_id
    AND result.game_date = game.game_date
  WHERE game.game_type = 'playoffs'
    AND substr(game.nba_game_id, 8, 1) = '4'
    AND result.home_points IS NOT NULL
),
champion AS (
  SELECT DISTINCT season_year
  FROM (SELECT season_year FROM finals GROUP BY season_year, winner HAVING COUNT(*) = 4) AS won
),
numbered AS (
  SELECT DISTINCT season_year, substr(nba_game_id, 6) AS game_number
  FROM nba_raw.schedule
  WHERE game_type = 'regular_season'
),
opened AS (
  SELECT season_year
  FROM numbered
  GROUP BY season_year
  HAVING ${hasOpeningGames(sql)}
)
SELECT
  day.*,
  champion.season_year IS NOT NULL AS is_finished,
  opened.season_year IS NOT NULL AS is_opened,
  (SELECT MAX(data_kind) FROM backcourt.warehouse) AS data_kind
FROM day
LEFT JOIN champion
  ON champion.season_year = day.season_year
LEFT JOIN opened
  ON opened.season_year = day.season_year`);
}

/** The schedule with its final games, as the planner's calendar. @param days as {@link fetchSchedule} gives them. */
export function toCalendar(days: readonly Row[], ledger: LedgerSnapshot): SeasonCalendar {
  const seasons = (column: string) =>
    new Set(days.filter((row) => row[column] === true).map((row) => Number(row['season_year'])));
  const refused = ['schedule_entries', 'player_box'].flatMap((table) =>
    [...ledger.of(table).values()].filter(
      (record) => record.state === 'failed' && record.rows === 0,
    ),
  );
  const dates = days.map(toScheduledDate);
  return makeSeasonCalendar(
    dates,
    seasons('is_finished'),
    new Map(refused.map((record) => [record.date, record.failure?.text ?? 'refused'])),
    seasons('is_opened'),
    listedReach(dates, ledger),
  );
}

/** First and last date with entries of a schedule file, by season. */
function listedReach(
  dates: readonly ScheduledDate[],
  ledger: LedgerSnapshot,
): ReadonlyMap<number, DateReach> {
  const listed = dates
    .filter(({ date }) => (ledger.get('schedule_entries', date)?.rows ?? 0) > 0)
    .sort((a, b) => (a.date < b.date ? -1 : 1));
  const reaches = new Map<number, DateReach>();
  for (const { date, seasonYear } of listed) {
    reaches.set(seasonYear, { first: reaches.get(seasonYear)?.first ?? date, last: date });
  }
  return reaches;
}

function toScheduledDate(row: Row): ScheduledDate {
  const finalTeams = textOf(row['final_teams']);
  return {
    date: gameDate(String(row['game_date'])),
    seasonYear: Number(row['season_year']),
    games: Number(row['games']),
    teams: String(row['teams']).split(' '),
    finalTeams: finalTeams === undefined ? [] : finalTeams.split(' '),
  };
}
