import type { GameDate } from '../calendar/game-date.ts';
import type { Market } from '../league/markets.ts';
import type { Column, ColumnType } from '../sql/column.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { qualifiedName, type StoredTable } from '../table/table-definition.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import type { ExportForm } from '../warehouse/duckdb/duckdb-warehouse.ts';
import { actualOf, type Label, marketLabels, pointsLabels } from './label-columns.ts';
import { genericColumns, hasMarkets } from './market-columns.ts';
import type { RowCondition } from './row-condition.ts';

export interface ExportRequest extends ExportForm {
  readonly table: StoredTable;
  readonly start: GameDate;
  /** The last day, included. */
  readonly end: GameDate;
  /** Only these days of the range. */
  readonly dates?: readonly GameDate[] | undefined;
  /** Only rows for which it holds. */
  readonly where?: RowCondition | undefined;
  /** Adds what the table has of one market under names that are the same for each. */
  readonly market?: Market | undefined;
  /** Adds what became of the player: only for a table keyed by player and date. */
  readonly withLabels: boolean;
  /** Decimals stay decimals; else a Parquet file has the doubles nearest to them. CSV is text either way. */
  readonly exact: boolean;
  /** NULL where no source had a value of a feature: only for a table with default_feature_indices. */
  readonly defaultsAsNull: boolean;
}

/** The column that says which elements of `features` are defaults. */
const defaultsColumn = 'default_feature_indices';

/** The names of the elements, which have columns of their own: in CSV the same long text in each row. */
const namesColumn = 'feature_names';

/** TRUE when a table says of its elements which are defaults. */
export function knowsDefaults({ columns }: Pick<StoredTable, 'columns'>): boolean {
  return columns.some(({ name }) => name === defaultsColumn);
}

/** Stored tables that an export reads, each only on the days of the range. */
export function exportedTables(
  tables: TableRegistry,
  { table, withLabels }: ExportRequest,
): readonly StoredTable[] {
  const labels = withLabels ? tables.get(labelTable) : undefined;
  return [table, ...(labels ? [labels] : [])];
}

/** The days of an export. */
export type ExportDays = Pick<ExportRequest, 'start' | 'end' | 'dates'>;

/** SQL condition of the days of an export. */
export function onDays(sql: SqlDialect, column: string, { start, end, dates }: ExportDays): string {
  const range = `${column} BETWEEN ${sql.date(start)} AND ${sql.date(end)}`;
  return dates ? `${range} AND ${column} IN (${dates.map(sql.date).join(', ')})` : range;
}

/**
 * SELECT of a table's own columns in order of date and key. An array with named elements becomes a
 * column each; in CSV any other array is one text. Provenance stays out: the same data gives the
 * same file, whichever run wrote it.
 */
export function exportSelect(sql: SqlDialect, request: ExportRequest): string {
  const { table, withLabels } = request;
  const columns = table.columns.flatMap((column) => exportedColumn(sql, column, request));
  const key = [table.partition, ...table.key.filter((name) => name !== table.partition)];
  return `SELECT
  ${[...columns, ...marketColumns(sql, request), ...(withLabels ? labelColumns(sql, request) : [])].join(',\n  ')}
FROM ${qualifiedName(table)} AS exported${withLabels ? labelJoins(table) : ''}
WHERE ${onDays(sql, `exported.${table.partition}`, request)}${request.where ? ` AND ${request.where(sql, 'exported')}` : ''}
ORDER BY ${key.map((name) => `exported.${name}`).join(', ')}`;
}

type Form = Pick<ExportRequest, 'format' | 'exact' | 'defaultsAsNull'>;

function exportedColumn(
  sql: SqlDialect,
  { name, type, elements }: Column,
  form: Form,
): readonly string[] {
  if (name === namesColumn && form.format === 'csv') return [];
  const own = `exported.${name}`;
  if (!elements) return [`${exportedValue(sql, own, type, form)} AS ${name}`];
  return elements.map((element, index) => {
    const value = sql.arrayElement(own, index);
    if (!form.defaultsAsNull) return `${value} AS ${element}`;
    const isDefault = sql.arrayContains(`exported.${defaultsColumn}`, String(index));
    return `CASE WHEN NOT ${isDefault} THEN ${value} END AS ${element}`;
  });
}

/** Readers of Parquet make an object of each decimal, which no model takes; in CSV both are digits. */
function exportedValue(
  sql: SqlDialect,
  value: string,
  type: ColumnType,
  { format, exact }: Form,
): string {
  if (format === 'csv') return type.kind === 'ARRAY' ? sql.arrayText(value) : value;
  return type.kind === 'NUMERIC' && !exact
    ? `CAST(${value} AS ${sql.typeName({ kind: 'FLOAT64' })})`
    : value;
}

const labelTable = 'player_game_summary';

/** Whether a table is given labels, and which. */
export function labelsOf(table: StoredTable): readonly Label[] | undefined {
  if (table.name === 'ml_feature_store') return pointsLabels;
  return hasMarkets(table) || isOfOwnPlayers(table) ? marketLabels : undefined;
}

function isOfOwnPlayers(table: StoredTable): boolean {
  const isOwn = 'phase' in table && table.phase === 'own';
  return isOwn && table.key.includes('universal_player_id');
}

/** Columns that labels would have, and the table has itself. */
export function labelClashes(table: StoredTable): readonly string[] {
  const labels = ['played', ...(labelsOf(table) ?? []).map(({ name }) => name)];
  return labels.filter((name) => table.columns.some((column) => column.name === name));
}

/**
 * What became of him: `played` is NULL while the game has no result, and the others are NULL for
 * who did not play.
 */
function labelColumns(sql: SqlDialect, request: ExportRequest): readonly string[] {
  const labels = labelsOf(request.table) ?? [];
  const actual = request.market ? [`${actualOf(request.market)} AS actual`] : [];
  return [
    `CASE WHEN finished.${gameOf(request.table)} IS NOT NULL THEN COALESCE(actual.is_active, FALSE) END AS played`,
    ...actual,
    ...labels.map(({ name, from, isDecimal }) => {
      const value = isDecimal ? exportedValue(sql, from, decimalLabel, request) : from;
      return `${value} AS ${name}`;
    }),
  ];
}

const decimalLabel: ColumnType = { kind: 'NUMERIC', precision: 5, scale: 1 };

/** The name of the market, and what the table has of it under names that are the same for each. */
function marketColumns(sql: SqlDialect, request: ExportRequest): readonly string[] {
  const { market, table } = request;
  if (!market) return [];
  return [
    `${sql.string(market.name)} AS market`,
    ...genericColumns(table, market).map(
      ({ column, name }) =>
        `${exportedValue(sql, `exported.${column.name}`, column.type, request)} AS ${name}`,
    ),
  ];
}

function labelJoins(table: StoredTable): string {
  const game = gameOf(table);
  return `
LEFT JOIN nba_analytics.${labelTable} AS actual
  ON actual.game_date = exported.${table.partition}
  AND actual.universal_player_id = exported.universal_player_id
  AND actual.${game} = exported.${game}
  AND actual.is_active
LEFT JOIN (
  SELECT DISTINCT game_date, ${game}
  FROM nba_analytics.${labelTable}
) AS finished
  ON finished.game_date = exported.${table.partition}
  AND finished.${game} = exported.${game}`;
}

/** The id of the game that a row is about. */
function gameOf({ columns }: StoredTable): string {
  return columns.some(({ name }) => name === 'nba_game_id') ? 'nba_game_id' : 'game_id';
}
