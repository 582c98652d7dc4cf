import type { ColumnType } from '../sql/column.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { type Quotient, quotientSql, type SqlText, sqlText } from '../sql/sql-text.ts';
import { digest } from '../table/digest.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import { gamesSuffix, type HistoryColumn, historyName } from './history.ts';
import type { Games, MeasureOf, OwnMeasure, Where, Whose } from './measure-words.ts';
import {
  decimalSql,
  entityColumn,
  findSource,
  findValue,
  numberType,
  type Source,
  type SourceValue,
  whereSql,
} from './source-column.ts';

/** Measures that are made of games, or of what is known on the date; the others are made of these. */
export type FirstMeasure = Exclude<
  OwnMeasure,
  { readonly kind: 'rank' | 'difference' | 'teammates_total' | 'teammates_average' }
>;

/** Whose rows the table has, row by row. */
export const spineTables = {
  player: 'upcoming_player_game_context',
  team: 'upcoming_team_game_context',
} as const;

/** What a measure is selected by, and what has to be joined for it. */
export interface CompiledMeasure {
  readonly type: ColumnType;
  /** Over the joined relations. */
  readonly from: (sql: SqlDialect) => string;
  readonly source: Source;
  readonly whose: Whose;
  /** Of {@link source}: its games over so many days or the season; `undefined`: its row of the date. */
  readonly history:
    | { readonly days: number | undefined; readonly columns: readonly HistoryColumn[] }
    | undefined;
  /** Columns of the source that are read. */
  readonly reads: readonly string[];
  readonly unit: string | undefined;
  readonly meaning: string;
  readonly nullWhen: string | undefined;
}

/** The alias under which a relation of a source is joined. */
export function aliasOf(relation: string, whose: Whose): string {
  return `${whose}_${relation}`;
}

/** @throws an error that says what is wrong with the measure, without saying where. */
export function compileMeasure(
  tables: Pick<TableRegistry, 'get' | 'all'>,
  each: 'player' | 'team',
  measure: FirstMeasure,
): CompiledMeasure {
  const whose = measure.whose ?? 'own';
  switch (measure.kind) {
    case 'value':
      return compileValue(findValue(tables, measure.of), each, whose);
    case 'streak': {
      const source = gamesSource(findSource(tables, measure.of));
      const condition = whereSql(source, measure.where);
      if (!condition) throw new Error('a streak of what? "where" says it');
      const name = `streak_${shortDigest(measure.where)}`;
      return {
        type: { kind: 'INT64' },
        from: () => columnOf(source, whose, undefined, name),
        source: checked(source, each, whose),
        whose,
        history: { days: undefined, columns: [{ kind: 'streak', name, when: condition.text }] },
        reads: condition.columns,
        unit: 'games',
        meaning: `${ofWhom(source, whose)} latest games in a row with ${whereWords(measure.where)}`,
        nullWhen: noGame(source, whose),
      };
    }
    case 'last': {
      const read = findValue(tables, measure.of);
      const source = gamesSource(read.source);
      const name = `latest_${baseName(read.columns)}`;
      return {
        type: read.type,
        from: () => columnOf(source, whose, undefined, name),
        source: checked(source, each, whose),
        whose,
        history: { days: undefined, columns: [{ kind: 'latest', name, from: read.plain }] },
        reads: read.columns,
        unit: read.unit,
        meaning: `${measure.of} of ${ofWhom(source, whose)} latest game`,
        nullWhen: `${noGame(source, whose)}, or it has none`,
      };
    }
    case 'games': {
      const source = gamesSource(findSource(tables, measure.of));
      const counted = counting(source, [], measure.where, measure.over, undefined);
      const count = columnOf(source, whose, daysOf(measure.over), counted.games.name);
      const least = measure.minGames ?? 0;
      return {
        type: { kind: 'INT64' },
        from: () =>
          least > 1 ? `CASE WHEN ${count} >= ${least} THEN ${count} END` : `COALESCE(${count}, 0)`,
        source: checked(source, each, whose),
        whose,
        history: { days: daysOf(measure.over), columns: [counted.games] },
        reads: counted.reads,
        unit: 'games',
        meaning: `${ofWhom(source, whose)} games ${gamesWords(measure.over)}${andWhere(measure.where)}`,
        nullWhen: least > 1 ? `fewer than ${least} games` : undefined,
      };
    }
    case 'trend':
      return compileTrend(tables, each, measure);
    default:
      return compileFold(tables, each, measure);
  }
}

type Fold = {
  [K in 'total' | 'highest' | 'lowest' | 'average' | 'deviation' | 'rate']: MeasureOf<K>;
}['total' | 'highest' | 'lowest' | 'average' | 'deviation' | 'rate'];

function compileFold(
  tables: Pick<TableRegistry, 'get' | 'all'>,
  each: 'player' | 'team',
  measure: Fold,
): CompiledMeasure {
  const { over, where, whose = 'own', minGames = 1 } = measure;
  const read = findValue(tables, measure.of);
  const source = gamesSource(read.source);
  const perName = measure.kind === 'rate' ? `${source.table.name}.${measure.per}` : '';
  const per = measure.kind === 'rate' ? findValue(tables, perName) : undefined;
  const of = numbersOf(read, measure.of);
  const by = per && numbersOf(per, perName);
  const columns = [...read.columns, ...(per?.columns ?? [])];
  const isNullable = read.isNullable || per?.isNullable === true;
  const counted = counting(source, columns, where, over, isNullable ? [of, by] : undefined);
  const days = daysOf(over);
  const at = (name: string) => columnOf(source, whose, days, name);
  const games = at(counted.games.name);
  const folded = (fold: 'SUM' | 'MAX' | 'MIN', what: string, units: SqlText): HistoryColumn => ({
    kind: 'fold',
    name: `${what}_${counted.suffix}`,
    fold,
    from: counted.only(units),
    over,
  });
  const sum = folded('SUM', baseName(read.columns), of);
  const enough = (text: string) =>
    minGames > 1 ? `CASE WHEN ${games} >= ${minGames} THEN ${text} END` : text;
  const words = `${ofWhom(source, whose)} games ${gamesWords(over)}${andWhere(where)}`;
  const fewer = minGames > 1 ? `fewer than ${minGames} games` : noGame(source, whose);
  const base = {
    source: checked(source, each, whose),
    whose,
    reads: counted.reads,
    // What is divided is of another unit, which its writer names.
    unit: 'dividedBy' in measure && measure.dividedBy !== undefined ? undefined : read.unit,
    nullWhen: isNullable ? `${fewer} with a value` : fewer,
  };
  const decimals = 'decimals' in measure ? measure.decimals : 0;
  const dividedBy = ('dividedBy' in measure ? measure.dividedBy : undefined) ?? 1;
  const quotient = (of: Quotient) => (sql: SqlDialect) => enough(quotientSql(of, decimals, sql));
  switch (measure.kind) {
    case 'total':
      return {
        ...base,
        type: numberType(read.scale),
        from: (sql) => enough(decimalSql(at(sum.name), read.scale, sql)),
        history: { days, columns: [counted.games, sum] },
        meaning: `Σ ${measure.of} over ${words}`,
      };
    case 'highest':
    case 'lowest': {
      const best = folded(
        measure.kind === 'highest' ? 'MAX' : 'MIN',
        `${measure.kind}_${baseName(read.columns)}`,
        of,
      );
      return {
        ...base,
        type: numberType(read.scale),
        from: (sql) => enough(decimalSql(at(best.name), read.scale, sql)),
        history: { days, columns: [counted.games, best] },
        meaning: `${measure.kind} ${measure.of} of ${words}`,
      };
    }
    case 'average':
      return {
        ...base,
        type: numberType(decimals),
        from: quotient({
          num: at(sum.name),
          den: times(dividedBy * 10 ** read.scale, games),
          kind: 'signed',
        }),
        history: { days, columns: [counted.games, sum] },
        meaning: `R(Σ ${measure.of}/${dividedBy === 1 ? 'games' : `(${dividedBy}·games)`}, ${decimals}) over ${words}`,
      };
    case 'deviation': {
      const squares = folded('SUM', `${baseName(read.columns)}_squared`, (sql) => {
        const units = sqlText(of, sql);
        return `(${units}) * (${units})`;
      });
      const scaled = 10 ** (2 * read.scale);
      return {
        ...base,
        type: numberType(decimals),
        from: quotient({
          num: `${games} * ${at(squares.name)} - ${at(sum.name)} * ${at(sum.name)}`,
          den: `${times(scaled, games)} * (${games} - 1)`,
          kind: 'root',
        }),
        history: { days, columns: [counted.games, sum, squares] },
        meaning: `sample deviation (n − 1) of ${measure.of} over ${words}`,
        nullWhen: `${base.nullWhen}, or only one`,
      };
    }
    case 'rate': {
      const { times: factor = 1 } = measure;
      const divisor = folded('SUM', baseName(per?.columns ?? []), by ?? '1');
      return {
        ...base,
        type: numberType(decimals),
        from: quotient({
          when: `${at(divisor.name)} > 0`,
          num: times(factor * 10 ** (per?.scale ?? 0), at(sum.name)),
          den: times(10 ** read.scale, at(divisor.name)),
          kind: 'signed',
        }),
        history: { days, columns: [counted.games, sum, divisor] },
        unit: undefined,
        meaning: `R(${factor === 1 ? '' : `${factor}·`}Σ ${measure.of} / Σ ${measure.per}, ${decimals}) over ${words}`,
        nullWhen: `${base.nullWhen}, or Σ ${measure.per} is not above 0`,
      };
    }
  }
}

function compileTrend(
  tables: Pick<TableRegistry, 'get' | 'all'>,
  each: 'player' | 'team',
  {
    of,
    short,
    long,
    where,
    whose = 'own',
    decimals,
    minGames = 1,
    dividedBy = 1,
  }: MeasureOf<'trend'>,
): CompiledMeasure {
  const read = findValue(tables, of);
  const source = gamesSource(read.source);
  if (short.kind === 'lastDays' || long.kind === 'lastDays')
    throw new Error('a trend is of games, not of days');
  const units = numbersOf(read, of);
  const parts = [short, long].map((over) => {
    const counted = counting(
      source,
      read.columns,
      where,
      over,
      read.isNullable ? [units] : undefined,
    );
    const sum: HistoryColumn = {
      kind: 'fold',
      name: `${baseName(read.columns)}_${counted.suffix}`,
      fold: 'SUM',
      from: counted.only(units),
      over,
    };
    const at = (name: string) => columnOf(source, whose, undefined, name);
    return { counted, sum, games: at(counted.games.name), total: at(sum.name) };
  });
  const [near, far] = parts;
  if (!near || !far) throw new Error('a trend has two windows');
  return {
    type: numberType(decimals),
    from: (sql) => {
      const value = quotientSql(
        {
          num: `${near.total} * ${far.games} - ${far.total} * ${near.games}`,
          den: times(dividedBy * 10 ** read.scale, `${near.games} * ${far.games}`),
          kind: 'signed',
        },
        decimals,
        sql,
      );
      return minGames > 1 ? `CASE WHEN ${near.games} >= ${minGames} THEN ${value} END` : value;
    },
    source: checked(source, each, whose),
    whose,
    history: {
      days: undefined,
      columns: parts.flatMap(({ counted, sum }) => [counted.games, sum]),
    },
    reads: parts.flatMap(({ counted }) => counted.reads),
    unit: read.unit,
    meaning: `average ${of} over ${ofWhom(source, whose)} games ${gamesWords(short)} less that ${gamesWords(long)}${andWhere(where)}, rounded once`,
    nullWhen: `${minGames > 1 ? `fewer than ${minGames} games` : noGame(source, whose)}${read.isNullable ? ' with a value' : ''}`,
  };
}

function compileValue(read: SourceValue, each: 'player' | 'team', whose: Whose): CompiledMeasure {
  const { source } = read;
  const { table } = source;
  if (source.kind === 'games')
    throw new Error(`${table.name} is known after the games; "last" takes the latest before them`);
  if (typeof read.plain !== 'string') throw new Error('a value is of one column');
  const alias =
    whose === 'own' && table.name === spineTables[each] ? 'spine' : aliasOf(table.name, whose);
  return {
    type: read.type,
    from: () => `${alias}.${read.plain}`,
    source: checked(source, each, whose),
    whose,
    history: undefined,
    reads: read.columns,
    unit: read.unit,
    meaning: `${table.name}.${read.columns.join()} of ${ofWhom(source, whose)} row of d`,
    nullWhen: `there is no row of ${table.name}${read.isNullable ? ', or it is NULL there' : ''}`,
  };
}

/** How many games count, and a value only where they do. */
function counting(
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

function columnOf(source: Source, whose: Whose, days: number | undefined, name: string): string {
  return `${aliasOf(historyName({ source, days }), whose)}.${name}`;
}

function numbersOf({ units }: SourceValue, of: string): SqlText {
  if (units === undefined) throw new Error(`"${of}" is no number`);
  return units;
}

function gamesSource(source: Source): Source {
  if (source.kind === 'games') return source;
  throw new Error(`${source.table.name} is known before the games; "value" takes it`);
}

function checked(source: Source, each: 'player' | 'team', whose: Whose): Source {
  entityColumn(source, each, whose);
  return source;
}

function daysOf(over: Games): number | undefined {
  return over.kind === 'lastDays' ? over.days : undefined;
}

/** Some columns in a name of one. */
function baseName(columns: readonly string[]): string {
  return columns.length < 3 ? columns.join('_and_') : `sum_${shortDigest(columns)}`;
}

function shortDigest(of: unknown): string {
  return digest(JSON.stringify(of)).slice(0, 6);
}

function times(factor: number, text: string): string {
  return factor === 1 ? text : `${factor} * ${text}`;
}

function ofWhom({ entity }: Source, whose: Whose): string {
  if (whose === 'opponent') return "the opponent's";
  return entity === 'team_abbr' ? "the team's" : 'his';
}

function noGame({ entity }: Source, whose: Whose): string {
  const who = whose === 'opponent' ? 'the opponent' : entity === 'team_abbr' ? 'the team' : 'he';
  return `${who} has no such game before`;
}

function gamesWords(over: Games): string {
  switch (over.kind) {
    case 'lastGames':
      return `among the last ${over.games} before d`;
    case 'lastDays':
      return `in [d − ${over.days}, d)`;
    case 'seasonToDate':
      return 'of the season before d';
  }
}

function andWhere(where: Where | undefined): string {
  return where === undefined ? '' : ` with ${whereWords(where)}`;
}

function whereWords(where: Where): string {
  return Object.entries(where)
    .map(([name, want]) => {
      if (typeof want !== 'object') return `${name} = ${String(want)}`;
      const least = want.atLeast === undefined ? [] : [`${name} ≥ ${want.atLeast}`];
      return [...least, ...(want.atMost === undefined ? [] : [`${name} ≤ ${want.atMost}`])].join(
        ' and ',
      );
    })
    .join(' and ');
}
