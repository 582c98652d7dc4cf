import { type GameValue, gamesWith, inUnits, orZero } from '../games/game-sums.ts';
import type { Term } from '../games/games-measures.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { type SqlText, sqlText } from '../sql/sql-text.ts';
import { digest } from '../table/digest.ts';
import type { Where } from './measure-words.ts';
import {
  addedSql,
  numberSql,
  type Source,
  type SourceTerm,
  type SourceValue,
  scaleOf,
  whereSql,
} from './source-column.ts';

/** What the value of a column is called. */
export type Called = (column: string) => string;

/**
 * A column, or several that are added, as one value of a game.
 * @param zero whether of several one that is missing is 0; of one column SUM leaves out what is missing by itself.
 * @throws when it is no number.
 */
export function combinedValue(read: SourceValue, called: Called, zero: boolean): GameValue {
  const { terms, columns, columnScale, scale } = read;
  refuseNoNumber(read);
  const [term] = terms;
  const isWhole = scale === columnScale;
  if (term && terms.length === 1 && term.weight === 1 && isWhole) return columnValue(term, called);
  const weights = terms.map(({ weight }) => weight);
  const isPlain = !zero && columns.length < 3 && isWhole && weights.every((weight) => weight === 1);
  const name = isPlain
    ? columns.join('_and_')
    : `sum_${nameDigest([columns, weights, zero, ...(isWhole ? [] : [scale])])}`;
  const from: SqlText = (sql) => addedSql(terms, columnScale, sql, zero && terms.length > 1);
  return { name, reads: columns, from, units: 10 ** scale };
}

/** The columns of a sum as in {@link combinedValue}, but each a value of its own, with its weight in the units of them all. */
export function termsOf(read: SourceValue, called: Called, zero: boolean): readonly Term[] {
  const { terms, columnScale } = read;
  refuseNoNumber(read);
  return terms.map((term) => {
    const value = columnValue(term, called);
    const isZero = zero && terms.length > 1 && term.column.nullWhen !== undefined;
    return {
      weight: term.weight * 10 ** (columnScale - (scaleOf(term.column.type) ?? 0)),
      value: isZero ? orZero(value) : value,
    };
  });
}

function refuseNoNumber({ isNumber, of }: SourceValue): void {
  if (!isNumber) throw new Error(`"${of}" is no number`);
}

function columnValue({ column }: SourceTerm, called: Called): GameValue {
  const { name, type } = column;
  if (type.kind === 'NUMERIC')
    return { ...inUnits(name, type.scale), name: `${called(name)}_units` };
  return { name: called(name), reads: name, from: numberSql(column, 0) };
}

/**
 * Makes of values of a game those of the games that count.
 * @param present what such a game has to have.
 */
export function onlyCounted(
  source: Source,
  where: Where | undefined,
  present: readonly SourceValue[],
): (value: GameValue) => GameValue {
  const condition = whereSql(source, where);
  const nullable = [...new Set(present.flatMap((read) => (read.isNullable ? read.columns : [])))];
  const [only] = nullable;
  if (only === undefined && !condition) return (value) => value;
  // Of a single column SUM leaves out what is missing by itself.
  if (only !== undefined && !condition && present.flatMap(({ columns }) => columns).length === 1)
    return (value) => ({ ...value, games: gamesWith(only) });
  const all = nullable.length < 3 ? nullable.join('_and_') : nameDigest(nullable);
  const suffix = `${only === undefined ? '' : `_with_${all}`}${where === undefined ? '' : `_if_${nameDigest(where)}`}`;
  const reads = [...nullable, ...(condition?.columns ?? [])];
  const isCounted = (sql: SqlDialect) =>
    [
      ...nullable.map((column) => `${column} IS NOT NULL`),
      ...(condition ? [`(${sqlText(condition.text, sql)})`] : []),
    ].join(' AND ');
  const games: GameValue = {
    ...{ name: `games${suffix}`, reads },
    from: (sql) => `CASE WHEN ${isCounted(sql)} THEN 1 ELSE 0 END`,
  };
  return (value) => ({
    ...value,
    name: `${value.name}${suffix}`,
    reads: [...new Set([value.reads, reads].flat())],
    from: (sql) => `CASE WHEN ${isCounted(sql)} THEN ${sqlText(value.from, sql)} END`,
    games,
  });
}

/** Hex digits that tell one from another in a name: as many as no two of a table ever share. */
export function nameDigest(of: unknown): string {
  return digest(JSON.stringify(of));
}
