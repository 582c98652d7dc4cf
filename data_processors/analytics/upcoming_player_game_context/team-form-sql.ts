import { gameWindows } from '../../../src/games/game-windows-sql.ts';
import { scheduledGames, teamGamesSql } from '../../../src/games/team-games-sql.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';

const opponentColumns = [
  'has_form',
  'days_since',
  'paced_games',
  'pace_tenths',
  'rated_games',
  'rating_hundredths',
  'ft_attempts_allowed',
  'fg_attempts_allowed',
];

/** A game has two rows, of which one has no row before it and the other none after it. */
const ofOpponent = (name: string) => `COALESCE(LAG(${name}) OVER game, LEAD(${name}) OVER game)`;

/**
 * CTEs that end in `matchup`: for each team of a date its last 10 final games before it, as sums and counts,
 * and beside them those of its opponent. A team without an earlier game has no form: NULL.
 */
export function teamFormCtes(context: SqlContext): string {
  const { sql, input } = context;
  const over10 = (expression: string, name: string) =>
    `${sql.sumOver(expression, 'last_10')} AS ${name}`;
  return `team_games AS (${teamGamesSql(context)}
),
team_rolled AS (
  SELECT
    scheduled.team_abbr,
    scheduled.season_year,
    scheduled.game_date,
    LEAD(scheduled.game_date) OVER season AS next_game_date,
    COUNT(offense.pace) OVER last_10 AS paced_games,
    ${over10(sql.units('offense.pace', 1), 'pace_tenths')},
    COUNT(defense.defensive_rating) OVER last_10 AS rated_games,
    ${over10(sql.units('defense.defensive_rating', 2), 'rating_hundredths')},
    ${over10('defense.opp_ft_attempts', 'ft_attempts_allowed')},
    ${over10('defense.opp_fg_attempts', 'fg_attempts_allowed')}
  FROM team_games AS scheduled
  LEFT JOIN ${input('team_offense_game_summary')} AS offense
    ON offense.game_date = scheduled.game_date
    AND offense.team_abbr = scheduled.team_abbr
  LEFT JOIN ${input('team_defense_game_summary')} AS defense
    ON defense.game_date = scheduled.game_date
    AND defense.team_abbr = scheduled.team_abbr
  ${gameWindows(scheduledGames, [10])}
),
team_form AS (
  SELECT
    slate.team_abbr,
    slate.nba_game_id,
    slate.game_date,
    team_rolled.team_abbr IS NOT NULL AS has_form,
    unix_date(slate.game_date) - unix_date(team_rolled.game_date) AS days_since,
    team_rolled.paced_games,
    team_rolled.pace_tenths,
    team_rolled.rated_games,
    team_rolled.rating_hundredths,
    team_rolled.ft_attempts_allowed,
    team_rolled.fg_attempts_allowed
  FROM slate
  LEFT JOIN team_rolled
    ON team_rolled.team_abbr = slate.team_abbr
    AND team_rolled.season_year = slate.season_year
    AND team_rolled.game_date < slate.game_date
    AND COALESCE(team_rolled.next_game_date, DATE '9999-12-31') >= slate.game_date
),
matchup AS (
  SELECT
    *,
    ${opponentColumns.map((name) => `${ofOpponent(name)} AS opponent_${name}`).join(',\n    ')}
  FROM team_form
  WINDOW game AS (PARTITION BY game_date, nba_game_id ORDER BY team_abbr)
)`;
}
