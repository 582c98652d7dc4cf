import { type ColumnClock, dateOf } from '../../files/dates.ts';
import { fileValues, type WholeNumber } from '../../files/file-values.ts';
import { gameRules, numberRule, unreadableFlag } from '../../files/row-rules.ts';
import type { SourceFile } from '../../files/source-content.ts';
import { columnName } from '../../files/source-file.ts';
import { boolOf, gameIdOf, isGiven, seasonYear } from '../../files/source-values.ts';
import { gameTypes, teamCodes, teamIds } from '../../names/team-mapping.ts';

/** Columns that tell one shot from another where no event does: its clock and its place among them. */
const shotColumns = [
  ...['GAME_ID', 'PLAYER_ID', 'PERIOD', 'QUARTER', 'MINUTES_REMAINING', 'MINS_LEFT'],
  ...['LOC_X', 'LOC_Y', 'ACTION_TYPE', 'SHOT_TYPE', 'SHOT_DISTANCE', 'SHOT_MADE', 'EVENT_TYPE'],
];
const secondsLeft = ['SECONDS_REMAINING', 'SECS_LEFT'];

/** The same for rows of one shot; NULL where events tell it, or nothing does. */
function shotHash(file: SourceFile): string {
  const theirs = (names: readonly string[]) =>
    names.flatMap((name) => file.columns.get(name) ?? []).map(({ name }) => columnName(name));
  const clock = theirs(secondsLeft);
  return fileValues(file).has('GAME_EVENT_ID') || clock.length === 0
    ? 'CAST(NULL AS UBIGINT)'
    : `hash(${[...theirs(shotColumns), ...clock].join(', ')})`;
}

/** Two tips of a second from one place do occur; a larger part of a game's shots that are alike is written twice. */
const mostAlike = 0.02;

function readFile(file: SourceFile, index: number): string {
  const source = fileValues(file);
  const numbers = {
    event_id: source.id('GAME_EVENT_ID'),
    player_id: source.id('PLAYER_ID'),
    team_id: source.id('TEAM_ID'),
    distance_ft: source.count('SHOT_DISTANCE'),
    made_flag: flagOf(source.count('SHOT_MADE_FLAG')),
  };
  const selected = Object.entries(numbers).flatMap(([column, { value, text }]) => [
    `${value} AS ${column}`,
    `${text} AS ${column}_text`,
  ]);
  return `
  SELECT
    ${index} AS file_index,
    ${source.rowNumber} AS file_row,
    ${gameIdOf(source.text('GAME_ID'))} AS nba_game_id,
    ${source.text('GAME_ID')} AS game_id_text,
    ${source.text('GAME_DATE')} AS date_text,
    ${selected.join(',\n    ')},
    upper(trim(${source.text('HTM')})) AS home_code,
    ${source.text('SHOT_TYPE')} AS shot_type,
    ${boolOf(source.text('IS_ASSISTED'))} AS is_assisted,
    ${source.text('IS_ASSISTED')} AS is_assisted_text,
    ${source.has('GAME_EVENT_ID')} AS has_event_ids,
    ${shotHash(file)} AS shot_hash
  FROM ${source.relation}`;
}

/** A flag that is a number, or true or false. */
function flagOf({ value, text }: WholeNumber): WholeNumber {
  return { value: `coalesce(${value}, CAST(${boolOf(`trim(${text})`)} AS BIGINT))`, text };
}

/** An id of {@link readFile}, there and readable. */
function idRule(name: string, column: string, what: string): string {
  return `WHEN ${column} IS NULL AND ${isGiven(`${column}_text`)} THEN '${name} "' || ${column}_text || '" is no ${what} id'
    WHEN ${column} IS NULL THEN '${name} is missing'`;
}

/** No court is longer, in feet. */
const courtLength = 94;

const brokenRule = `CASE
    ${gameRules('GAME_ID', 'GAME_DATE')}
    ${idRule('GAME_EVENT_ID', 'event_id', 'event')}
    ${idRule('PLAYER_ID', 'player_id', 'player')}
    WHEN player_id <= 0 THEN 'PLAYER_ID "' || player_id || '" is no player id'
    WHEN team_abbr IS NULL THEN 'unknown team "' || coalesce(CAST(team_id AS VARCHAR), team_id_text, '') || '"'
    WHEN shot_type IS NULL OR NOT (starts_with(shot_type, '2PT') OR starts_with(shot_type, '3PT'))
      THEN 'SHOT_TYPE "' || coalesce(shot_type, '') || '" is neither 2PT nor 3PT'
    ${numberRule('SHOT_DISTANCE', 'distance_ft')}
    WHEN distance_ft < 0 THEN 'SHOT_DISTANCE ' || distance_ft || ' is negative'
    WHEN distance_ft > ${courtLength} THEN 'SHOT_DISTANCE ' || distance_ft || ' is longer than the court'
    WHEN made_flag IS NULL OR made_flag NOT IN (0, 1)
      THEN 'SHOT_MADE_FLAG "' || coalesce(CAST(made_flag AS VARCHAR), made_flag_text, '') || '" is neither 0 nor 1'
    ${unreadableFlag('IS_ASSISTED', 'is_assisted')}
  END`;

/**
 * SELECT of all rows of shot charts in the shape of `shots`, with file, row and broken rule.
 */
export function readShots(files: readonly SourceFile[], clock?: ColumnClock): string {
  const isCounted = files.some((file) => !fileValues(file).has('GAME_EVENT_ID'));
  // Counted within a game, a row has the same number in a file of the season and in one of the game.
  const counted = `,
alike AS (
  SELECT *, MIN(file_row) OVER (PARTITION BY file_index, nba_game_id, coalesce(shot_hash, file_row)) AS first_alike
  FROM source
),
shares AS (
  SELECT *, AVG(CAST(first_alike <> file_row AS INTEGER)) OVER (PARTITION BY file_index, nba_game_id) AS share_alike
  FROM alike
),
counted AS (
  SELECT * REPLACE (
    CASE WHEN has_event_ids THEN event_id
      ELSE dense_rank() OVER (
        PARTITION BY file_index, nba_game_id ORDER BY CASE WHEN share_alike > ${mostAlike} THEN first_alike ELSE file_row END
      )
    END AS event_id
  )
  FROM shares
)`;
  return `
WITH source AS (${files.map(readFile).join('\n  UNION ALL')}
)${isCounted ? counted : ''},
typed AS (
  SELECT
    source.*,
    ${dateOf('date_text', clock)} AS game_date,
    made_flag = 1 AS made,
    team.tricode AS team_abbr,
    home.tricode AS home_team_abbr,
    kind.game_type,
    CASE WHEN kind.game_type IS NOT NULL THEN ${seasonYear} END AS season_year
  FROM ${isCounted ? 'counted' : 'source'} AS source
  LEFT JOIN ${teamIds('team')} ON team.team_id = source.team_id
  LEFT JOIN ${teamCodes('home')} ON home.code = source.home_code
  LEFT JOIN ${gameTypes('kind')} ON kind.prefix = substr(source.nba_game_id, 1, 3)
)
SELECT
  file_index, file_row, nba_game_id, event_id, game_date, season_year, game_type, player_id, team_id,
  team_abbr, home_team_abbr, shot_type, distance_ft, made, is_assisted, ${brokenRule} AS broken_rule
FROM typed`;
}
