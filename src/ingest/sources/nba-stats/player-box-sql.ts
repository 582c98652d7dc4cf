import { fileValues } from '../../files/file-values.ts';
import { numberRule, unreadableFlag } from '../../files/row-rules.ts';
import type { SourceFile } from '../../files/source-file.ts';
import {
  boolOf,
  dateOf,
  gameIdOf,
  gameRules,
  isGiven,
  minutesText,
  seasonYear,
  secondsOf,
} from '../../files/source-values.ts';
import { gameTypes, teamCodes } from '../../names/team-mapping.ts';
import { boxCounts } from './source-columns.ts';

const numbers = [...boxCounts, 'PLUS_MINUS'] as const;
const columnOf = (name: string) => name.toLowerCase();

function readFile(file: SourceFile, index: number): string {
  const source = fileValues(file);
  const player = source.id('PLAYER_ID');
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
    ${player.value} AS player_id,
    ${player.text} AS player_id_text,
    trim(${source.text('PLAYER_NAME')}) AS player_name,
    contains(${source.text('MATCHUP')}, 'vs.') AS marks_home,
    coalesce(${minutesText(source.text('MIN_SEC'))}, ${minutesText(source.text('MIN'))}) AS minutes_text,
    ${selected.join(',\n    ')},
    ${boolOf(source.text('STARTER'))} AS starter,
    ${source.text('STARTER')} AS starter_text
  FROM ${source.relation}`;
}

const counts = boxCounts.map(columnOf);
const mostCount = `greatest(${counts.map((name) => `coalesce(${name}, 0)`).join(', ')})`;

/** Nobody is known to have played more than 69 minutes of a game. */
const mostMinutes = 75;

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
    WHEN seconds_played IS NULL AND season_year >= ${firstSeasonWithMinutes} AND ${mostCount} > 0
      THEN 'MIN is missing for a player with counts'`;

/** First rule that a row breaks, in words; NULL for a sound row. Rows of dropped games never fail. */
const brokenRule = `CASE
    ${gameRules('GAME_ID', 'GAME_DATE')}
    WHEN player_id IS NULL AND ${isGiven('player_id_text')} THEN 'PLAYER_ID "' || player_id_text || '" is no player id'
    WHEN player_id IS NULL THEN 'PLAYER_ID is missing'
    WHEN player_id <= 0 THEN 'PLAYER_ID "' || player_id || '" is no player id'
    WHEN coalesce(player_name, '') = '' THEN 'PLAYER_NAME is missing'
    WHEN contains(player_name, chr(0)) THEN 'PLAYER_NAME has a zero byte'
    WHEN team_abbr IS NULL THEN 'unknown team "' || coalesce(team_code, '') || '"'
    WHEN marks_home IS NULL THEN 'MATCHUP is missing'
    ${numbers.map((name) => numberRule(name, columnOf(name))).join('\n    ')}
    ${unreadableFlag('STARTER', 'starter')}
    WHEN least(${counts.map((name) => `coalesce(${name}, 0)`).join(', ')}) < 0 THEN 'a count is negative'
    ${minutesRule}
    WHEN seconds_played > 0 AND (${counts.map((name) => `${name} IS NULL`).join(' OR ')})
      THEN 'a count is missing for a player with time on court'
    WHEN fgm > fga THEN 'FGM ' || fgm || ' > FGA ' || fga
    WHEN fg3m > fg3a THEN 'FG3M ' || fg3m || ' > FG3A ' || fg3a
    WHEN ftm > fta THEN 'FTM ' || ftm || ' > FTA ' || fta
    WHEN fg3m > fgm THEN 'FG3M ' || fg3m || ' > FGM ' || fgm
    WHEN fg3a > fga THEN 'FG3A ' || fg3a || ' > FGA ' || fga
    WHEN pts <> 2 * (fgm - fg3m) + 3 * fg3m + ftm
      THEN 'PTS ' || pts || ' is not 2·(FGM − FG3M) + 3·FG3M + FTM = ' || (2 * (fgm - fg3m) + 3 * fg3m + ftm)
  END`;

/** SELECT of all rows of player game logs in the shape of `player_box`, with file, row and broken rule. */
export function readPlayerBox(files: readonly SourceFile[]): string {
  return `
WITH source AS (${files.map(readFile).join('\n  UNION ALL')}
),
typed AS (
  SELECT
    source.*,
    ${dateOf('date_text')} AS game_date,
    ${secondsOf('minutes_text')} AS seconds_played,
    team.tricode AS team_abbr,
    kind.game_type,
    CASE WHEN kind.game_type IS NOT NULL THEN ${seasonYear} END AS season_year
  FROM source
  LEFT JOIN ${teamCodes('team')} ON team.code = source.team_code
  LEFT JOIN ${gameTypes('kind')} ON kind.prefix = substr(source.nba_game_id, 1, 3)
)
SELECT
  file_index, file_row, nba_game_id, game_date, season_year, game_type, team_code, team_abbr,
  player_id, player_name, marks_home, seconds_played, ${counts.join(', ')}, plus_minus, starter,
  ${brokenRule} AS broken_rule
FROM typed`;
}
