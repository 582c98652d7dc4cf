import { type GameSum, windowSizes } from '../../../src/games/game-sums.ts';
import { gameWindows, playerGames } from '../../../src/games/game-windows-sql.ts';
import { markets } from '../../../src/league/markets.ts';
import type { SqlDialect } from '../../../src/sql/sql-dialect.ts';
import { sqlText } from '../../../src/sql/sql-text.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';

/**
 * CTEs that end in `form`: what the games of a player add up to, up to and including each of them (`historyColumns`), and
 * `latest_<column>` of the game itself. A window is a running sum less an earlier one, for dozens of windows that are each added
 * up by themselves are most of what the table costs.
 * @param latest columns of the game itself.
 */
export function formCtes(
  { sql, input }: SqlContext,
  sums: readonly GameSum[],
  latest: readonly string[],
): string {
  const combined = markets.filter(({ columns }) => columns.length > 1);
  const values = [...new Map(sums.map((sum) => [sum.of, sum])).values()];
  const games = windowSizes(sums).map(
    (size) =>
      `CASE WHEN games_season < ${size} THEN games_season ELSE ${size} END AS games_${size}`,
  );
  return `totals AS (
  SELECT
    ${['universal_player_id', 'season_year', 'game_date', ...latest].join(',\n    ')},
    ROW_NUMBER() OVER season AS games_season,
    ${values.map((value) => totalOf(value, sql)).join(',\n    ')}
  FROM (
    SELECT
      *,
      ${combined.map(({ name, columns }) => `${columns.join(' + ')} AS ${name}`).join(',\n      ')}
    FROM ${input('player_game_summary')} AS game
    WHERE is_active
  ) AS game
  ${gameWindows(playerGames, [])}
),
form AS (
  SELECT
    universal_player_id,
    game_date,
    ${latest.map((name) => `${name} AS latest_${name}`).join(',\n    ')},
    games_season,
    ${[...games, ...sums.map(windowOf)].join(',\n    ')}
  FROM totals
  ${gameWindows(playerGames, [])}
)`;
}

function totalOf({ of, from }: GameSum, sql: SqlDialect): string {
  return `${sql.sumOver(sqlText(from, sql), 'to_date')} AS total_${of}`;
}

function windowOf({ name, of, over }: GameSum): string {
  if (over.kind !== 'lastGames') return `total_${of} AS ${name}`;
  return `total_${of} - COALESCE(LAG(total_${of}, ${over.games}) OVER season, 0) AS ${name}`;
}
