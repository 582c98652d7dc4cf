import { type Column, column } from '../sql/column.ts';
import { BadDefinition } from '../table/bad-definition.ts';
import type { SqlContext } from '../table/sql-context.ts';
import type { TableCheck } from '../table/table-check.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import { lastDays, sameDay, seasonToDate, type Window } from '../window/window.ts';
import { type Asked, askedByQuery } from './asked-by-query.ts';
import { castYielded } from './cast-yielded.ts';
import { refuseName } from './column-names.ts';
import { fromGamesBefore } from './history.ts';
import { ownTable, type Place, spineOf } from './own-definition.ts';
import type { ParsedQuery } from './parse-queries.ts';
import { findSource, neededColumns, type Source } from './source-column.ts';
import type { Reading, SqlTable } from './sql-table.ts';

interface Read {
  readonly source: Source;
  readonly reading: Reading;
  /** Those that the query has words for. */
  readonly columns: readonly string[];
}

/**
 * Makes of a query a table that is planned, run and proven like any other. The query sees of each table the rows of its
 * window before each date, with that date as `as_of`. @param parsed the query's own tree.
 * @throws BadDefinition
 */
export function compileSqlTable(
  tables: Pick<TableRegistry, 'get' | 'all'>,
  own: SqlTable,
  parsed: ParsedQuery,
  place: Place,
): ComputedTable {
  const at = { name: own.name, definedIn: place.file };
  const fail = failIn(at, own);
  const asked = readQuery(own, parsed, fail);
  const reads = own.reads.map(({ table, reading }): Read => {
    try {
      const source = findSource(tables, table);
      if ((reading.kind === 'onTheDay') !== (source.kind === 'before_the_day'))
        throw new Error(
          source.kind === 'before_the_day'
            ? `${table} is known before the games: "-- reads: ${table} on the day"`
            : `${table} is known after the games: season to date, last <n> games or last <n> days`,
        );
      return { source, reading, columns: columnsOf(source, asked) };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      throw new BadDefinition(at, `reads ${table}: ${error.message}`);
    }
  });
  refuseOthers(own, asked, fail);
  const columns = own.columns.map(({ name, type, unit, meaning }): Column => {
    refuseName(at, 'column', name);
    const nullWhen = 'the query yields none';
    return column(type, name, meaning, { nullWhen, ...(unit !== undefined && { unit }) });
  });
  refuseColumns(own, asked, fail);
  const table = ownTable(own, place, {
    each: own.each,
    measured: columns,
    inputs: reads.map(({ source, reading, columns: read }) => ({
      table: source.table.name,
      windows: [windowOf(reading)],
      columns: read,
      required: true,
    })),
    lookback: reads.flatMap(({ source, reading }) =>
      reading.kind === 'onTheDay' ? [] : [source.table.name],
    ),
    rowsSql: (context, ofSpine) => rowsSql(context, own, reads, columns, ofSpine),
  });
  return {
    ...table,
    provenFirst: 3,
    written: { text: own.query, line: own.line },
    checks: [...table.checks, keyOnce(table)],
  };
}

/** Names a player or team of whom a query yields several rows; that there are such is told of every table. */
function keyOnce({ key, partition }: ComputedTable): TableCheck {
  const entity = key.filter((name) => name !== partition).join();
  return {
    kind: 'group',
    name: `rows_of_one_${entity}`,
    severity: 'error',
    sql: (staged) => `
SELECT ${partition} AS partition_date, COUNT(*) AS violations, MIN(${entity}) AS example
FROM (
  SELECT ${partition}, ${entity}
  FROM ${staged} AS staged
  GROUP BY ${partition}, ${entity}
  HAVING COUNT(*) > 1
) AS doubled
GROUP BY ${partition}`,
  };
}

function columnsOf(
  source: Source,
  { words, takesAll }: Pick<Asked, 'words' | 'takesAll'>,
): readonly string[] {
  const needed = neededColumns(source);
  return source.table.columns
    .map(({ name }) => name)
    .filter((name) => needed.includes(name) || words.has(name) || takesAll);
}

/** The last games of somebody may go back to the first day of the season. */
function windowOf(reading: Reading): Window {
  switch (reading.kind) {
    case 'onTheDay':
      return sameDay;
    case 'lastDays':
      return lastDays(reading.days);
    case 'lastGames':
    case 'seasonToDate':
      return seasonToDate;
  }
}

function rowsSql(
  context: SqlContext,
  own: SqlTable,
  reads: readonly Read[],
  columns: readonly Column[],
  ofSpine: readonly string[],
): string {
  const { sql, input } = context;
  const { table, entity } = spineOf(own.each);
  const seen = reads.map((read) => `${read.source.table.name} AS (${seenSql(context, read)}\n)`);
  const select = [
    ...ofSpine.map((name) => `spine.${name}`),
    ...columns.map((one) => `${castYielded(sql, `answer.${one.name}`, one)} AS ${one.name}`),
  ];
  return `
WITH spine AS (
  SELECT upcoming.*
  FROM target_dates
  INNER JOIN ${input(table)} AS upcoming
    ON upcoming.game_date = target_dates.analysis_date
),
answer AS (
  WITH ${seen.join(',\n')}
  SELECT * FROM (
${own.query}
  ) AS asked
)
SELECT
  ${select.join(',\n  ')}
FROM spine
LEFT JOIN answer
  ON answer.as_of = spine.game_date
  AND answer.${entity} = spine.${entity}`;
}

/** What a query sees of a table: the rows of the window before each date. */
function seenSql(context: SqlContext, { source, reading, columns }: Read): string {
  const { table, entity } = source;
  const all = ['target_dates.analysis_date AS as_of', ...columns.map((name) => `game.${name}`)];
  if (reading.kind === 'onTheDay') {
    return `
  SELECT ${all.join(', ')}
  FROM target_dates
  INNER JOIN ${context.input(table.name)} AS game
    ON game.${table.partition} = target_dates.analysis_date`;
  }
  const days = reading.kind === 'lastDays' ? reading.days : undefined;
  const rows = `
  SELECT ${all.join(', ')}
  ${fromGamesBefore(context, source, days)}`;
  if (reading.kind !== 'lastGames') return rows;
  return `
  SELECT ${['as_of', ...columns].join(', ')}
  FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY as_of, ${entity} ORDER BY game_date DESC NULLS LAST) AS games_ago
    FROM (${rows}
    ) AS before
  ) AS numbered
  WHERE games_ago <= ${reading.games}`;
}

/** Makes a fault of what is wrong with a query. @param position characters of the query before the place. */
type Fail = (position: number | undefined, what: string) => BadDefinition;

function failIn(at: { readonly name: string; readonly definedIn: string }, own: SqlTable): Fail {
  return (position, what) => {
    if (position === undefined) return new BadDefinition(at, what);
    const line = own.line + own.query.slice(0, position).split('\n').length - 1;
    return new BadDefinition(at, `line ${line}: ${what}`);
  };
}

/** What a query asks for. @throws BadDefinition when it cannot be read, or two engines would read it differently. */
function readQuery({ query }: SqlTable, parsed: ParsedQuery, fail: Fail): Asked {
  const odd = readOtherwise(query);
  if (odd?.sign === ';')
    throw fail(odd.index, 'the query: several statements, where one SELECT is wanted');
  if (odd) throw fail(odd.index, `DuckDB and BigQuery read ${odd.sign} differently; do without it`);
  if (parsed.kind === 'fault') throw fail(parsed.position, `the query: ${parsed.error}`);
  return askedByQuery(parsed.tree, parsed.steady);
}

/** @throws BadDefinition when a query asks for more than its header declares. */
function refuseOthers({ reads }: SqlTable, { tables, misdeeds }: Asked, fail: Fail): void {
  const declared = reads.map(({ table }) => table.toLowerCase());
  const other = tables.find(({ name }) => !declared.includes(name?.toLowerCase() ?? ''));
  if (other) {
    const table = other.path.split('.').at(-1);
    const what =
      other.name === undefined
        ? `the query reads ${other.path}, all its days; say "-- reads: ${table} season to date" and read ${table}`
        : `the query reads "${other.path}", which its header does not; "-- reads: ${table} season to date" would`;
    throw fail(other.position, what);
  }
  const [misdeed] = misdeeds;
  if (misdeed) throw fail(misdeed.position, `the query ${misdeed.what}`);
}

/** @throws BadDefinition when a query yields other columns than its header declares, as far as its words tell. */
function refuseColumns(own: SqlTable, { yields }: Asked, fail: Fail): void {
  if (!yields) return;
  const key = [spineOf(own.each).entity, 'as_of'];
  const wanted = [...key, ...own.columns.map(({ name }) => name)];
  const lacking = wanted.find((name) => !yields.includes(name));
  if (lacking !== undefined)
    throw fail(
      0,
      `the query yields no column named "${lacking}"${key.includes(lacking) ? ', which says of whom and of which date a row is' : ', which its header declares'}`,
    );
  const other = yields.find((name) => !wanted.includes(name));
  if (other === undefined) return;
  throw fail(
    0,
    other === ''
      ? 'the query yields an expression without a name; give it one with AS'
      : `the query yields "${other}", which no "-- column:" declares`,
  );
}

/** Texts, comments, and signs that stand outside of both. */
const pieces = /'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\/|\$\$|["`\\#;]/g;

/**
 * The first piece of a query that two engines read differently: names in quotes are texts for BigQuery, which knows a
 * backslash in a text and not a doubled quote, and no comment within a comment.
 */
function readOtherwise(
  query: string,
): { readonly sign: string; readonly index: number } | undefined {
  for (const { 0: piece, index } of query.matchAll(pieces)) {
    const isText = piece.length > 1 && piece.startsWith("'");
    const inside = piece.slice(1, -1);
    const sign = isText
      ? /\\|''/.exec(inside)?.[0]
      : piece.startsWith('/*')
        ? /\/\*/.exec(inside)?.[0]
        : piece.startsWith('--')
          ? undefined
          : piece;
    if (sign !== undefined) return { sign, index };
  }
  return undefined;
}
