import type { SqlDialect } from '../sql/sql-dialect.ts';
import type { SqlContext } from '../table/sql-context.ts';
import type { GameWindowColumns } from './game-windows-sql.ts';

/** Relation (is_a) of the two sides of a game, to cross with games: a UNION of both would read these twice. */
export function bothSides(sql: SqlDialect, alias: string): string {
  return sql.constants(alias, ['is_a'], [['TRUE'], ['FALSE']]);
}

/**
 * SELECT of the games of the schedule, whether or not they have a result, one row per team and game:
 * (season_year, game_date, nba_game_id, team_abbr). A game that was called off is none of them. Reads
 * `schedule`.
 */
export function scheduledGamesSql({ sql, input }: SqlContext): string {
  return gamesSql(sql, input('schedule'), '');
}

/** Those of {@link scheduledGamesSql} that are final. Reads `schedule` and `game_results`. */
export function teamGamesSql({ sql, input }: SqlContext): string {
  return gamesSql(
    sql,
    input('schedule'),
    `
  INNER JOIN ${input('game_results')} AS result
    ON result.nba_game_id = game.nba_game_id
    AND result.game_date = game.game_date
    AND result.status = 'final'`,
  );
}

function gamesSql(sql: SqlDialect, schedule: string, results: string): string {
  return `
  SELECT
    game.season_year,
    game.game_date,
    game.nba_game_id,
    CASE WHEN side.is_a THEN game.team_a_abbr ELSE game.team_b_abbr END AS team_abbr
  FROM ${schedule} AS game${results}
  CROSS JOIN ${bothSides(sql, 'side')}`;
}

/** The columns of {@link scheduledGamesSql} under the alias `scheduled`. */
export const scheduledGames: GameWindowColumns = {
  entity: 'scheduled.team_abbr',
  seasonYear: 'scheduled.season_year',
  gameDate: 'scheduled.game_date',
};

/**
 * Join condition that picks, for each target date, the latest row strictly before it of a relation
 * whose rows carry `game_date` and the entity's `next_game_date` (NULL for its last game).
 */
export function latestBefore(relation: string): string {
  return `${relation}.season_year = target_dates.season_year
    AND ${relation}.game_date < target_dates.analysis_date
    AND COALESCE(${relation}.next_game_date, DATE '9999-12-31') >= target_dates.analysis_date`;
}
