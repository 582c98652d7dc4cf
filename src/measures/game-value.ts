import {
  type GameValue,
  gamesWith,
  inUnits,
} from '../../data_processors/shared/windows/game-sums.ts';
import type { Term } from '../../data_processors/shared/windows/games-measures.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { sqlText } from '../sql/sql-text.ts';
import { digest } from '../table/digest.ts';
import type { Where } from './measure-words.ts';
import {
  numberSql,
  type Source,
  type SourceTerm,
  type SourceValue,
  scaleOf,
  whereSql,
} from './source-column.ts';

/** What the value of a column is called. */
export type Called = (column: string) => string;

/** A column, or several that are added, as one value of a game. @throws when it is no number. */
export function combinedValue(read: SourceValue, called: Called): GameValue {
  const { units, terms, columns, scale } = read;
  if (units === undefined) throw new Error(`"${read.of}" is no number`);
  const [term] = terms;
  if (term && terms.length === 1 && term.weight === 1) return columnValue(term, called);
  const weights = terms.map(({ weight }) => weight);
  const isPlain = columns.length < 3 && weights.every((weight) => weight === 1);
  const name = isPlain ? columns.join('_and_') : `sum_${shortDigest([columns, weights])}`;
  return { name, reads: columns, from: units, units: 10 ** scale };
}

/** The columns of a sum, each a value of its own in the units of them all. @throws when one is no number. */
export function termsOf(read: SourceValue, called: Called): readonly Term[] {
  if (read.units === undefined) throw new Error(`"${read.of}" is no number`);
  return read.terms.map((term) => ({
    weight: term.weight * 10 ** (read.scale - (scaleOf(term.column.type) ?? 0)),
    value: columnValue(term, called),
  }));
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
  const all = nullable.length < 3 ? nullable.join('_and_') : shortDigest(nullable);
  const suffix = `${only === undefined ? '' : `_with_${all}`}${where === undefined ? '' : `_if_${shortDigest(where)}`}`;
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

/** Six hex digits that tell one from another in a name. */
export function shortDigest(of: unknown): string {
  return digest(JSON.stringify(of)).slice(0, 6);
}
