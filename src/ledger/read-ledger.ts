import { gameDate } from '../calendar/game-date.ts';
import {
  type DateReach,
  makeSeasonCalendar,
  type ScheduledDate,
  type SeasonCalendar,
} from '../calendar/season-calendar.ts';
import { textOf } from '../warehouse/text-of.ts';
import type { Row, Warehouse } from '../warehouse/warehouse.ts';
import {
  type LedgerSnapshot,
  type MutableLedgerSnapshot,
  makeLedgerSnapshot,
} from './ledger-snapshot.ts';
import { partitionColumns, recordReader } from './read-partition-record.ts';
import { readRecordsText, recordsText } from './record-text.ts';
import { readFormatVersion } from './upgrade-ledger.ts';

/** Of each team in a full season; a shorter one leaves the start of the season a guess. */
const regularSeasonGames = 82;

/** Reads every partition record. */
export async function readLedger(warehouse: Warehouse): Promise<MutableLedgerSnapshot> {
  const columns = partitionColumns(await readFormatVersion(warehouse));
  const tables = await warehouse.query(`
SELECT COUNT(*) AS records, ${recordsText(columns, warehouse.dialect)} AS texts
FROM backcourt.partitions
GROUP BY table_name`);
  const toRecord = recordReader(columns);
  return makeLedgerSnapshot(
    tables.flatMap(({ records, texts }) =>
      readRecordsText(String(texts), Number(records)).map(toRecord),
    ),
  );
}

/** `real`, `simulated`, or `undefined` before the first ingest. */
export async function readDataKind(warehouse: Warehouse): Promise<string | undefined> {
  const rows = await warehouse.query('SELECT data_kind FROM backcourt.warehouse');
  return textOf(rows[0]?.['data_kind']);
}

/** TRUE when the ledger's tables exist. */
export async function isWarehouse(warehouse: Warehouse): Promise<boolean> {
  const rows = await warehouse.query(
    `SELECT COUNT(*) AS columns_there FROM ${warehouse.dialect.datasetColumns('backcourt')} AS known`,
  );
  return Number(rows[0]?.['columns_there']) > 0;
}

/** The schedule with its final games, as the planner's calendar. */
export async function readCalendar(
  warehouse: Warehouse,
  ledger: LedgerSnapshot,
): Promise<SeasonCalendar> {
  const games = await warehouse.query(`
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
GROUP BY game.game_date, game.season_year`);
  // The eighth character of a playoff id is the round; nobody plays on after four wins in the last one.
  const champions = await warehouse.query(`
SELECT DISTINCT season_year
FROM (
  SELECT
    game.season_year,
    CASE WHEN result.home_points > result.away_points THEN game.home_team_abbr ELSE game.away_team_abbr END AS winner
  FROM nba_raw.schedule AS game
  INNER JOIN nba_raw.game_results AS result
    ON result.nba_game_id = game.nba_game_id
    AND result.game_date = game.game_date
  WHERE game.game_type = 'playoffs'
    AND substr(game.nba_game_id, 8, 1) = '4'
    AND result.status = 'final'
) AS finals
GROUP BY season_year, winner
HAVING COUNT(*) = 4`);
  const whole = await warehouse.query(`
SELECT season_year
FROM (
  SELECT season_year, team_abbr, COUNT(*) AS games
  FROM (
    SELECT season_year, team_a_abbr AS team_abbr FROM nba_raw.schedule WHERE game_type = 'regular_season'
    UNION ALL
    SELECT season_year, team_b_abbr AS team_abbr FROM nba_raw.schedule WHERE game_type = 'regular_season'
  ) AS sides
  GROUP BY season_year, team_abbr
) AS teams
GROUP BY season_year
HAVING MIN(games) >= ${regularSeasonGames}`);
  const refused = ['schedule_entries', 'player_box'].flatMap((table) =>
    [...ledger.of(table).values()].filter(
      (record) => record.state === 'failed' && record.rows === 0,
    ),
  );
  const dates = games.map(toScheduledDate);
  return makeSeasonCalendar(
    dates,
    new Set(champions.map((row) => Number(row['season_year']))),
    new Map(refused.map((record) => [record.date, record.failure?.text ?? 'refused'])),
    new Set(whole.map((row) => Number(row['season_year']))),
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
