import type { Column, ColumnType } from '../sql/column.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { type SqlText, sqlText } from '../sql/sql-text.ts';
import { didYouMean } from '../table/nearest-name.ts';
import { knownOf, type StoredTable, type TableDefinition } from '../table/table-definition.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import type { Where, Whose } from './measure-words.ts';

/** Whose rows a table holds: the key beside its date. */
export type Entity = 'universal_player_id' | 'team_abbr';

/** A table that measures are made of. */
export interface Source {
  readonly table: TableDefinition;
  readonly entity: Entity;
  /** Games that were played, or what is known before those of the date. */
  readonly kind: 'games' | 'before_the_day';
}

/** A column and what it is multiplied by, a whole number that is not 0. */
export interface SourceTerm {
  readonly column: Column;
  readonly weight: number;
}

/** What is read of a row of a source: a number of `scale` decimals, or a value that is none. */
export interface SourceValue {
  /** As it is written. */
  readonly of: string;
  readonly source: Source;
  readonly type: ColumnType;
  readonly terms: readonly SourceTerm[];
  /** Not so for text and dates. */
  readonly isNumber: boolean;
  /** Decimals of the columns, the most of them. */
  readonly columnScale: number;
  /** Decimals of the columns and of their weights, which are whole units of these. */
  readonly scale: number;
  /** The value as it is. */
  readonly plain: SqlText;
  readonly columns: readonly string[];
  readonly isNullable: boolean;
  readonly unit: string | undefined;
}

/** @throws an error that says what is wrong, without saying where. */
export function findSource(tables: Pick<TableRegistry, 'get' | 'all'>, name: string): Source {
  const table = tables.get(name);
  if (!table) {
    const names = tables.all.map((each) => each.name);
    throw new Error(`there is no table "${name}"${didYouMean(name, names)}`);
  }
  const entity = entityOf(table);
  if (!entity) {
    const sources = tables.all.filter((each) => entityOf(each) !== undefined);
    throw new Error(
      `"${name}" has no single row for a player or team and date; tables that have: ${sources.map((each) => each.name).join(', ')}`,
    );
  }
  return { table, entity, kind: knownOf(table) === 'after_the_day' ? 'games' : 'before_the_day' };
}

/** Whose row a table has once a date; `undefined` for a table of anything else. */
function entityOf(table: TableDefinition): Entity | undefined {
  if (table.kind !== 'computed' || table.phase === 'raw') return undefined;
  const [entity, ...others] = table.key.filter((column) => column !== table.partition);
  const isEntity = entity === 'universal_player_id' || entity === 'team_abbr';
  return isEntity && others.length === 0 ? entity : undefined;
}

/** TRUE for a table that has rows of players who did not play. */
export function playedOnly(table: Pick<StoredTable, 'columns'>): boolean {
  return table.columns.some(({ name }) => name === 'is_active');
}

/** The columns of a source without which its rows cannot be told apart and cut to windows. */
export function neededColumns({ table, entity, kind }: Source): readonly string[] {
  if (kind === 'before_the_day') return [entity, table.partition];
  return [entity, 'season_year', 'game_date', ...(playedOnly(table) ? ['is_active'] : [])];
}

/** The table that a text like `0.5 * table.column + other` names; that alone where it names a table and no column. */
export function tableIn(of: string): string | undefined {
  return /([a-z_]\w*)\./i.exec(of)?.[1] ?? /^\w+$/.exec(of)?.[0];
}

/** A column with its table, and its weight with at most three decimals. */
const termOf = /^\s*([+-])?\s*(?:(\d{1,6}(?:\.\d{1,3})?)\s*\*\s*)?(?:(\w+)\.)?([a-z_]\w*)\s*$/i;

/**
 * One column of a source, or several that are added or taken away.
 * @param of `table.column`, or several with `+` or `-` between them, all of one table, which the first names; `0.5 * column` counts half of it.
 * @param ofTable the table, where `of` has no need to name it.
 * @throws an error that says what is wrong, without saying where.
 */
export function findValue(
  tables: Pick<TableRegistry, 'get' | 'all'>,
  of: string,
  ofTable?: string,
): SourceValue {
  const read = of.split(/(?=[+-])/).map((term) => {
    const [, sign, weight = '1', table, column = ''] = termOf.exec(term) ?? [];
    const decimals = weight.split('.')[1]?.length ?? 0;
    return { isLess: sign === '-', weight, decimals, table, column };
  });
  const leading = ofTable ?? read[0]?.table;
  const names = [...new Set([leading ?? '', ...read.map(({ table = leading }) => table ?? '')])];
  const [name = ''] = names;
  if (read.some(({ column, weight }) => column === '' || Number(weight) === 0))
    throw new Error(
      `"${of}" is no "table.column", and no sum or difference of several, each with a number before it or none ("0.5 * column")`,
    );
  if (names.length > 1)
    throw new Error(`"${of}" is of ${names.join(' and ')}; one table at a time`);
  if (name === '') throw new Error(`"${of}" names no table: "table.column"`);
  const source = findSource(tables, name);
  const weightScale = Math.max(...read.map(({ decimals }) => decimals));
  const terms = read.map(({ column, weight, isLess }) => ({
    column: findColumn(source.table, column),
    weight: Math.round(Number(weight) * 10 ** weightScale) * (isLess ? -1 : 1),
  }));
  const columns = terms.map(({ column }) => column);
  const scales = columns.map(({ type }) => scaleOf(type));
  const columnScale = Math.max(...scales.map((each) => each ?? 0));
  const scale = columnScale + weightScale;
  const isNumber = scales.every((each) => each !== undefined);
  const [first] = terms;
  const alone = terms.length === 1 && first?.weight === 1 && scale === columnScale;
  if (!alone && !isNumber) throw new Error(`"${of}": only numbers can be added`);
  const isOneUnit = terms.every(
    ({ column, weight }) =>
      column.unit === columns[0]?.unit && Math.abs(weight) === 1 && scale === columnScale,
  );
  return {
    ...{ of, source, terms, isNumber, columnScale, scale },
    type: (alone && first?.column.type) || numberType(scale),
    plain:
      (alone && first?.column.name) ||
      ((sql) => decimalSql(addedSql(terms, columnScale, sql), scale, sql)),
    columns: columns.map((column) => column.name),
    isNullable: columns.some(({ nullWhen }) => nullWhen !== undefined),
    unit: isOneUnit ? columns[0]?.unit : undefined,
  };
}

/** @throws an error with the nearest name. */
export function findColumn(table: Pick<StoredTable, 'name' | 'columns'>, name: string) {
  const column = table.columns.find((each) => each.name === name);
  if (column) return column;
  const names = table.columns.map((each) => each.name);
  throw new Error(`${table.name} has no column "${name}"${didYouMean(name, names)}`);
}

/**
 * A decimal of at most so many digits, or a whole number where there are none after the point.
 * @throws when there are more after the point than there are digits.
 */
export function numberType(scale: number, digits = 12 + scale): ColumnType {
  if (digits < scale) throw new Error(`${digits} digits are fewer than ${scale} decimals`);
  return scale === 0 ? { kind: 'INT64' } : { kind: 'NUMERIC', precision: digits, scale };
}

/** A count of units of 10^-scale as a value of {@link numberType}. */
export function decimalSql(units: string, scale: number, sql: SqlDialect): string {
  return scale === 0 ? `(${units})` : sql.decimal(units, scale);
}

/** Digits after the point; `undefined` for what is no number. */
export function scaleOf(type: ColumnType): number | undefined {
  if (type.kind === 'INT64' || type.kind === 'BOOL') return 0;
  return type.kind === 'NUMERIC' ? type.scale : undefined;
}

/**
 * Columns that are added, each as INT64 units of 10^-scale and times its weight.
 * @param zero whether one that is missing is 0.
 */
export function addedSql(
  terms: readonly SourceTerm[],
  scale: number,
  sql: SqlDialect,
  zero = false,
): string {
  const added = terms.map(({ column, weight }) => {
    const text = sqlText(numberSql(column, scale), sql);
    const known = zero && column.nullWhen !== undefined ? `COALESCE(${text}, 0)` : text;
    return weight === 1 ? known : `${weight} * ${known}`;
  });
  return added.join(' + ');
}

/** A column as a whole number of units of 10^-scale; a BOOL is 1 or 0. */
export function numberSql({ name, type, nullWhen }: Column, scale: number): SqlText {
  if (type.kind === 'BOOL') {
    const otherwise = nullWhen === undefined ? 'ELSE' : `WHEN NOT ${name} THEN`;
    return `CASE WHEN ${name} THEN ${10 ** scale} ${otherwise} 0 END`;
  }
  if (type.kind === 'NUMERIC') return (sql) => sql.units(name, scale);
  return scale === 0 ? name : `${10 ** scale} * ${name}`;
}

/** SQL condition of what a game must be; `undefined` where all count. @throws when it cannot be one. */
export function whereSql(
  { table }: Source,
  where: Where | undefined,
): { readonly text: SqlText; readonly columns: readonly string[] } | undefined {
  const wanted = Object.entries(where ?? {});
  if (wanted.length === 0) return undefined;
  const terms = wanted.map(([name, want]) => conditionOf(findColumn(table, name), want));
  return {
    text: (sql) => terms.map((term) => term(sql)).join(' AND '),
    columns: wanted.map(([name]) => name),
  };
}

function conditionOf(column: Column, want: Where[string]): (sql: SqlDialect) => string {
  const { name, type } = column;
  if (typeof want === 'boolean') {
    if (type.kind !== 'BOOL') throw new Error(`"${name}" is ${type.kind}, not TRUE or FALSE`);
    return () => (want ? name : `NOT ${name}`);
  }
  if (typeof want === 'string') {
    if (type.kind !== 'STRING') throw new Error(`"${name}" is ${type.kind}, no text`);
    return (sql) => `${name} = ${sql.string(want)}`;
  }
  const scale = type.kind === 'BOOL' ? undefined : scaleOf(type);
  if (scale === undefined) throw new Error(`"${name}" is ${type.kind}, no number`);
  const bounds =
    typeof want === 'number'
      ? [['=', want] as const]
      : [['>=', want.atLeast] as const, ['<=', want.atMost] as const];
  const terms = bounds.flatMap(([sign, bound]) => {
    if (bound === undefined) return [];
    const units = bound * 10 ** scale;
    if (Math.abs(units - Math.round(units)) > 1e-9)
      throw new Error(`"${name}" has ${scale} decimals, ${bound} has more`);
    return [{ sign, units: Math.round(units) }];
  });
  if (terms.length === 0) throw new Error(`"${name}": at least, or at most, what?`);
  return (sql) =>
    terms
      .map(({ sign, units }) => `${sqlText(numberSql(column, scale), sql)} ${sign} ${units}`)
      .join(' AND ');
}

/** Where the rows of a source stand for a row of the table: its own, its team's or its opponent's. */
export function entityColumn(
  { entity, table }: Source,
  each: 'player' | 'team',
  whose: Whose,
): 'universal_player_id' | 'team_abbr' | 'opponent_team_abbr' {
  if (entity === 'universal_player_id') {
    if (each === 'team') throw new Error(`${table.name} is of players, and a row of a team`);
    if (whose === 'opponent')
      throw new Error(`${table.name} is of players, and an opponent a team`);
    return entity;
  }
  return whose === 'opponent' ? 'opponent_team_abbr' : 'team_abbr';
}
