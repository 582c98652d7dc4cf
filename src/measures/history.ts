import { type GameSum, gamesIn, windowSizes } from '../games/game-sums.ts';
import { gamesBeforeCtes } from '../games/games-before-sql.ts';
import { type SqlText, sqlText } from '../sql/sql-text.ts';
import type { SqlContext } from '../table/sql-context.ts';
import type { GamesWindow } from '../window/window.ts';
import { playedOnly, type Source } from './source-column.ts';

/** Something of the latest game of an entity before a date: a column of the relation that has the history of it. */
export interface OfLatest {
  readonly name: string;
  /** `streak`: how many of the latest games, without a gap, the condition `from` holds for. */
  readonly kind: 'value' | 'streak';
  readonly from: SqlText;
  readonly reads: readonly string[];
}

/** What measures need of the games of a source. */
export interface HistoryNeeds {
  /** Only games of so many days. */
  readonly days: number | undefined;
  /** The windows of which the games are counted. */
  readonly windows: readonly GamesWindow[];
  readonly sums: readonly GameSum[];
  readonly latest: readonly OfLatest[];
}

/** The games of a source that one relation tells of: those of some days, or all of the season. */
export interface History extends HistoryNeeds {
  readonly source: Source;
}

/** The name of the relation (analysis_date, entity, columns). */
export function historyName({ source, days }: Pick<History, 'source' | 'days'>): string {
  const { name } = source.table;
  return days === undefined ? `${name}_before` : `${name}_last_${days}_days`;
}

/** CTEs that end in the relation {@link historyName}: a row for each target date and entity with a game before it. */
export function historyCtes(context: SqlContext, history: History): string {
  return history.days === undefined ? rolledCtes(context, history) : daysCte(context, history);
}

/** One pass over the games: what is known after each of them, of which the last before a date counts. */
function rolledCtes(context: SqlContext, history: History): string {
  const { sql } = context;
  const { source, sums, windows, latest } = history;
  const { entity } = source;
  const from = gamesOf(context, source);
  // Whatever is not known to be so ends a streak.
  const ofLatest = latest.map((each) => {
    const text = sqlText(each.from, sql);
    const value =
      each.kind === 'value'
        ? text
        : `game_number - COALESCE(MAX(CASE WHEN ${text} THEN NULL ELSE game_number END) OVER to_date, 0)`;
    return `${value} AS ${each.name}`;
  });
  return gamesBeforeCtes(context, {
    ...{ name: historyName(history), entity, ofLatest, sums },
    from: latest.some(({ kind }) => kind === 'streak') ? numbered(from, entity) : from,
    sizes: windowSizes([...sums, ...windows.map((over) => ({ over }))]),
  });
}

/** The games of an entity in a season, from 1. */
function numbered(games: string, entity: string): string {
  return `FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY ${entity}, season_year ORDER BY game_date) AS game_number
    ${games}
  ) AS game`;
}

/** The days before each date: no game has them all, so that each date is looked at by itself. */
function daysCte(context: SqlContext, history: History): string {
  const { sql } = context;
  const { source, days, windows, sums } = history;
  const folds = sums.map(({ name, from, fold }) => {
    const text = sqlText(from, sql);
    return `${fold ? `${fold}(${text})` : sql.sum(text)} AS ${name}`;
  });
  const games = new Set(windows.map((over) => `COUNT(*) AS ${gamesIn(over)}`));
  return `${historyName(history)} AS (
  SELECT
    target_dates.analysis_date,
    game.${source.entity},
    ${[...games, ...folds].join(',\n    ')}
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
  INNER JOIN (SELECT * ${gamesOf(context, source)}) AS game
    ON game.season_year = target_dates.season_year
    AND game.game_date < target_dates.analysis_date${since}`;
}

/** Only games that somebody was on court in are games of a player. */
function gamesOf({ input }: SqlContext, { table }: Source): string {
  return `FROM ${input(table.name)} AS game${playedOnly(table) ? '\n  WHERE is_active' : ''}`;
}
