import type { SqlDialect } from '../sql/sql-dialect.ts';
import { type Quotient, quotientSql, type SqlText, sqlText } from '../sql/sql-text.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import type { CompiledMeasure } from './compiled-measure.ts';
import {
  baseName,
  checked,
  columnOf,
  counting,
  daysOf,
  gamesSource,
  numbersOf,
  times,
} from './counted-games.ts';
import type { HistoryColumn } from './history.ts';
import { andWhere, gamesWords, noGame, ofWhom } from './measure-meaning.ts';
import type { MeasureOf } from './measure-words.ts';
import { decimalSql, findValue, numberType } from './source-column.ts';

type Fold = {
  [K in 'total' | 'highest' | 'lowest' | 'average' | 'deviation' | 'rate']: MeasureOf<K>;
}['total' | 'highest' | 'lowest' | 'average' | 'deviation' | 'rate'];

/** What is folded over games: sums, their quotients, and extremes. */
export function compileFold(
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

/** The average over the short window less that over the long one. */
export function compileTrend(
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
