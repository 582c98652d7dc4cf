import type { SqlDialect } from '../sql/sql-dialect.ts';
import { type SqlText, sqlText } from '../sql/sql-text.ts';
import type { GamesWindow } from '../window/window.ts';

/** An INT64 that every game of an entity has. */
export interface GameValue {
  readonly name: string;
  /** The column of the game's row that it is made of, or several. */
  readonly reads: string | readonly string[];
  readonly from: SqlText;
  /** Which games count: 1 for each that does, else 0. All do unless given. */
  readonly games?: GameValue;
  /** How many of its units are 1: 10 for a column with one decimal. 1 unless given. */
  readonly units?: number;
}

/** A value summed over a window of games, up to and including each game. */
export interface GameSum extends GameValue {
  /** Name of the value that is summed. */
  readonly of: string;
  readonly over: GamesWindow;
  /** What is taken instead of the sum. */
  readonly fold?: 'MAX' | 'MIN';
}

/** An INT64 column as it is. */
export function plain(column: string): GameValue {
  return { name: column, reads: column, from: column };
}

/** An INT64 column, or what is made of one, 0 where it is missing. */
export function orZero(column: string | GameValue): GameValue {
  const value = typeof column === 'string' ? plain(column) : column;
  const from: SqlText = (sql) => `COALESCE(${sqlText(value.from, sql)}, 0)`;
  return { ...value, name: `${value.name}_or_0`, from };
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

/** A NUMERIC column in whole units of its last decimal. */
export function inUnits(column: string, decimals: number): GameValue {
  return {
    name: `${column}_units`,
    reads: column,
    from: (sql) => sql.units(column, decimals),
    units: 10 ** decimals,
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
    .map(({ name, from, over, fold }) => {
      const [value, window] = [sqlText(from, sql), windowName(over)];
      const folded = fold ? `${fold}(${value}) OVER ${window}` : sql.sumOver(value, window);
      return `${folded} AS ${name}`;
    })
    .join(',\n    ');
}

/** How many games each of the windows of last games holds, ascending. */
export function windowSizes(sums: readonly Pick<GameSum, 'over'>[]): readonly number[] {
  const sizes = sums.flatMap(({ over }) => (over.kind === 'lastGames' ? [over.games] : []));
  return [...new Set(sizes)].sort((a, b) => a - b);
}

/** The columns that the sums read, each once. */
export function columnsSummed(sums: readonly GameSum[]): readonly string[] {
  return [...new Set(sums.flatMap(({ reads }) => reads))];
}

function suffixOf(over: GamesWindow): string {
  switch (over.kind) {
    case 'lastGames':
      return String(over.games);
    case 'lastDays':
      return `in_${over.days}_days`;
    case 'seasonToDate':
      return 'season';
  }
}

function windowName(over: GamesWindow): string {
  return over.kind === 'lastGames' ? `last_${over.games}` : 'to_date';
}
