import { isLeagueDate, possibleDate, unreadableDateHint } from './dates.ts';
import { isGiven } from './source-values.ts';

/**
 * Cases of `broken_rule` that the plain files share. A column `x` stands beside `x_text`, which is
 * what the file has.
 */

/** The column must be there. */
export function missing(column: string): string {
  return `WHEN ${column}_text IS NULL THEN '${column} is missing'`;
}

/** What is there must be readable. */
export function unreadable(column: string): string {
  return `WHEN ${column} IS NULL AND ${column}_text IS NOT NULL
      THEN 'unreadable ${column} "' || ${column}_text || '"'`;
}

/** A value that is there must be a number. */
export function notANumber(column: string): string {
  return `WHEN ${column} IS NULL AND ${column}_text IS NOT NULL
      THEN '${column} "' || ${column}_text || '" is not a number'`;
}

/** A count that is there must be one; `name` is what the file calls it. */
export function numberRule(name: string, column: string): string {
  return `WHEN ${column} IS NULL AND ${isGiven(`${column}_text`)} THEN '${name} "' || ${column}_text || '" is no whole number'`;
}

/** A flag that is there must be one. */
export function unreadableFlag(name: string, column: string): string {
  return `WHEN ${column} IS NULL AND ${isGiven(`${column}_text`)} THEN '${name} "' || ${column}_text || '" is neither true nor false'`;
}

/** A team that is there must be one of the 30, by tricode, variant or full name. */
export function unknownTeam(column: string): string {
  return `WHEN ${column} IS NULL AND ${column}_text IS NOT NULL
      THEN 'unknown team "' || ${column}_text || '"'`;
}

/** A date that the league can have played on. */
export const leagueDate = `${missing('game_date')}
    ${unreadable('game_date')}
    WHEN NOT (${isLeagueDate('game_date')})
      THEN 'game_date ' || game_date || ' is in no season'`;

/** Both teams must be known, and must not be the same. */
export const twoTeams = `${missing('home_team_abbr')}
    ${missing('away_team_abbr')}
    ${unknownTeam('home_team_abbr')}
    ${unknownTeam('away_team_abbr')}
    WHEN home_team_abbr = away_team_abbr THEN home_team_abbr || ' plays against itself'`;

/** A tip-off that belongs to the date: a wrong one would let lines of the game itself pass for early. */
export const tipoffOnDate = `${unreadable('tipoff_at')}
    WHEN tipoff_at < CAST(game_date AS TIMESTAMPTZ) OR tipoff_at >= CAST(game_date + 2 AS TIMESTAMPTZ)
      THEN 'tipoff_at ' || tipoff_at_text || ' is not on game_date ' || game_date`;

/** What has become of the id of a game that cannot be read, where that can be told. */
function lostIdHint(text: string): string {
  return `CASE
        WHEN regexp_matches(${text}, '^\\s*[0-9.,]+e[+]?\\d+', 'i') THEN ': a table tool has rounded it; load the file anew and keep the column as text'
        WHEN regexp_matches(${text}, '^\\s*\\d+([,.\\x27 ]\\d{3})+\\s*$') THEN ': a table tool has grouped its digits; keep the column as text'
        WHEN regexp_matches(${text}, '^\\s*40\\d{7}\\s*$') THEN ': it is one of ESPN, whose ids belong to no game of the NBA'
        WHEN regexp_matches(${text}, '^\\s*(nba_)?game_?id\\s*$', 'i') THEN ': the headings stand among the rows'
        ELSE ''
      END`;
}

/**
 * The rules about ids and dates of games, first cases of what a row may break: a date must belong to
 * the season of its game id.
 */
export function gameRules(id: 'GAME_ID' | 'nba_game_id', date: 'GAME_DATE' | 'game_date'): string {
  return `WHEN nba_game_id IS NULL
      THEN CASE WHEN coalesce(game_id_text, '') = '' THEN '${id} is missing' ELSE '${id} "' || game_id_text || '" is no NBA game id' || ${lostIdHint('game_id_text')} END
    WHEN game_date IS NULL THEN 'unreadable ${date} "' || coalesce(date_text, '') || '"' || ${unreadableDateHint('date_text')}
    WHEN NOT (${possibleDate('season_year')})
      THEN '${date} ' || game_date || ' is outside season ' || season_year || ' of game ' || nba_game_id`;
}
