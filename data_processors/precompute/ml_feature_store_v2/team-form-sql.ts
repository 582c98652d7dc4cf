import { sumsSelect, windowSizes } from '../../../src/games/game-sums.ts';
import { gameWindows } from '../../../src/games/game-windows-sql.ts';
import { sumsOf } from '../../../src/games/games-measures.ts';
import { latestBefore } from '../../../src/games/team-games-sql.ts';
import { markets } from '../../../src/league/markets.ts';
import { selectList } from '../../../src/table/measure.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';
import { allowedForm, leagueSums, teamForm } from './team-features.ts';

const formed = [...teamForm, ...allowedForm];
const teamColumns = [...new Set(markets.flatMap((market) => market.teamColumns))];

/** What is read of team_offense_game_summary. */
export const teamFormInput: readonly string[] = [
  ...['team_abbr', 'opponent_team_abbr', 'season_year', 'game_date', 'win_flag'],
  ...['pace', 'offensive_rating'],
  ...teamColumns,
];

/** What a team brings into a game besides its form, as upcoming_team_game_context has it. */
const ofSchedule = ['travel_miles', 'time_zone_change_hours'];

/** A game has two rows, of which one has no row before it and the other none after it. */
const ofOther = (name: string) => `COALESCE(LAG(${name}) OVER sides, LEAD(${name}) OVER sides)`;

/**
 * CTEs that end in `matchup`: for each team of a date its games of the season before it and, under `opponent_…`, those of
 * whom it meets.
 */
export function teamFormCtes({ sql, input }: SqlContext): string {
  const sums = sumsOf(formed);
  const games = input('team_offense_game_summary');
  return `team_box AS (
  SELECT
    own.team_abbr,
    own.season_year,
    own.game_date,
    own.win_flag,
    own.pace,
    own.offensive_rating,
    opponent.offensive_rating AS defensive_rating,
    ${teamColumns.map((name) => `opponent.${name} AS opponent_${name}`).join(',\n    ')}
  FROM ${games} AS own
  INNER JOIN ${games} AS opponent
    ON opponent.game_date = own.game_date
    AND opponent.team_abbr = own.opponent_team_abbr
),
team_rolled AS (
  SELECT
    team_abbr,
    season_year,
    game_date,
    LEAD(game_date) OVER season AS next_game_date,
    ROW_NUMBER() OVER season AS games_season,
    ${windowSizes(sums)
      .map((size) => `COUNT(*) OVER last_${size} AS games_${size}`)
      .join(',\n    ')},
    ${sumsSelect(sums, sql)}
  FROM team_box
  ${gameWindows({ entity: 'team_abbr', seasonYear: 'season_year', gameDate: 'game_date' }, windowSizes(sums))}
),
league AS (
  SELECT
    target_dates.analysis_date,
    COUNT(*) AS league_games,
    ${leagueSums.map(({ name, from }) => `${sql.sum(from)} AS ${name}`).join(',\n    ')}
  FROM target_dates
  INNER JOIN ${games} AS game
    ON game.season_year = target_dates.season_year
    AND game.game_date < target_dates.analysis_date
  GROUP BY target_dates.analysis_date
),
team_latest AS (
  SELECT target_dates.analysis_date, team_rolled.*
  FROM target_dates
  INNER JOIN team_rolled
    ON ${latestBefore('team_rolled')}
),
team_form AS (
  SELECT
    slate.game_date,
    slate.nba_game_id,
    slate.team_abbr,
    ${ofSchedule.map((name) => `slate.${name}`).join(',\n    ')},
    ${selectList(formed, sql, 4)}
  FROM ${input('upcoming_team_game_context')} AS slate
  INNER JOIN target_dates
    ON target_dates.analysis_date = slate.game_date
  LEFT JOIN team_latest
    ON team_latest.analysis_date = slate.game_date
    AND team_latest.team_abbr = slate.team_abbr
  LEFT JOIN league
    ON league.analysis_date = slate.game_date
),
matchup AS (
  SELECT
    game_date,
    team_abbr,
    ${ofSchedule.join(',\n    ')},
    ${teamForm.map(({ name }) => `${name} AS team_${name}`).join(',\n    ')},
    ${formed.map(({ name }) => `${ofOther(name)} AS opponent_${name}`).join(',\n    ')}
  FROM team_form
  WINDOW sides AS (PARTITION BY game_date, nba_game_id ORDER BY team_abbr)
)`;
}
