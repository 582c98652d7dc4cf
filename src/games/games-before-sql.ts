import type { SqlContext } from '../table/sql-context.ts';
import { type GameSum, sumsSelect } from './game-sums.ts';
import { gameWindows } from './game-windows-sql.ts';
import { latestBefore } from './team-games-sql.ts';

/** The games of a season that one relation tells of. */
export interface GamesBefore {
  readonly name: string;
  /** The column that says whose games they are. */
  readonly entity: string;
  /** FROM clause of the games, and what they have to be. */
  readonly from: string;
  /** What is taken of the latest game as it is, as SQL of a select list. */
  readonly ofLatest: readonly string[];
  /** How many games the windows of last games hold. */
  readonly sizes: readonly number[];
  readonly sums: readonly GameSum[];
  /** A number of games, for `over_break`: whether a long break lies between or after the last ones. */
  readonly window?: number | undefined;
}

/**
 * CTEs that end in the named relation: for each target date and entity with a game this season before it, what its games up
 * to the latest before the date add up to, with `games_season` and `games_<size>`. One pass over the games.
 */
export function gamesBeforeCtes(
  { sql }: Pick<SqlContext, 'sql'>,
  { name, entity, from, ofLatest, sizes, sums, window }: GamesBefore,
): string {
  const rolled = [
    ...[entity, 'season_year', 'game_date', ...ofLatest],
    'LEAD(game_date) OVER season AS next_game_date',
    'ROW_NUMBER() OVER season AS games_season',
    ...(window === undefined ? [] : [`MIN(game_date) OVER last_${window} AS window_from`]),
    ...sizes.map((size) => `COUNT(*) OVER last_${size} AS games_${size}`),
    ...(sums.length === 0 ? [] : [sumsSelect(sums, sql)]),
  ];
  const overBreak = `,
    ${name}_rolled.window_from < target_dates.unbroken_since AS over_break`;
  return `${name}_rolled AS (
  SELECT
    ${rolled.join(',\n    ')}
  ${from}
  ${gameWindows({ entity, seasonYear: 'season_year', gameDate: 'game_date' }, sizes)}
),
${name} AS (
  SELECT target_dates.analysis_date, ${name}_rolled.*${window === undefined ? '' : overBreak}
  FROM target_dates
  INNER JOIN ${name}_rolled
    ON ${latestBefore(`${name}_rolled`)}
)`;
}
