import type { Games, OwnMeasure, Where, Whose } from '../../src/measures/measure-words.ts';
import type { TableDefinition } from '../../src/table/table-definition.ts';
import { decimalText, rounded, unitsOf } from '../oracle/exact.ts';
import { integerRoot } from '../oracle/sample-deviation.ts';

/** A row of a stored table, its values as text; NULL is `undefined`. */
export type TextRow = Readonly<Record<string, string | undefined>>;

/** Whole units of 10^-scale, a text, or NULL. */
type Value = { readonly units: bigint; readonly scale: number } | string | undefined;

/** What own measures are computed from: rows of the tables, and what their columns are. */
export interface OracleInput {
  readonly tables: ReadonlyMap<string, TableDefinition>;
  readonly rows: ReadonlyMap<string, readonly TextRow[]>;
}

/** The values of measures for all rows of a date, in plain loops. @param spine rows of the date of the spine table. */
export function measuredRows(
  input: OracleInput,
  measures: readonly OwnMeasure[],
  spine: readonly TextRow[],
): readonly ReadonlyMap<string, string>[] {
  const values = spine.map(() => new Map<string, Value>());
  for (const measure of measures) {
    for (const [index, row] of spine.entries()) {
      values[index]?.set(measure.name, measured(input, measure, row, { spine, values, index }));
    }
  }
  return values.map((own) => new Map([...own].map(([name, value]) => [name, textOf(value)])));
}

interface Around {
  readonly spine: readonly TextRow[];
  readonly values: readonly Map<string, Value>[];
  readonly index: number;
}

function textOf(value: Value): string {
  if (value === undefined) return '\\N';
  if (typeof value === 'string') return value;
  return value.scale === 0 ? String(value.units) : decimalText(value.units, value.scale);
}

function measured(input: OracleInput, measure: OwnMeasure, row: TextRow, around: Around): Value {
  switch (measure.kind) {
    case 'value': {
      const [name = '', column = ''] = measure.of.split('.');
      const table = input.tables.get(name);
      const entity = entityOf(table, row, measure.whose);
      const found = input.rows
        .get(name)
        ?.find(
          (one) =>
            one[table?.partition ?? ''] === row['game_date'] && one[entity.column] === entity.value,
        );
      return found && plainOf(input, name, column, found);
    }
    case 'last': {
      const table = tableOf(measure.of);
      const latest = gamesBefore(input, table, row, measure.whose, undefined).at(-1);
      if (!latest) return undefined;
      return /[+*]/.test(measure.of)
        ? numberOf(input, measure.of, latest)
        : plainOf(input, table, measure.of.split('.')[1] ?? '', latest);
    }
    case 'streak': {
      const games = gamesBefore(input, measure.of, row, measure.whose, undefined);
      if (games.length === 0) return undefined;
      const broken = games.findLastIndex((game) => !holds(input, measure.of, measure.where, game));
      return { units: BigInt(games.length - 1 - broken), scale: 0 };
    }
    case 'games': {
      const games = gamesBefore(input, measure.of, row, measure.whose, measure.over).filter(
        (game) => holds(input, measure.of, measure.where, game),
      );
      if (games.length < (measure.minGames ?? 0)) return undefined;
      return { units: BigInt(games.length), scale: 0 };
    }
    case 'trend': {
      const near = sample(input, measure, row, measure.short);
      const far = sample(input, measure, row, measure.long);
      if (near.values.length === 0 || near.values.length < (measure.minGames ?? 0))
        return undefined;
      const [n, f] = [BigInt(near.values.length), BigInt(far.values.length)];
      return quotient(
        sumOf(near.values) * f - sumOf(far.values) * n,
        n * f * 10n ** BigInt(near.scale) * BigInt(measure.dividedBy ?? 1),
        measure.decimals,
      );
    }
    case 'rate': {
      const perColumns = `${tableOf(measure.of)}.${measure.per}`.replace(
        /^(\w+\.)([\d.]+ \* )/,
        '$2$1',
      );
      const games = counted(input, measure, row, measure.over);
      const isZero = measure.missing === 'zero';
      const pairs = games.flatMap((game) => {
        const of = numberOf(input, measure.of, game, { isZero });
        const per = numberOf(input, perColumns, game, { isZero });
        return isZero || (of && per) ? [{ of, per }] : [];
      });
      const some = { of: pairs.find(({ of }) => of)?.of, per: pairs.find(({ per }) => per)?.per };
      if (!some.of || !some.per || pairs.length < (measure.minGames ?? 0)) return undefined;
      return quotient(
        sumOf(pairs.map(({ of }) => of?.units ?? 0n)) *
          BigInt(measure.times ?? 1) *
          10n ** BigInt(some.per.scale),
        sumOf(pairs.map(({ per }) => per?.units ?? 0n)) * 10n ** BigInt(some.of.scale),
        measure.decimals,
      );
    }
    case 'total':
    case 'highest':
    case 'lowest':
    case 'average':
    case 'deviation': {
      const { values, scale } = sample(input, measure, row, measure.over);
      if (values.length === 0 || values.length < (measure.minGames ?? 0)) return undefined;
      const n = BigInt(values.length);
      const sorted = values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      if (measure.kind === 'total') return { units: sumOf(values), scale };
      if (measure.kind === 'highest') return { units: sorted.at(-1) ?? 0n, scale };
      if (measure.kind === 'lowest') return { units: sorted[0] ?? 0n, scale };
      if (measure.kind === 'average')
        return quotient(
          sumOf(values),
          n * 10n ** BigInt(scale) * BigInt(measure.dividedBy ?? 1),
          measure.decimals,
        );
      if (n < 2n) return undefined;
      const spread = n * sumOf(values.map((each) => each * each)) - sumOf(values) ** 2n;
      const square =
        (4n * 100n ** BigInt(measure.decimals) * spread) / (n * (n - 1n) * 100n ** BigInt(scale));
      return { units: (integerRoot(square) + 1n) / 2n, scale: measure.decimals };
    }
    case 'rank': {
      const among = { date: [], team: ['team_abbr'], game: ['game_id'] }[measure.among];
      const own = around.values[around.index]?.get(measure.of);
      if (own === undefined || typeof own === 'string') return undefined;
      const ahead = around.values.filter((one, index) => {
        const other = one.get(measure.of);
        const isAmong = among.every((name) => around.spine[index]?.[name] === row[name]);
        if (!isAmong || other === undefined || typeof other === 'string') return false;
        return measure.first === 'highest' ? other.units > own.units : other.units < own.units;
      });
      return { units: BigInt(ahead.length + 1), scale: 0 };
    }
    case 'difference': {
      const own = around.values[around.index];
      const [of, minus] = [own?.get(measure.of), own?.get(measure.minus)];
      if (!of || !minus || typeof of === 'string' || typeof minus === 'string') return undefined;
      const scale = Math.max(of.scale, minus.scale);
      const at = (value: typeof of) => value.units * 10n ** BigInt(scale - value.scale);
      return { units: at(of) - at(minus), scale };
    }
    case 'teammates_total':
    case 'teammates_average': {
      const others = around.values.flatMap((one, index) => {
        const isMate = around.spine[index]?.['team_abbr'] === row['team_abbr'];
        const other = one.get(measure.of);
        return isMate && index !== around.index && other !== undefined && typeof other !== 'string'
          ? [other]
          : [];
      });
      const [first] = others;
      if (!first) return undefined;
      const total = sumOf(others.map(({ units }) => units));
      if (measure.kind === 'teammates_total') return { units: total, scale: first.scale };
      return quotient(total, BigInt(others.length) * 10n ** BigInt(first.scale), measure.decimals);
    }
  }
}

function quotient(num: bigint, den: bigint, decimals: number): Value {
  return den > 0n ? { units: rounded(num, den, decimals), scale: decimals } : undefined;
}

function sumOf(values: readonly bigint[]): bigint {
  return values.reduce((sum, each) => sum + each, 0n);
}

interface OfColumn {
  readonly of: string;
  readonly where?: Where;
  readonly whose?: Whose;
  readonly missing?: 'zero';
}

/** The values of the games that count; one that is missing is 0 where it is said so and any game has one. */
function sample(input: OracleInput, measure: OfColumn, row: TextRow, over: Games) {
  const isZero = measure.missing === 'zero';
  const read = counted(input, measure, row, over).map((game) =>
    numberOf(input, measure.of, game, { isZero }),
  );
  const numbers = read.flatMap((number) => number ?? []);
  const all = isZero && numbers.length > 0 ? read.map((number) => number?.units ?? 0n) : undefined;
  return { values: all ?? numbers.map(({ units }) => units), scale: numbers[0]?.scale ?? 0 };
}

function tableOf(of: string): string {
  return /([a-z]\w*)\./.exec(of)?.[1] ?? '';
}

function counted(input: OracleInput, measure: OfColumn, row: TextRow, over: Games) {
  const table = tableOf(measure.of);
  return gamesBefore(input, table, row, measure.whose, over).filter((game) =>
    holds(input, table, measure.where, game),
  );
}

function gamesBefore(
  input: OracleInput,
  name: string,
  row: TextRow,
  whose: 'own' | 'opponent' | undefined,
  over: Games | undefined,
): readonly TextRow[] {
  const entity = entityOf(input.tables.get(name), row, whose);
  const date = row['game_date'] ?? '';
  const season = `${entity.value} ${row['season_year']}`;
  const all = (seasonsOf(input, name, entity.column).get(season) ?? []).filter(
    (game) => (game['game_date'] ?? '') < date,
  );
  switch (over?.kind) {
    case 'lastGames':
      return all.slice(-over.games);
    case 'lastDays': {
      const first = new Date(Date.parse(date) - over.days * 86_400_000).toISOString().slice(0, 10);
      return all.filter((game) => (game['game_date'] ?? '') >= first);
    }
    default:
      return all;
  }
}

const seasons = new WeakMap<OracleInput, Map<string, ReadonlyMap<string, readonly TextRow[]>>>();

/** The games that somebody was on court in, by entity and season, in their order. */
function seasonsOf(
  input: OracleInput,
  name: string,
  entity: string,
): ReadonlyMap<string, readonly TextRow[]> {
  const byTable = seasons.get(input) ?? new Map();
  seasons.set(input, byTable);
  const known = byTable.get(name);
  if (known) return known;
  const played = (input.rows.get(name) ?? [])
    .filter((game) => game['is_active'] !== 'false')
    .toSorted((a, b) => ((a['game_date'] ?? '') < (b['game_date'] ?? '') ? -1 : 1));
  const made = Map.groupBy(played, (game) => `${game[entity]} ${game['season_year']}`);
  byTable.set(name, made);
  return made;
}

function entityOf(
  table: TableDefinition | undefined,
  row: TextRow,
  whose: 'own' | 'opponent' | undefined,
): { readonly column: string; readonly value: string | undefined } {
  if (table?.key.includes('universal_player_id'))
    return { column: 'universal_player_id', value: row['universal_player_id'] };
  return {
    column: 'team_abbr',
    value: row[whose === 'opponent' ? 'opponent_team_abbr' : 'team_abbr'],
  };
}

function plainOf(input: OracleInput, table: string, column: string, row: TextRow): Value {
  return numberOf(input, `${table}.${column}`, row, { boolsToo: false }) ?? row[column];
}

/**
 * The sum of the columns in units of 10^-scale; `undefined` where one is NULL, or no number.
 * @param how `isZero`: one that is NULL is 0, but where it is the only one.
 */
function numberOf(
  input: OracleInput,
  of: string,
  row: TextRow,
  { boolsToo = true, isZero = false } = {},
) {
  const table = tableOf(of);
  const written = of.split(/(?=[+-])/).map((term) => {
    const [column = ''] = /\w+\s*$/.exec(term) ?? [];
    const [, weight = '1'] = /([\d.]+) \*/.exec(term) ?? [];
    const [whole = '', decimals = ''] = weight.split('.');
    return { column: column.trim(), sign: term.startsWith('-') ? -1n : 1n, whole, decimals };
  });
  const finer = Math.max(...written.map(({ decimals }) => decimals.length));
  const terms = written.map(({ column, sign, whole, decimals }) => ({
    column,
    weight: sign * BigInt(whole + decimals.padEnd(finer, '0')),
  }));
  const types = terms.map(
    ({ column }) => input.tables.get(table)?.columns.find(({ name }) => name === column)?.type,
  );
  const scale = Math.max(...types.map((type) => (type?.kind === 'NUMERIC' ? type.scale : 0)));
  const numbers = terms.map(({ column, weight }, index) => {
    const type = types[index];
    const text = row[column] ?? (isZero && terms.length > 1 ? '0' : undefined);
    if (text === undefined || type === undefined) return undefined;
    if (type.kind === 'BOOL')
      return boolsToo ? weight * (text === 'true' ? 10n ** BigInt(scale) : 0n) : undefined;
    if (type.kind !== 'INT64' && type.kind !== 'NUMERIC') return undefined;
    return weight * unitsOf(text, scale);
  });
  const known = numbers.flatMap((number) => number ?? []);
  return known.length < numbers.length ? undefined : { units: sumOf(known), scale: scale + finer };
}

function holds(input: OracleInput, table: string, where: Where | undefined, row: TextRow): boolean {
  return Object.entries(where ?? {}).every(([column, want]) => {
    const text = row[column];
    if (text === undefined) return false;
    if (typeof want === 'boolean') return text === String(want);
    if (typeof want === 'string') return text === want;
    const number = Number(text);
    if (typeof want === 'number') return number === want;
    const { atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY } = want;
    return input.tables.has(table) && number >= atLeast && number <= atMost;
  });
}
