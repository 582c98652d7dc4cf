import { type ColumnClock, dateOf } from '../../files/dates.ts';
import { fileValues } from '../../files/file-values.ts';
import { gameRules, numberRule, unreadableFlag } from '../../files/row-rules.ts';
import type { SourceFile } from '../../files/source-content.ts';
import {
  boolOf,
  gameIdOf,
  isGiven,
  minutesText,
  seasonYear,
  secondsOf,
} from '../../files/source-values.ts';
import { gameTypes, teamCodes, teamIds } from '../../names/team-mapping.ts';
import { boxCounts, sometimesKept } from './source-columns.ts';

const numbers = [...boxCounts, 'PLUS_MINUS'] as const;
const columnOf = (name: string) => name.toLowerCase();

/** `W` and `L`, also of a flag; any other text as it is. */
function resultOf(text: string): string {
  const result = `upper(trim(${text}))`;
  return `CASE WHEN ${result} IN ('TRUE', '1', '1.0', 'WIN', 'WON') THEN 'W' WHEN ${result} IN ('FALSE', '0', '0.0', 'LOSS', 'LOST') THEN 'L' ELSE ${result} END`;
}

/** `BOS@NYK` and `BOSvs.NYK` have a blank on both sides of what stands between the teams. */
function spacedMatchup(text: string): string {
  return `CASE WHEN contains(${text}, ' ') THEN ${text} ELSE regexp_replace(${text}, '^(\\w+?)(@|VS\\.)(\\w+)$', '\\1 \\2 \\3') END`;
}

function readFile(file: SourceFile, index: number): string {
  const source = fileValues(file);
  const player = source.id('PLAYER_ID');
  const team = source.id('TEAM_ID');
  const selected = numbers.flatMap((name) => {
    const { value, text } = source.count(name);
    return [`${value} AS ${columnOf(name)}`, `${text} AS ${columnOf(name)}_text`];
  });
  return `
  SELECT
    ${index} AS file_index,
    ${source.rowNumber} AS file_row,
    ${gameIdOf(source.text('GAME_ID'))} AS nba_game_id,
    ${source.text('GAME_ID')} AS game_id_text,
    ${source.text('GAME_DATE')} AS date_text,
    upper(trim(${source.text('TEAM_ABBREVIATION')})) AS team_code,
    ${team.value} AS team_id,
    ${team.text} AS team_id_text,
    ${player.value} AS player_id,
    ${player.text} AS player_id_text,
    trim(${source.text('PLAYER_NAME')}) AS player_name,
    ${spacedMatchup(`upper(trim(replace(${source.text('MATCHUP')}, '\u00a0', ' ')))`)} AS matchup,
    ${boolOf(source.text('IS_HOME'))} AS is_home,
    ${resultOf(source.text('WL'))} AS result_text,
    trim(${source.text('SEASON_YEAR')}) AS season_text,
    trim(${source.text('SEASON_TYPE')}) AS season_type,
    coalesce(${minutesText(source.text('MIN_SEC'))}, ${minutesText(source.text('MIN'))}) AS minutes_text,
    ${source.has('MIN_SEC') ? `TRY_CAST(${source.text('MIN')} AS DOUBLE)` : 'CAST(NULL AS DOUBLE)'} AS decimal_minutes,
    ${selected.join(',\n    ')},
    ${boolOf(source.text('STARTER'))} AS starter,
    ${source.text('STARTER')} AS starter_text,
    ${source.text('GAME_STATUS')} AS game_status,
    ${file.shape.gamesElsewhere === true} AS is_elsewhere
  FROM ${source.relation}`;
}

const counts = boxCounts.map(columnOf);
const alwaysKept = counts.filter((name) => !sometimesKept.includes(name));
const mostCount = `greatest(${counts.map((name) => `coalesce(${name}, 0)`).join(', ')})`;

/** Nobody is known to have played more than 69 minutes of a game. */
const mostMinutes = 75;

/** What is no further apart is rounding: of 34:29 and 34 minutes, of 34:59 and 34:60 cut to 34. */
const roundedSeconds = 60;

/** Minutes are known from this season on. */
const firstSeasonWithMinutes = 1951;

const minutesRule = `WHEN seconds_played IS NULL AND minutes_text IS NOT NULL
      THEN 'unreadable MIN "' || minutes_text || '"' || CASE
        WHEN starts_with(minutes_text, '-') THEN ': it is negative'
        WHEN regexp_matches(minutes_text, ':[6-9]\\d') THEN ': a minute has 60 seconds'
        ELSE ''
      END
    WHEN seconds_played > ${60 * mostMinutes}
      THEN 'MIN "' || minutes_text || '" is more than any game has: ' || CASE
        WHEN contains(minutes_text, ':') THEN 'are these hours and minutes?'
        ELSE 'are these seconds?'
      END
    WHEN abs(60 * decimal_minutes - seconds_played) > ${roundedSeconds}
      THEN 'MIN ' || decimal_minutes || ' is not MIN_SEC "' || minutes_text || '"'
    WHEN seconds_played IS NULL AND season_year >= ${firstSeasonWithMinutes} AND ${mostCount} > 0
      THEN 'MIN is missing for a player with counts'`;

/** `BOS vs. NYK`, `BOS @ NYK`: the team of the row and the other one. */
const isMatchup = "len(sides) = 3 AND sides[2] IN ('VS.', 'VS', 'V', '@', 'AT')";

/** What says of a game that it is one of the playoffs, or that it is none. */
const contradictedType = `((lower(season_type) = 'playoffs') <> (game_type = 'playoffs')
      AND lower(season_type) IN ('playoffs', 'regular season'))
      OR lower(season_type) IN ('pre season', 'preseason', 'all star', 'all-star')`;

/** What a row says of its game twice must agree: one of the two belongs to another row. */
const agreementRules = `WHEN team_id IS NULL AND ${isGiven('team_id_text')} THEN 'TEAM_ID "' || team_id_text || '" is no team id'
    WHEN team_id IS NOT NULL AND id_team IS NULL THEN 'TEAM_ID ' || team_id || ' is none of the 30 teams'
    WHEN id_team <> code_team THEN 'TEAM_ID ' || team_id || ' is ' || id_team || ', TEAM_ABBREVIATION is ' || team_code
    WHEN NOT coalesce(${isMatchup}, FALSE) AND (is_home IS NULL OR ${isGiven('matchup')})
      THEN CASE WHEN ${isGiven('matchup')} THEN 'MATCHUP "' || matchup || '" is neither "BOS vs. NYK" nor "BOS @ NYK"' ELSE 'MATCHUP is missing' END
    WHEN own_code <> team_code AND coalesce(own_team <> code_team, TRUE)
      THEN 'MATCHUP "' || matchup || '" is not of ' || team_code
    WHEN own_code = other_code THEN 'MATCHUP "' || matchup || '" has one team'
    WHEN result_text NOT IN ('W', 'L') AND ${isGiven('result_text')} THEN 'WL "' || result_text || '" is neither W nor L'
    WHEN NOT starts_with(season_text, CAST(season_year AS VARCHAR)) AND ${isGiven('season_text')}
      AND coalesce(regexp_extract(season_text, '^[1-6](\\d{4})(\\.0)?$', 1) <> CAST(season_year AS VARCHAR), TRUE)
      THEN 'SEASON_YEAR "' || season_text || '" is not the season of game ' || nba_game_id
    WHEN ${contradictedType} THEN 'SEASON_TYPE "' || season_type || '" is not the kind of game ' || nba_game_id`;

/** First rule that a row breaks, in words; NULL for a sound row. Rows of dropped games never fail. */
const brokenRule = `CASE
    WHEN is_elsewhere AND nba_game_id IS NOT NULL AND game_date IS NULL AND NOT coalesce(${isGiven('date_text')}, FALSE)
      THEN 'game ' || nba_game_id || ' is in no schedule that is loaded, and the file has no dates; load a schedule with it (docs/inputs/schedule.md)'
    ${gameRules('GAME_ID', 'GAME_DATE')}
    WHEN player_id IS NULL AND ${isGiven('player_id_text')} THEN 'PLAYER_ID "' || player_id_text || '" is no player id'
    WHEN player_id IS NULL THEN 'PLAYER_ID is missing'
    WHEN player_id <= 0 THEN 'PLAYER_ID "' || player_id || '" is no player id'
    WHEN length(coalesce(player_name, '')) <= 4 AND NOT coalesce(${isGiven('player_name')}, FALSE) THEN 'PLAYER_NAME is missing'
    WHEN contains(player_name, chr(0)) THEN 'PLAYER_NAME has a zero byte'
    WHEN team_abbr IS NULL THEN 'unknown team "' || coalesce(team_code, '') || '"'
    ${agreementRules}
    ${numbers.map((name) => numberRule(name, columnOf(name))).join('\n    ')}
    ${unreadableFlag('STARTER', 'starter')}
    WHEN least(${counts.map((name) => `coalesce(${name}, 0)`).join(', ')}) < 0 THEN 'a count is negative'
    ${minutesRule}
    WHEN seconds_played > 0 AND (${alwaysKept.map((name) => `${name} IS NULL`).join(' OR ')})
      THEN 'a count is missing for a player with time on court'
    WHEN fgm > fga THEN 'FGM ' || fgm || ' > FGA ' || fga
    WHEN fg3m > fg3a THEN 'FG3M ' || fg3m || ' > FG3A ' || fg3a
    WHEN ftm > fta THEN 'FTM ' || ftm || ' > FTA ' || fta
    WHEN fg3m > fgm THEN 'FG3M ' || fg3m || ' > FGM ' || fgm
    WHEN fg3a > fga THEN 'FG3A ' || fg3a || ' > FGA ' || fga
    WHEN pts <> 2 * (fgm - fg3m) + 3 * fg3m + ftm
      THEN 'PTS ' || pts || ' is not 2·(FGM − FG3M) + 3·FG3M + FTM = ' || (2 * (fgm - fg3m) + 3 * fg3m + ftm)
  END`;

/** Adds what the schedule knows of a game to rows of box scores that do not say it. */
function withGames(source: string, clock?: ColumnClock): string {
  return `rows_of_files AS (WITH ${source} SELECT * FROM source),
source AS (
  SELECT rows_of_files.* REPLACE (
    CASE WHEN is_elsewhere AND ${dateOf('date_text', clock)} IS NULL AND NOT coalesce(${isGiven('date_text')}, FALSE)
      THEN CAST(game.game_date AS VARCHAR) ELSE date_text
    END AS date_text,
    CASE WHEN is_elsewhere AND is_home IS NULL AND NOT coalesce(${isGiven('matchup')}, FALSE)
      THEN game.home_team_abbr = coalesce(by_id.tricode, by_code.tricode) ELSE is_home
    END AS is_home
  )
  FROM rows_of_files
  LEFT JOIN nba_raw.schedule AS game ON game.nba_game_id = rows_of_files.nba_game_id
  LEFT JOIN ${teamCodes('by_code')} ON by_code.code = rows_of_files.team_code
  LEFT JOIN ${teamIds('by_id')} ON by_id.team_id = rows_of_files.team_id
)`;
}

/**
 * SELECT of all rows of player game logs in the shape of `player_box`, with file, row and broken rule.
 */
export function readPlayerBox(files: readonly SourceFile[], clock?: ColumnClock): string {
  const isElsewhere = files.some(({ shape }) => shape.gamesElsewhere);
  const source = `source AS (${files.map(readFile).join('\n  UNION ALL')}
)`;
  return `
WITH ${isElsewhere ? withGames(source, clock) : source},
split AS (
  SELECT *, string_split(matchup, ' ') AS sides
  FROM source
),
sided AS (
  SELECT
    *,
    coalesce(team_code = sides[3] AND team_code <> sides[1], FALSE) AS is_second,
    CASE WHEN is_second THEN sides[3] ELSE sides[1] END AS own_code,
    CASE WHEN is_second THEN sides[1] ELSE sides[3] END AS other_code
  FROM split
),
typed AS (
  SELECT
    sided.*,
    coalesce((sides[2] IN ('@', 'AT')) = is_second, is_home) AS marks_home,
    ${dateOf('date_text', clock)} AS game_date,
    ${secondsOf('minutes_text')} AS seconds_played,
    by_code.tricode AS code_team,
    by_id.tricode AS id_team,
    coalesce(by_id.tricode, by_code.tricode) AS team_abbr,
    own.tricode AS own_team,
    other.tricode AS other_team,
    marks_home IS NOT NULL AND sides[2] IS NULL AND NOT is_elsewhere AS is_flagged,
    kind.game_type,
    CASE WHEN kind.game_type IS NOT NULL THEN ${seasonYear} END AS season_year
  FROM sided
  LEFT JOIN ${teamCodes('by_code')} ON by_code.code = sided.team_code
  LEFT JOIN ${teamIds('by_id')} ON by_id.team_id = sided.team_id
  LEFT JOIN ${teamCodes('own')} ON own.code = sided.own_code
  LEFT JOIN ${teamCodes('other')} ON other.code = sided.other_code
  LEFT JOIN ${gameTypes('kind')} ON kind.prefix = substr(sided.nba_game_id, 1, 3)
)
SELECT
  file_index, file_row, nba_game_id, game_date, season_year, game_type, team_code, team_abbr,
  player_id, player_name, marks_home, other_team, is_flagged, result_text = 'W' AS is_won, seconds_played, ${counts.join(', ')}, plus_minus, starter,
  coalesce(regexp_matches(game_status, '^[12](\\.0)?$'), FALSE) AS is_open,
  ${brokenRule} AS broken_rule
FROM typed`;
}
