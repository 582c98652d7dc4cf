import type { SqlDialect } from '../../../src/sql/sql-dialect.ts';
import { type SqlText, sqlText } from '../../../src/sql/sql-text.ts';
import type { GamesWindow } from '../../../src/window/window.ts';

/** An INT64 that every game of an entity has. */
export interface GameValue {
  readonly name: string;
  /** The column of the game's row that it is made of, or several. */
  readonly reads: string | readonly string[];
  readonly from: SqlText;
}

/** A value summed over a window of games, up to and including each game. */
export interface GameSum extends GameValue {
  /** Name of the value that is summed. */
  readonly of: string;
  readonly over: GamesWindow;
}

/** An INT64 column as it is. */
export function plain(column: string): GameValue {
  return { name: column, reads: column, from: column };
}

/** An INT64 column, 0 where it is missing. */
export function orZero(column: string): GameValue {
  return { name: `${column}_or_0`, reads: column, from: `COALESCE(${column}, 0)` };
}

/** 1 for a game for which a BOOL column `has_…` holds, else 0. */
export function gamesWhere(column: `has_${string}`): GameValue {
  return {
    name: `games_with_${column.replace(/^has_/, '')}`,
    reads: column,
    from: `CASE WHEN ${column} THEN 1 ELSE 0 END`,
  };
}

/** 1 for a game that has a value of a column, else 0. */
export function gamesWith(column: string): GameValue {
  return {
    name: `games_with_${column}`,
    reads: column,
    from: `CASE WHEN ${column} IS NOT NULL THEN 1 ELSE 0 END`,
  };
}

/** The sum of a value; its name tells both. */
export function sumOf(value: GameValue, over: GamesWindow): GameSum {
  return { ...value, of: value.name, name: `${value.name}_${suffixOf(over)}`, over };
}

/** The name of the INT64 column that counts the games of a window. */
export function gamesIn(over: GamesWindow): string {
  return `games_${suffixOf(over)}`;
}

/** Select list of the sums over the windows of `gameWindows`. */
export function sumsSelect(sums: readonly GameSum[], sql: SqlDialect): string {
  return sums
    .map(
      ({ name, from, over }) => `${sql.sumOver(sqlText(from, sql), windowName(over))} AS ${name}`,
    )
    .join(',\n    ');
}

/** How many games each of the windows of last games holds, ascending. */
export function windowSizes(sums: readonly GameSum[]): readonly number[] {
  const sizes = sums.flatMap(({ over }) => (over.kind === 'lastGames' ? [over.games] : []));
  return [...new Set(sizes)].sort((a, b) => a - b);
}

/** The columns that the sums read, each once. */
export function columnsSummed(sums: readonly GameSum[]): readonly string[] {
  return [...new Set(sums.flatMap(({ reads }) => reads))];
}

function suffixOf(over: GamesWindow): string {
  return over.kind === 'seasonToDate' ? 'season' : String(over.games);
}

function windowName(over: GamesWindow): string {
  return over.kind === 'seasonToDate' ? 'to_date' : `last_${over.games}`;
}
