import type { Column } from '../sql/column.ts';
import type { Window } from '../window/window.ts';
import { BadDefinition } from './bad-definition.ts';
import type { DateFacts, ExpectedRows } from './expected-rows.ts';
import type { FeatureContract } from './feature-contract.ts';
import type { Projection } from './projection.ts';
import type { SqlContext } from './sql-context.ts';
import type { TableCheck } from './table-check.ts';
import type { EffectiveOptions, TableOption } from './table-option.ts';

/** Datasets of the tables that come with Backcourt, and of its ledger. */
export const builtInDatasets = [
  'backcourt',
  'nba_raw',
  'nba_analytics',
  'nba_precompute',
  'nba_predictions',
] as const;

/**
 * When the rows of a date are known: before its first game, after its games, or each when it was seen.
 * `seenAt` and `tipoffAt` are columns; a row without a tip-off of its own is held to the schedule's.
 */
export type Known =
  | 'before_the_day'
  | 'after_the_day'
  | { readonly seenAt: string; readonly tipoffAt?: string };

/** What is stored: the DDL, the docs page and the partition hash are derived from this. */
export interface StoredTable {
  readonly name: string;
  /** One of {@link builtInDatasets}, or that of a project's own tables. */
  readonly dataset: string;
  /** The file of a table that is not one of Backcourt's folders, as it is to be named in messages. */
  readonly definedIn?: string;
  /** One or two sentences for the docs page. */
  readonly purpose: string;
  /** The DATE column by which rows are replaced. */
  readonly partition: string;
  readonly key: readonly string[];
  readonly cluster: readonly string[];
  /** The columns in table order, without provenance. */
  readonly columns: readonly Column[];
  /**
   * The look-ahead probe goes by it. Unless said, a loaded table is known after the day, and a
   * computed one claims to hold what was known before it, which is then put to the test.
   */
  readonly known?: Known;
  /** Found by the registry: the columns that other tables read of it, each list once. */
  readonly projections?: readonly Projection[];
  /** Found by the registry: another table reads its keys alone. */
  readonly isReadByKeys?: boolean;
}

/** A raw table filled by `backcourt ingest`. */
export interface LoadedTable extends StoredTable {
  readonly kind: 'loaded';
}

export interface TableInput {
  readonly table: string;
  /** All windows in which the SQL reads the table; the widest bounds what it can see. */
  readonly windows: readonly Window[];
  /**
   * What the SQL sees of a row: these columns, or those that say which row it is (`keys`). A value that
   * changes elsewhere makes nothing stale. All columns, unless said; always all of a raw table.
   */
  readonly columns?: readonly string[] | 'keys';
  /** Without a recorded partition where the window asks for one, the unit is blocked. */
  readonly required: boolean;
}

/** The window in which game dates of earlier tables are counted before a date is worked. */
export interface Lookback {
  readonly days: number;
  /** A game date counts only if all of these have it. */
  readonly tables: readonly string[];
}

/** A table computed by one SELECT from declared inputs. */
export interface ComputedTable extends StoredTable {
  readonly kind: 'computed';
  readonly phase: 'raw' | 'analytics' | 'precompute' | 'own';
  readonly inputs: readonly TableInput[];
  /** Tables that must have a partition of the same day although nothing of them is read. */
  readonly after?: readonly string[];
  readonly options: readonly TableOption[];
  /** TRUE when the table has no rows on the first days of each season. */
  readonly bootstrap: boolean;
  readonly lookback: Lookback | undefined;
  /**
   * On how many dates a run proves that it does not look ahead, before it writes the first row of a new definition; on
   * none unless said.
   */
  readonly provenFirst?: number;
  /** A query that somebody has written as it stands in {@link rowsSql}, and the line of its file that it begins in. */
  readonly written?: { readonly text: string; readonly line: number };
  /** The SELECT ends with `exclusion_reason`: such rows are entities left out, not rows. */
  readonly excludes: boolean;
  readonly checks: readonly TableCheck[];
  /** What models are promised, of a table that feeds them. */
  readonly contract?: FeatureContract;
  expectedRows(facts: DateFacts, options: EffectiveOptions): ExpectedRows;
  /**
   * One SELECT with the columns in table order for every date of the relation `target_dates`
   * (analysis_date DATE, season_year INT64, season_start DATE).
   */
  rowsSql(context: SqlContext): string;
}

export type TableDefinition = LoadedTable | ComputedTable;

/**
 * Checks a definition for mistakes that would otherwise surface as wrong data.
 * @throws BadDefinition when a key, partition or cluster column is missing, nullable or doubled, or a range allows nothing.
 */
export function defineTable<T extends TableDefinition>(table: T): T {
  const names = table.columns.map((column) => column.name);
  const doubled = names.find((name, index) => names.indexOf(name) !== index);
  if (doubled !== undefined) throw new BadDefinition(table, `column "${doubled}" is defined twice`);
  for (const name of [table.partition, ...table.key, ...table.cluster]) {
    const column = table.columns.find((candidate) => candidate.name === name);
    if (!column) throw new BadDefinition(table, `column "${name}" is not defined`);
    // Of an offer that nobody knows the time of there is one; all others are told apart by it.
    const isCapture = typeof table.known === 'object' && name === table.known.seenAt;
    if (column.nullWhen !== undefined && !isCapture) {
      throw new BadDefinition(table, `"${name}" may not be NULL`);
    }
  }
  const closed = table.columns.find(({ range, elementRanges = [] }) =>
    [range, ...elementRanges].some((each) => each !== undefined && each.min > each.max),
  );
  if (closed) throw new BadDefinition(table, `the range of "${closed.name}" ends before it begins`);
  if (table.kind === 'computed' && !table.key.includes(table.partition)) {
    throw new BadDefinition(table, `the key must include the partition column`);
  }
  return table;
}

/** When the rows of a table are known, with the default of its kind. */
export function knownOf({ known, kind }: Pick<TableDefinition, 'known' | 'kind'>): Known {
  return known ?? (kind === 'loaded' ? 'after_the_day' : 'before_the_day');
}

/** What says which row it is: the key and what the table is clustered by. */
export function identityColumns(table: Pick<StoredTable, 'key' | 'cluster'>): readonly string[] {
  return [...new Set([...table.key, ...table.cluster])];
}

/** Names of the columns that the SQL behind an input sees, in table order. */
export function columnsRead(
  table: Pick<StoredTable, 'key' | 'cluster' | 'columns'>,
  { columns }: Pick<TableInput, 'columns'>,
): readonly string[] {
  const names = table.columns.map(({ name }) => name);
  if (columns === undefined) return names;
  const seen = columns === 'keys' ? identityColumns(table) : columns;
  return names.filter((name) => seen.includes(name));
}

/** `dataset.table`, as both engines write it. */
export function qualifiedName(table: Pick<StoredTable, 'name' | 'dataset'>): string {
  return `${table.dataset}.${table.name}`;
}
