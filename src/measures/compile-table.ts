import type { Column, Measure } from '../sql/column.ts';
import { duckdbDialect } from '../sql/duckdb-dialect.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { sqlText } from '../sql/sql-text.ts';
import { BadDefinition } from '../table/bad-definition.ts';
import { selectList } from '../table/measure.ts';
import type { SqlContext } from '../table/sql-context.ts';
import type { ComputedTable, TableInput } from '../table/table-definition.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import { lastDays, sameDay, seasonToDate, type Window } from '../window/window.ts';
import { refuseName } from './column-names.ts';
import { aliasOf, type CompiledMeasure } from './compiled-measure.ts';
import { type DerivedMeasure, deriveMeasure } from './derived-measures.ts';
import { type History, historyCtes, historyName } from './history.ts';
import { compileMeasure, type FirstMeasure } from './measure-sql.ts';
import type { OwnMeasure } from './measure-words.ts';
import { onceEach } from './once-each.ts';
import { ownTable, type Place, spineOf } from './own-definition.ts';
import type { OwnTable } from './own-table.ts';
import { entityColumn, neededColumns, type Source } from './source-column.ts';
import { toMeasure } from './to-measure.ts';

interface Compiled {
  readonly measure: Measure;
  readonly by: CompiledMeasure;
}

/**
 * Makes of a table of measures one that is planned, run and proven like any other.
 * @param tables those it may be made of.
 * @throws BadDefinition that names file and measure.
 */
export function compileTable(
  tables: Pick<TableRegistry, 'get' | 'all'>,
  own: OwnTable,
  place: Place,
): ComputedTable {
  const at = { name: own.name, definedIn: place.file };
  const firsts: Compiled[] = [];
  const derived: DerivedMeasure[] = [];
  const columns = new Map<string, Column>();
  const measured: Column[] = [];
  for (const measure of own.measures) {
    refuseName(at, 'measure', measure.name);
    try {
      const by = isFirst(measure)
        ? compileMeasure(tables, own.each, measure)
        : deriveMeasure(measure, own.each, (name) => columns.get(name));
      const made = toMeasure(measure, by);
      if ('name' in by) derived.push(by);
      else firsts.push({ measure: made, by });
      measured.push(made);
      columns.set(measure.name, made);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      throw new BadDefinition(at, `measure "${measure.name}": ${error.message}`);
    }
  }
  const histories = historiesOf(firsts);
  refuseNames(at, firsts, histories);
  const table = ownTable(own, place, {
    each: own.each,
    measured,
    inputs: inputsOf(firsts, histories),
    oftenEqual: oftenEqual(own.measures),
    oftenNull: oftenNull(own.measures),
    lookback: histories.map(({ source }) => source.table.name),
    rowsSql: (context, ofSpine) =>
      rowsSql(context, { each: own.each, ofSpine, firsts, derived, histories }),
  });
  // No word can look ahead; that this is so is proven all the same.
  return { ...table, provenFirst: 2 };
}

/**
 * When a season begins, all have played as often, and a trend is 0 as long as both of its windows hold the same games.
 */
function oftenEqual(measures: readonly OwnMeasure[]): ReadonlyMap<string, 'always' | 'at zero'> {
  const often = new Map<string, 'always' | 'at zero'>();
  for (const { name, kind } of measures) {
    if (kind === 'games') often.set(name, 'always');
    if (kind === 'trend') often.set(name, 'at zero');
  }
  return often;
}

/** With more games asked for, a measure may be honestly NULL for all in February. */
const manyGames = 20;

/**
 * A value is another table's, which tells of itself; what is made of other measures is NULL where they are.
 */
function oftenNull(measures: readonly OwnMeasure[]): ReadonlySet<string> {
  const often = measures.filter(
    (measure) =>
      measure.kind === 'value' ||
      !isFirst(measure) ||
      ('minGames' in measure && (measure.minGames ?? 0) > manyGames),
  );
  return new Set(often.map(({ name }) => name));
}

function isFirst(measure: OwnMeasure): measure is FirstMeasure {
  return !['rank', 'difference', 'teammates_total', 'teammates_average'].includes(measure.kind);
}

/** @throws BadDefinition when a table whose value is taken is called like the games of another, and would be taken for them. */
function refuseNames(
  at: { readonly name: string; readonly definedIn: string },
  firsts: readonly Compiled[],
  histories: readonly History[],
): void {
  for (const { measure, by } of firsts) {
    const { name } = by.source.table;
    if (!by.history && histories.some((history) => historyName(history) === name))
      throw new BadDefinition(
        at,
        `measure "${measure.name}": games that are measured here are called ${name} in its SQL; give that table another name`,
      );
  }
}

/** What measures need of the same games of the same source is one relation, and there once. */
function historiesOf(firsts: readonly Compiled[]): readonly History[] {
  const all = firsts.flatMap(({ by: { source, history } }) =>
    history ? [{ ...history, source }] : [],
  );
  return [...Map.groupBy(all, historyName).values()].flatMap((same) =>
    same.slice(0, 1).map((history) => ({
      ...history,
      windows: same.flatMap(({ windows }) => windows),
      sums: onceEach(
        same.flatMap(({ sums }) => sums),
        ({ from, over, fold }) => [sqlText(from, duckdbDialect), over, fold],
      ),
      latest: onceEach(
        same.flatMap(({ latest }) => latest),
        ({ from, kind }) => [sqlText(from, duckdbDialect), kind],
      ),
    })),
  );
}

function inputsOf(
  firsts: readonly Compiled[],
  histories: readonly History[],
): readonly TableInput[] {
  const input = (source: Source, reads: readonly string[], window: Window) => ({
    table: source.table.name,
    windows: [window],
    columns: [...neededColumns(source), ...reads],
    required: true,
  });
  return [
    ...firsts.flatMap(({ by }) => (by.history ? [] : [input(by.source, by.reads, sameDay)])),
    ...histories.map(({ source, days }) => {
      const reads = firsts.filter(
        ({ by }) => by.history && by.history.days === days && by.source.table === source.table,
      );
      const columns = reads.flatMap(({ by }) => by.reads);
      return input(source, columns, days === undefined ? seasonToDate : lastDays(days));
    }),
  ];
}

interface Parts {
  readonly each: OwnTable['each'];
  readonly ofSpine: readonly string[];
  readonly firsts: readonly Compiled[];
  readonly derived: readonly DerivedMeasure[];
  readonly histories: readonly History[];
}

function rowsSql(context: SqlContext, parts: Parts): string {
  const { sql, input } = context;
  const { each, ofSpine, firsts, derived, histories } = parts;
  const first = `
  SELECT
    ${[
      ...ofSpine.map((name) => `spine.${name}`),
      selectList(
        firsts.map(({ measure }) => measure),
        sql,
        4,
      ),
    ].join(',\n    ')}
  FROM target_dates
  INNER JOIN ${input(spineOf(each).table)} AS spine
    ON spine.game_date = target_dates.analysis_date${joins(context, parts)}`;
  const ctes = histories.map((history) => historyCtes(context, history));
  const all = [...ctes, `measured AS (${first}\n)`].join(',\n');
  return `
WITH ${all}
${derivedSelect(derived, sql)}`;
}

/** Measures of measures come in their order, each over those before it. */
function derivedSelect(derived: readonly DerivedMeasure[], sql: SqlDialect): string {
  return derived.reduce(
    (relation, { name, from }) =>
      `SELECT *, ${from(sql)} AS ${name}\nFROM (\n${relation}\n) AS measured`,
    'SELECT * FROM measured',
  );
}

function joins({ input }: SqlContext, { each, firsts }: Parts): string {
  const joined = new Map<string, string>();
  for (const { by } of firsts) {
    const { source, whose, history } = by;
    const { table, entity } = source;
    const own = entityColumn(source, each, whose);
    if (!history && whose === 'own' && table.name === spineOf(each).table) continue;
    const relation = history ? historyName({ source, days: history.days }) : table.name;
    const alias = aliasOf(relation, whose);
    const day = history ? 'analysis_date' : table.partition;
    joined.set(
      alias,
      `
  LEFT JOIN ${history ? relation : input(table.name)} AS ${alias}
    ON ${alias}.${day} = spine.game_date
    AND ${alias}.${entity} = spine.${own}`,
    );
  }
  return [...joined.values()].join('');
}
