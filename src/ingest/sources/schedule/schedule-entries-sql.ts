import type { DuckDbWarehouse } from '../../../warehouse/duckdb/duckdb-warehouse.ts';
import {
  type ColumnClock,
  columnClock,
  dateOf,
  easternGameDate,
  timestampOf,
} from '../../files/dates.ts';
import { textRows } from '../../files/file-values.ts';
import {
  gameRules,
  notANumber,
  tipoffOnDate,
  twoTeams,
  unreadable,
} from '../../files/row-rules.ts';
import type { InputColumn, SourceFile } from '../../files/source-content.ts';
import { boolOf, gameIdOf, integerOf, seasonYear } from '../../files/source-values.ts';
import { gameTypes, teamCodes } from '../../names/team-mapping.ts';
import { textMap } from '../../names/text-map.ts';
import { venueAt } from '../../schedule/venue-at.ts';

/** The columns of a schedule file. */
export const scheduleColumns: readonly InputColumn[] = [
  {
    name: 'nba_game_id',
    type: 'id',
    required: true,
    rule: 'regular season, playoffs, play-in and cup final are kept, other kinds dropped and counted',
    example: '0023500001',
  },
  {
    name: 'game_date',
    type: 'date',
    required: true,
    rule: 'within the season of the id',
    example: '2035-10-23',
  },
  {
    name: 'home_team_abbr',
    type: 'team',
    required: true,
    rule: 'not the same as the other team; a team plays once on a date',
    example: 'BOS',
  },
  { name: 'away_team_abbr', type: 'team', required: true, example: 'NYK' },
  {
    name: 'neutral_site',
    type: 'true or false',
    rule: 'TRUE without coordinates: the venue is unknown',
    example: 'false',
  },
  { name: 'tipoff_at', type: 'time', example: '2035-10-23T19:30:00-04:00' },
  {
    name: 'venue_lat',
    type: 'degrees',
    rule: 'both or none; within a mile of an arena or another known place it is that, else a venue of its own',
    example: '',
  },
  { name: 'venue_lon', type: 'degrees', example: '' },
  {
    name: 'status',
    type: 'scheduled, final, postponed, cancelled',
    rule: 'final counts with points only; the last two take the game from its date',
    example: 'scheduled',
  },
  {
    name: 'home_points',
    type: 'whole number',
    rule: 'both or none, and only with status final',
    example: '',
  },
  { name: 'away_points', type: 'whole number', example: '' },
];

const columns = scheduleColumns.map(({ name }) => name);

const brokenRule = `CASE
    WHEN nba_game_id IS NOT NULL AND date_text IS NULL THEN 'game_date is missing'
    ${gameRules('nba_game_id', 'game_date')}
    ${twoTeams}
    ${unreadable('neutral_site')}
    ${tipoffOnDate}
    ${notANumber('venue_lat')}
    ${notANumber('venue_lon')}
    WHEN (venue_lat IS NULL) <> (venue_lon IS NULL) THEN 'only one of venue_lat and venue_lon is there'
    WHEN abs(venue_lat) > 90 OR abs(venue_lon) > 180 OR (venue_lat = 0 AND venue_lon = 0)
      THEN 'there is no venue at ' || venue_lat_text || ', ' || venue_lon_text
    WHEN status NOT IN ('scheduled', 'final') THEN 'status "' || status_text || '" is none of scheduled, final, postponed, cancelled'
    ${notANumber('home_points')}
    ${notANumber('away_points')}
    WHEN (home_points IS NULL) <> (away_points IS NULL) THEN 'only one of home_points and away_points is there'
    WHEN home_points IS NOT NULL AND coalesce(status, '') <> 'final' THEN 'points without status final'
    WHEN least(home_points, away_points) < 0 THEN 'points are negative'
    WHEN home_points = away_points THEN 'a final game ended ' || home_points || ':' || away_points
  END`;

/** A side that is to be found out: none, a zero, TBD. */
const isUndecided = (side: string) =>
  `(${side}_team_abbr IS NULL AND coalesce(regexp_full_match(${side}_team_abbr_text, '0+(\\.0*)?|tb[da]', 'i'), TRUE))`;

const place = "concat_ws('|', home_team_abbr, season_year, venue_lat, venue_lon)";

/** SELECT of all rows of schedule files in the shape of `schedule_entries`, judged. */
export async function readScheduleEntries(
  warehouse: DuckDbWarehouse,
  files: readonly SourceFile[],
): Promise<string> {
  const clock = await columnClock(warehouse, files, 'game_date');
  await warehouse.stage('typed_schedule_entries', typedRows(files, clock));
  return `
SELECT
  entry.*,
  venues.venue,
  CASE
    WHEN nba_game_id IS NOT NULL AND game_type IS NULL THEN 'game_type'
    WHEN nba_game_id IS NOT NULL AND game_date IS NOT NULL AND status IN ('postponed', 'cancelled', 'canceled')
      THEN 'called_off'
    WHEN nba_game_id IS NOT NULL AND game_date IS NOT NULL AND (${isUndecided('home')} OR ${isUndecided('away')})
      THEN 'undecided'
  END AS drop_reason,
  CAST(NULL AS VARCHAR) AS drop_name,
  ${brokenRule} AS broken_rule
FROM typed_schedule_entries AS entry
LEFT JOIN ${await venueMap(warehouse)} ON venues.place = ${place}`;
}

function typedRows(files: readonly SourceFile[], clock: ColumnClock): string {
  return `
WITH source AS (
  SELECT * REPLACE (CASE WHEN upper(tipoff_at_text) NOT IN ('TBD', 'TBA') THEN tipoff_at_text END AS tipoff_at_text)
  FROM (${textRows(files, columns)}
  ) AS given
),
identified AS (
  SELECT
    *,
    nba_game_id_text AS game_id_text,
    game_date_text AS date_text,
    ${easternGameDate(dateOf('game_date_text', clock), timestampOf('tipoff_at_text'))} AS game_date,
    ${gameIdOf('nba_game_id_text')} AS nba_game_id
  FROM source
)
SELECT
  identified.*,
  kind.game_type,
  CASE WHEN kind.game_type IS NOT NULL THEN ${seasonYear} END AS season_year,
  home.tricode AS home_team_abbr,
  away.tricode AS away_team_abbr,
  ${boolOf('neutral_site_text')} AS neutral_site,
  ${timestampOf('tipoff_at_text')} AS tipoff_at,
  ${finite('venue_lat_text')} AS venue_lat,
  ${finite('venue_lon_text')} AS venue_lon,
  lower(status_text) AS status,
  ${integerOf('home_points_text')} AS home_points,
  ${integerOf('away_points_text')} AS away_points
FROM identified
LEFT JOIN ${teamCodes('home')} ON home.code = upper(home_team_abbr_text)
LEFT JOIN ${teamCodes('away')} ON away.code = upper(away_team_abbr_text)
LEFT JOIN ${gameTypes('kind')} ON kind.prefix = substr(identified.nba_game_id, 1, 3)`;
}

function finite(text: string): string {
  const value = `TRY_CAST(${text} AS DOUBLE)`;
  return `CASE WHEN isfinite(${value}) THEN ${value} END`;
}

/** Which venue is where is worked out here: sines of two engines may differ in the last bit. */
async function venueMap(warehouse: DuckDbWarehouse): Promise<string> {
  const rows = await warehouse.query(`
SELECT DISTINCT ${place} AS place, home_team_abbr, season_year, venue_lat, venue_lon
FROM typed_schedule_entries
WHERE home_team_abbr IS NOT NULL
  AND season_year IS NOT NULL
  AND venue_lat IS NOT NULL
  AND venue_lon IS NOT NULL
ORDER BY place`);
  const entries = rows.map((row): readonly [string, string] => {
    const coordinates = { lat: Number(row['venue_lat']), lon: Number(row['venue_lon']) };
    return [
      String(row['place']),
      venueAt(coordinates, Number(row['season_year']), String(row['home_team_abbr'])),
    ];
  });
  return textMap('venues', ['place', 'venue'], entries);
}
