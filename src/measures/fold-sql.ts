import { columnsSummed, type GameSum, sumOf } from '../games/game-sums.ts';
import {
  average,
  deviation,
  type GamesQuotient,
  gamesOf,
  rate,
  trend,
} from '../games/games-measures.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { type Quotient, quotientSql, type SqlText, sqlText } from '../sql/sql-text.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import type { CompiledMeasure, Relation } from './compiled-measure.ts';
import { combinedValue, onlyCounted, termsOf } from './game-value.ts';
import { andWhere, gamesWords, inFormula, noGame, ofWhom } from './measure-meaning.ts';
import type { Games, MeasureOf } from './measure-words.ts';
import { decimalSql, entityColumn, findValue, numberType, type Source } from './source-column.ts';

type Kind = 'total' | 'highest' | 'lowest' | 'average' | 'deviation' | 'rate' | 'trend';

/** What is folded over games: sums, their quotients, and extremes. */
export type Fold = { [K in Kind]: MeasureOf<K> }[Kind];

/** @throws an error that says what is wrong with the measure, without saying where. */
export function compileFold(
  tables: Pick<TableRegistry, 'get' | 'all'>,
  each: 'player' | 'team',
  measure: Fold,
  relation: Relation,
): CompiledMeasure {
  const { of, where, whose = 'own', minGames = 1 } = measure;
  const read = findValue(tables, of);
  const source = gamesSource(read.source);
  entityColumn(source, each, whose);
  const { called, signed, hasGames, together } = relation;
  const per =
    measure.kind === 'rate' ? findValue(tables, measure.per, source.table.name) : undefined;
  const present = [read, ...(per ? [per] : [])];
  const zero = 'missing' in measure && measure.missing === 'zero';
  const count = onlyCounted(source, where, zero || together ? [] : present);
  const value = count(combinedValue(read, called, zero));
  const over = measure.kind === 'trend' ? measure.short : measure.over;
  const at = relation.at(source, whose, daysOf(over));
  const counted = gamesOf(value, over);
  const games = at(counted.games);
  const enough = minGames > 1 ? [`${games} >= ${minGames}`] : [];
  const { sums, type, from, meaning, exceptWhen } = folded();
  const isNullable = present.some((each) => each.isNullable);
  const noneGiven = minGames > 1 ? `fewer than ${minGames} games` : noGame(source, whose);
  const none = hasGames
    ? isNullable && !zero && 'none of the games has a value'
    : `${noneGiven}${isNullable ? (zero ? ', or none has a value' : ' with a value') : ''}`;
  const nullWhen = [none || [], exceptWhen ?? []].flat().join(', or ');
  const all = [...sums, ...counted.sums];
  return {
    ...{ type, from, source, whose },
    history: {
      ...{ days: daysOf(over), sums: all, latest: [] },
      windows: measure.kind === 'trend' ? [measure.short, measure.long] : [over],
    },
    reads: columnsSummed(all),
    // What is divided is of another unit, which its writer names.
    unit: per || ('dividedBy' in measure && measure.dividedBy) ? undefined : read.unit,
    meaning: `${meaning} ${ofWhom(source, whose)} games ${gamesWords(over)}${measure.kind === 'trend' ? ` less that ${gamesWords(measure.long)}` : ''}${andWhere(where)}${measure.kind === 'trend' ? ', rounded once' : ''}`,
    nullWhen: nullWhen === '' ? undefined : nullWhen,
  };

  function folded(): Folded {
    switch (measure.kind) {
      case 'total':
        return ofUnits(sumOf(value, over), `Σ ${inFormula(of)} over`);
      case 'highest':
      case 'lowest': {
        const { kind } = measure;
        const named = { ...value, name: `${kind}_${value.name}` };
        const fold = kind === 'highest' ? 'MAX' : 'MIN';
        return ofUnits({ ...sumOf(named, over), fold }, `${kind} ${of} of`);
      }
      case 'average': {
        const { decimals, dividedBy: by = 1 } = measure;
        const den = by === 1 ? 'games' : `(${by}·games)`;
        return quotient(
          average(value, over, by, at),
          `R(Σ ${inFormula(of)}/${den}, ${decimals}) over`,
        );
      }
      case 'deviation':
        return {
          ...quotient(deviation(value, over, at), `sample deviation (n − 1) of ${of} over`),
          exceptWhen: hasGames ? 'only one game' : 'only one',
        };
      case 'rate': {
        const { times = 1, decimals } = measure;
        const [num, den] = [read, per ?? read].map((each) =>
          termsOf(each, called, zero).map((term) => ({ ...term, value: count(term.value) })),
        );
        const units = 10 ** read.scale;
        const below = (den ?? []).map((term) => ({ ...term, weight: term.weight * units }));
        const factor = times * 10 ** (per?.scale ?? 0);
        const made = rate(num ?? [], below, over, factor, at);
        return {
          ...quotient(
            made,
            `R(${times === 1 ? '' : `${times}·`}Σ ${inFormula(of)} / Σ ${inFormula(measure.per)}, ${decimals}) over`,
            signed ? [`${made.den} > 0`] : [],
          ),
          exceptWhen: `Σ ${inFormula(measure.per)} is ${signed ? 'not above 0' : '0'}`,
        };
      }
      case 'trend': {
        const { short, long, dividedBy } = measure;
        if (short.kind === 'lastDays' || long.kind === 'lastDays')
          throw new Error('a trend is of games, not of days');
        return quotient(trend(value, [short, long], dividedBy, at), `average ${of} over`);
      }
    }
  }

  function ofUnits(sum: GameSum, says: string): Folded {
    const text: SqlText = (sql) => decimalSql(at(sum.name), read.scale, sql);
    const when = (sql: SqlDialect) => `CASE WHEN ${enough.join()} THEN ${sqlText(text, sql)} END`;
    const from = enough.length === 0 ? text : when;
    return { sums: [sum], type: numberType(read.scale), from, meaning: says };
  }

  function quotient(made: GamesQuotient, says: string, more: readonly string[] = []): Folded {
    const { decimals = 0, digits } = 'decimals' in measure ? measure : {};
    const kind = made.kind ?? (signed ? 'signed' : undefined);
    const when = [...enough, ...more].join(' AND ');
    const all: GamesQuotient = { ...made, ...(kind && { kind }), ...(when !== '' && { when }) };
    const from: SqlText | Quotient = decimals === 0 ? (sql) => quotientSql(all, 0, sql) : all;
    return { sums: made.sums, type: numberType(decimals, digits), from, meaning: says };
  }
}

interface Folded extends Pick<CompiledMeasure, 'type' | 'from' | 'meaning'> {
  readonly sums: readonly GameSum[];
  /** When it is NULL besides. */
  readonly exceptWhen?: string;
}

/** @throws when the source is known before the games. */
export function gamesSource(source: Source): Source {
  if (source.kind === 'games') return source;
  throw new Error(`${source.table.name} is known before the games; "value" takes it`);
}

/** The days of a window of days. */
export function daysOf(over: Games): number | undefined {
  return over.kind === 'lastDays' ? over.days : undefined;
}
