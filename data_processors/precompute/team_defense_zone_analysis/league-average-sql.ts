import { sumOf } from '../../../src/games/game-sums.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';
import { seasonToDate } from '../../../src/window/window.ts';
import { zoneCount } from '../../shared/shots/zone-counts.ts';
import { zoneGames } from './measures.ts';
import { defenseZones } from './zones.ts';

const counts = defenseZones.flatMap(({ makes, attempts }) => [makes, attempts].map(zoneCount));

/** Columns of `league`, each a count of the league average that is used. */
export const leagueCounts = counts.map(({ name }) => name);

/** Sums of `known` that the league average of the season so far is pooled from. */
export const seasonSums = [zoneGames, ...counts].map((value) => sumOf(value, seasonToDate));

/**
 * CTEs that end in `league`: one row per target date with the pooled makes and attempts of each
 * zone, from the first window in which at least 10 teams have at least 5 games with shot data.
 * The season's window exists because shot charts end with the regular season: in May no game of
 * the last 30 days has any. It reads the running sums of `known`, the other the games themselves.
 */
export function leagueAverageCtes({ sql, input }: SqlContext): string {
  const choose = (column: string, fallback: number) =>
    `COALESCE(month.${column}, season.${column}, ${fallback}) AS ${column}`;
  return `league_last_30_days AS (
  SELECT
    analysis_date,
    COUNT(*) AS teams,
    ${leagueCounts.map((name) => `${sql.sum(name)} AS ${name}`).join(',\n    ')}
  FROM (
    SELECT
      target_dates.analysis_date,
      game.team_abbr,
      ${counts.map(({ name, reads }) => `${sql.sum(`game.${reads}`)} AS ${name}`).join(',\n      ')}
    FROM target_dates
    INNER JOIN ${input('team_defense_game_summary')} AS game
      ON game.season_year = target_dates.season_year
      AND game.game_date < target_dates.analysis_date
      AND game.game_date >= target_dates.analysis_date - 30
    WHERE game.has_shot_zones
    GROUP BY target_dates.analysis_date, game.team_abbr
    HAVING COUNT(*) >= 5
  ) AS qualifying
  GROUP BY analysis_date
  HAVING COUNT(*) >= 10
),
league_season_to_date AS (
  SELECT
    analysis_date,
    COUNT(*) AS teams,
    ${leagueCounts.map((name) => `${sql.sum(`${name}_season`)} AS ${name}`).join(',\n    ')}
  FROM known
  WHERE games_with_shot_zones_season >= 5
  GROUP BY analysis_date
  HAVING COUNT(*) >= 10
),
league AS (
  SELECT
    target_dates.analysis_date,
    CASE
      WHEN month.teams IS NOT NULL THEN 'last_30_days'
      WHEN season.teams IS NOT NULL THEN 'season_to_date'
      ELSE 'default'
    END AS source,
    ${choose('teams', 0)},
    ${defenseZones
      .map(
        ({ name, fallbackThousandths }) =>
          `${choose(`${name}_makes`, fallbackThousandths)},\n    ${choose(`${name}_attempts`, 1000)}`,
      )
      .join(',\n    ')}
  FROM target_dates
  LEFT JOIN league_last_30_days AS month
    ON month.analysis_date = target_dates.analysis_date
  LEFT JOIN league_season_to_date AS season
    ON season.analysis_date = target_dates.analysis_date
)`;
}
