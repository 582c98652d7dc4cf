import { gameWindows } from '../../data_processors/shared/windows/game-windows-sql.ts';
import { latestBefore } from '../../data_processors/shared/windows/team-games-sql.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { type SqlText, sqlText } from '../sql/sql-text.ts';
import type { SqlContext } from '../table/sql-context.ts';
import type { Games } from './measure-words.ts';
import { playedOnly, type Source } from './source-column.ts';

/** Something of the games of an entity before a date: a column of the relation that has the history of it. */
export type HistoryColumn =
  | {
      readonly kind: 'fold';
      readonly name: string;
      readonly fold: 'SUM' | 'MAX' | 'MIN';
      /** Over a game; NULL takes no part. */
      readonly from: SqlText;
      readonly over: Games;
    }
  /** Of the latest game. */
  | { readonly kind: 'latest'; readonly name: string; readonly from: SqlText }
  /** How many of the latest games, without a gap, a condition holds for. */
  | { readonly kind: 'streak'; readonly name: string; readonly when: SqlText };

/** The games of a source that one relation tells of: those of some days, or all of the season. */
export interface History {
  readonly source: Source;
  readonly days: number | undefined;
  readonly columns: readonly HistoryColumn[];
}

/** The name of the relation (analysis_date, entity, columns). */
export function historyName({ source, days }: Pick<History, 'source' | 'days'>): string {
  const { name } = source.table;
  return days === undefined ? `${name}_before` : `${name}_last_${days}_days`;
}

/** What names of columns end in, by the games that they are of. */
export function gamesSuffix(over: Games): string {
  switch (over.kind) {
    case 'lastGames':
      return `last_${over.games}`;
    case 'lastDays':
      return `in_${over.days}_days`;
    case 'seasonToDate':
      return 'season';
  }
}

/** CTEs that end in the relation {@link historyName}: a row for each target date and entity with a game before it. */
export function historyCtes(context: SqlContext, history: History): string {
  return history.days === undefined ? rolledCtes(context, history) : daysCte(context, history);
}

/** One pass over the games: what is known after each of them, of which the last before a date counts. */
function rolledCtes(context: SqlContext, history: History): string {
  const { sql } = context;
  const { source, columns } = history;
  const { entity } = source;
  const name = historyName(history);
  const sizes = columns.flatMap((column) =>
    column.kind === 'fold' && column.over.kind === 'lastGames' ? [column.over.games] : [],
  );
  const windows = gameWindows(
    { entity, seasonYear: 'season_year', gameDate: 'game_date' },
    [...new Set(sizes)].sort((a, b) => a - b),
  );
  const hasStreaks = columns.some(({ kind }) => kind === 'streak');
  const relation = gamesOf(context, source);
  return `${name}_rolled AS (
  SELECT
    ${entity},
    season_year,
    game_date,
    LEAD(game_date) OVER season AS next_game_date,
    ${columns.map((column) => `${rolledSql(column, sql)} AS ${column.name}`).join(',\n    ')}
  FROM ${hasStreaks ? numbered(relation, entity) : `${relation} AS game`}
  ${windows}
),
${name} AS (
  SELECT target_dates.analysis_date, ${name}_rolled.*
  FROM target_dates
  INNER JOIN ${name}_rolled
    ON ${latestBefore(`${name}_rolled`)}
)`;
}

/** The games of an entity in a season, from 1. */
function numbered(relation: string, entity: string): string {
  return `(
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY ${entity}, season_year ORDER BY game_date) AS game_number
    FROM ${relation} AS played
  ) AS game`;
}

function rolledSql(column: HistoryColumn, sql: SqlDialect): string {
  switch (column.kind) {
    case 'latest':
      return sqlText(column.from, sql);
    case 'streak':
      // Whatever is not known to be so ends a streak.
      return `game_number - COALESCE(MAX(CASE WHEN ${sqlText(column.when, sql)} THEN NULL ELSE game_number END) OVER to_date, 0)`;
    case 'fold': {
      const window = column.over.kind === 'lastGames' ? `last_${column.over.games}` : 'to_date';
      const from = sqlText(column.from, sql);
      return column.fold === 'SUM'
        ? sql.sumOver(from, window)
        : `${column.fold}(${from}) OVER ${window}`;
    }
  }
}

/** The days before each date: no game has them all, so that each date is looked at by itself. */
function daysCte(context: SqlContext, history: History): string {
  const { sql } = context;
  const { source, days, columns } = history;
  const folds = columns.flatMap((column) => {
    if (column.kind !== 'fold') return [];
    const from = sqlText(column.from, sql);
    const folded = column.fold === 'SUM' ? sql.sum(from) : `${column.fold}(${from})`;
    return [`${folded} AS ${column.name}`];
  });
  return `${historyName(history)} AS (
  SELECT
    target_dates.analysis_date,
    game.${source.entity},
    ${folds.join(',\n    ')}
  ${fromGamesBefore(context, source, days)}
  GROUP BY target_dates.analysis_date, game.${source.entity}
)`;
}

/**
 * FROM clause of each target date and the games of its season before it, `game`.
 * @param days only those of so many days.
 */
export function fromGamesBefore(
  context: SqlContext,
  source: Source,
  days: number | undefined,
): string {
  const since =
    days === undefined
      ? ''
      : `
    AND unix_date(game.game_date) >= unix_date(target_dates.analysis_date) - ${days}`;
  return `FROM target_dates
  INNER JOIN ${gamesOf(context, source)} AS game
    ON game.season_year = target_dates.season_year
    AND game.game_date < target_dates.analysis_date${since}`;
}

/** Only games that somebody was on court in are games of a player. */
function gamesOf({ input }: SqlContext, { table }: Source): string {
  const relation = input(table.name);
  return playedOnly(table) ? `(SELECT * FROM ${relation} AS listed WHERE is_active)` : relation;
}
