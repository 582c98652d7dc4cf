import { gameWindows } from '../../../src/games/game-windows-sql.ts';
import { latestBefore } from '../../../src/games/team-games-sql.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';
import { absenceSums, amountsOf, groupAmounts, opponentSums } from './absence-features.ts';

/** How many games of his team are looked at. */
const teamGames = 10;

const earlier = Array.from({ length: teamGames - 1 }, (_, index) => index + 1);

/** What is read of player_game_summary besides the sums of `form`. */
export const rosterInput: readonly string[] = [
  ...['universal_player_id', 'season_year', 'game_date', 'team_abbr', 'is_active'],
  ...['seconds_played', 'points', 'usage_rate'],
];

/**
 * CTEs that end in `rostered` and `absent`. The first has what each player of the rosters of a date has missed of the games
 * of his team, and what he adds to the groups of those who are missing; the second has the sums of each team and, under
 * `opponent_…`, of whom it meets.
 */
export function rosterCtes({ sql, input }: SqlContext): string {
  const teamOffense = input('team_offense_game_summary');
  const isAmongLast = (number: string) =>
    `CASE WHEN ${number} > team_latest_game.team_game_number - ${teamGames} THEN 1 ELSE 0 END`;
  const played = [
    'played.team_game_number',
    ...earlier.map((back) => `played.game_number_${back}`),
  ];
  return `numbered AS (
  SELECT
    team_abbr,
    season_year,
    game_date,
    LEAD(game_date) OVER season AS next_game_date,
    ROW_NUMBER() OVER season AS team_game_number
  FROM ${teamOffense} AS game
  ${gameWindows({ entity: 'team_abbr', seasonYear: 'season_year', gameDate: 'game_date' }, [])}
),
played AS (
  SELECT
    game.universal_player_id,
    game.game_date,
    numbered.team_game_number,
    ${earlier
      .map((back) => `LAG(numbered.team_game_number, ${back}) OVER of_team AS game_number_${back}`)
      .join(',\n    ')},
    ${amountsOf(sql)
      .map(({ name, sum }) => `${sql.sumOver(sum, 'to_date')} AS ${name}`)
      .join(',\n    ')}
  FROM ${input('player_game_summary')} AS game
  LEFT JOIN numbered
    ON numbered.game_date = game.game_date
    AND numbered.team_abbr = game.team_abbr
  WHERE game.is_active
  ${gameWindows({ entity: 'game.universal_player_id', seasonYear: 'game.season_year', gameDate: 'game.game_date' }, [])},
    of_team AS (PARTITION BY game.universal_player_id, game.season_year, game.team_abbr ORDER BY game.game_date)
),
team_latest_game AS (
  SELECT target_dates.analysis_date, numbered.team_abbr, numbered.team_game_number
  FROM target_dates
  INNER JOIN numbered
    ON ${latestBefore('numbered')}
),
known_roster AS (
  SELECT
    upcoming.game_date,
    upcoming.game_id,
    upcoming.team_abbr,
    upcoming.universal_player_id,
    upcoming.player_status,
    team_latest_game.team_game_number AS team_games,
    team_latest_game.team_game_number - played.team_game_number AS games_missed,
    ${played.map(isAmongLast).join('\n    + ')} AS played_of_last_ten,
    played.team_game_number,
    played.game_number_1,
    ${amountsOf(sql)
      .map(({ name }) => `played.${name}`)
      .join(',\n    ')}
  FROM target_dates
  INNER JOIN ${input('upcoming_player_game_context')} AS upcoming
    ON upcoming.game_date = target_dates.analysis_date
  LEFT JOIN played
    ON played.universal_player_id = upcoming.universal_player_id
    AND played.game_date = upcoming.last_game_date
  LEFT JOIN team_latest_game
    ON team_latest_game.analysis_date = upcoming.game_date
    AND team_latest_game.team_abbr = upcoming.team_abbr
),
rostered AS (
  SELECT
    game_date,
    game_id,
    team_abbr,
    universal_player_id,
    team_games,
    games_missed,
    played_of_last_ten,
    ${groupAmounts(sql).join(',\n    ')}
  FROM known_roster
),
absent_of_team AS (
  SELECT
    game_date,
    game_id,
    team_abbr,
    ${absenceSums.map((name) => `${sql.sum(name)} AS ${name}`).join(',\n    ')}
  FROM rostered
  GROUP BY game_date, game_id, team_abbr
),
absent AS (
  SELECT
    *,
    ${opponentSums
      .map(
        (name) => `COALESCE(LAG(${name}) OVER sides, LEAD(${name}) OVER sides) AS opponent_${name}`,
      )
      .join(',\n    ')}
  FROM absent_of_team
  WINDOW sides AS (PARTITION BY game_date, game_id ORDER BY team_abbr)
)`;
}
