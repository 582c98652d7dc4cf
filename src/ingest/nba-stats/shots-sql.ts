import type { SourceFile } from '../source-file.ts';
import { boolOf, dateOf, dateRules, gameIdOf, seasonYear, sourceValues } from '../source-values.ts';
import { gameTypes, teamCodes, teamIds } from '../team-mapping.ts';

function readFile(file: SourceFile, index: number): string {
  const source = sourceValues(file);
  return `
  SELECT
    ${index} AS file_index,
    ${source.rowNumber} AS file_row,
    ${gameIdOf(source.text('GAME_ID'))} AS nba_game_id,
    ${source.integer('GAME_EVENT_ID')} AS event_id,
    ${source.text('GAME_DATE')} AS date_text,
    ${source.integer('PLAYER_ID')} AS player_id,
    ${source.integer('TEAM_ID')} AS team_id,
    upper(trim(${source.text('HTM')})) AS home_code,
    ${source.text('SHOT_TYPE')} AS shot_type,
    ${source.integer('SHOT_DISTANCE')} AS distance_ft,
    ${source.integer('SHOT_MADE_FLAG')} AS made_flag,
    ${boolOf(source.text('IS_ASSISTED'))} AS is_assisted
  FROM ${source.relation}`;
}

const brokenRule = `CASE
    ${dateRules('GAME_DATE')}
    WHEN event_id IS NULL THEN 'GAME_EVENT_ID is missing'
    WHEN player_id IS NULL THEN 'PLAYER_ID is missing'
    WHEN team_abbr IS NULL THEN 'unknown team "' || coalesce(CAST(team_id AS VARCHAR), '') || '"'
    WHEN shot_type IS NULL OR NOT (starts_with(shot_type, '2PT') OR starts_with(shot_type, '3PT'))
      THEN 'SHOT_TYPE "' || coalesce(shot_type, '') || '" is neither 2PT nor 3PT'
    WHEN distance_ft < 0 THEN 'SHOT_DISTANCE ' || distance_ft || ' is negative'
    WHEN made_flag IS NULL OR made_flag NOT IN (0, 1)
      THEN 'SHOT_MADE_FLAG "' || coalesce(CAST(made_flag AS VARCHAR), '') || '" is neither 0 nor 1'
  END`;

/** SELECT of all rows of shot charts in the shape of `shots`, with file, row and broken rule. */
export function readShots(files: readonly SourceFile[]): string {
  return `
WITH source AS (${files.map(readFile).join('\n  UNION ALL')}
),
typed AS (
  SELECT
    source.*,
    ${dateOf('date_text')} AS game_date,
    made_flag = 1 AS made,
    team.tricode AS team_abbr,
    home.tricode AS home_team_abbr,
    kind.game_type,
    CASE WHEN kind.game_type IS NOT NULL THEN ${seasonYear} END AS season_year
  FROM source
  LEFT JOIN ${teamIds('team')} ON team.team_id = source.team_id
  LEFT JOIN ${teamCodes('home')} ON home.code = source.home_code
  LEFT JOIN ${gameTypes('kind')} ON kind.prefix = substr(source.nba_game_id, 1, 3)
)
SELECT
  *,
  ${brokenRule} AS broken_rule
FROM typed`;
}
