import type { SourceFile } from '../source-file.ts';
import {
  boolOf,
  dateOf,
  dateRules,
  gameIdOf,
  seasonYear,
  secondsOf,
  sourceValues,
} from '../source-values.ts';
import { gameTypes, teamCodes } from '../team-mapping.ts';
import { boxCounts } from './source-columns.ts';

function readFile(file: SourceFile, index: number): string {
  const source = sourceValues(file);
  const minutes = source.has('MIN_SEC') ? source.text('MIN_SEC') : 'CAST(NULL AS VARCHAR)';
  const counts = boxCounts.map((name) => `${source.integer(name)} AS ${name.toLowerCase()}`);
  return `
  SELECT
    ${index} AS file_index,
    ${source.rowNumber} AS file_row,
    ${gameIdOf(source.text('GAME_ID'))} AS nba_game_id,
    ${source.text('GAME_DATE')} AS date_text,
    upper(trim(${source.text('TEAM_ABBREVIATION')})) AS team_code,
    ${source.integer('PLAYER_ID')} AS player_id,
    trim(${source.text('PLAYER_NAME')}) AS player_name,
    contains(${source.text('MATCHUP')}, 'vs.') AS marks_home,
    trim(coalesce(${minutes}, ${source.text('MIN')})) AS minutes_text,
    ${counts.join(',\n    ')},
    ${source.integer('PLUS_MINUS')} AS plus_minus,
    ${boolOf(source.text('STARTER'))} AS starter
  FROM ${source.relation}`;
}

const counts = boxCounts.map((name) => name.toLowerCase());

/** First rule that a row breaks, in words; NULL for a sound row. Rows of dropped games never fail. */
const brokenRule = `CASE
    ${dateRules('GAME_DATE')}
    WHEN player_id IS NULL THEN 'PLAYER_ID is missing'
    WHEN coalesce(player_name, '') = '' THEN 'PLAYER_NAME is missing'
    WHEN team_abbr IS NULL THEN 'unknown team "' || coalesce(team_code, '') || '"'
    WHEN marks_home IS NULL THEN 'MATCHUP is missing'
    WHEN least(${counts.map((name) => `coalesce(${name}, 0)`).join(', ')}) < 0 THEN 'a count is negative'
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
  *,
  ${brokenRule} AS broken_rule
FROM typed`;
}
