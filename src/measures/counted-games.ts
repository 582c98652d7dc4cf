import type { SqlDialect } from '../sql/sql-dialect.ts';
import { type SqlText, sqlText } from '../sql/sql-text.ts';
import { digest } from '../table/digest.ts';
import { gamesSuffix, type HistoryColumn, historyName } from './history.ts';
import type { Games, Where, Whose } from './measure-words.ts';
import { entityColumn, type Source, type SourceValue, whereSql } from './source-column.ts';

/** The alias under which a relation of a source is joined. */
export function aliasOf(relation: string, whose: Whose): string {
  return `${whose}_${relation}`;
}

/** How many games count, and a value only where they do. */
export function counting(
  source: Source,
  columns: readonly string[],
  where: Where | undefined,
  over: Games,
  nullable: readonly (SqlText | undefined)[] | undefined,
) {
  const condition = whereSql(source, where);
  const present = (nullable ?? []).flatMap((units) =>
    units === undefined ? [] : [(sql: SqlDialect) => `(${sqlText(units, sql)}) IS NOT NULL`],
  );
  const conditions = (sql: SqlDialect) =>
    [
      ...present.map((each) => each(sql)),
      ...(condition ? [`(${sqlText(condition.text, sql)})`] : []),
    ].join(' AND ');
  // Of a single value SUM leaves out what is missing by itself.
  const isOne = present.length === 1 && !condition;
  const only =
    (units: SqlText): SqlText =>
    (sql) => {
      const when = isOne ? '' : conditions(sql);
      return when === ''
        ? sqlText(units, sql)
        : `CASE WHEN ${when} THEN ${sqlText(units, sql)} END`;
    };
  const ifs = where === undefined ? '' : `_if_${shortDigest(where)}`;
  const withAll = present.length > 0 ? `_with_${baseName(columns)}` : '';
  const suffix = `${gamesSuffix(over)}${isOne ? '' : withAll}${ifs}`;
  const games: HistoryColumn = {
    kind: 'fold',
    name: `games_${gamesSuffix(over)}${withAll}${ifs}`,
    fold: 'SUM',
    from: (sql) => {
      const when = conditions(sql);
      return when === '' ? '1' : `CASE WHEN ${when} THEN 1 END`;
    },
    over,
  };
  return { games, only, suffix, reads: [...columns, ...(condition?.columns ?? [])] };
}

/** A column of the joined history of a source. */
export function columnOf(
  source: Source,
  whose: Whose,
  days: number | undefined,
  name: string,
): string {
  return `${aliasOf(historyName({ source, days }), whose)}.${name}`;
}

/** @throws when it is no number. */
export function numbersOf({ units }: SourceValue, of: string): SqlText {
  if (units === undefined) throw new Error(`"${of}" is no number`);
  return units;
}

/** @throws when the source is known before the games. */
export function gamesSource(source: Source): Source {
  if (source.kind === 'games') return source;
  throw new Error(`${source.table.name} is known before the games; "value" takes it`);
}

/** @throws when a row cannot have it. */
export function checked(source: Source, each: 'player' | 'team', whose: Whose): Source {
  entityColumn(source, each, whose);
  return source;
}

/** The days of a window of days. */
export function daysOf(over: Games): number | undefined {
  return over.kind === 'lastDays' ? over.days : undefined;
}

/** Some columns in a name of one. */
export function baseName(columns: readonly string[]): string {
  return columns.length < 3 ? columns.join('_and_') : `sum_${shortDigest(columns)}`;
}

/** Six hex digits that tell one from another in a name. */
export function shortDigest(of: unknown): string {
  return digest(JSON.stringify(of)).slice(0, 6);
}

/** A factor before an expression, unless it is 1. */
export function times(factor: number, text: string): string {
  return factor === 1 ? text : `${factor} * ${text}`;
}
