import { addDays, type GameDate } from '../calendar/game-date.ts';
import type { Column } from '../sql/column.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import type { SqlContext } from '../table/sql-context.ts';
import {
  columnsRead,
  knownOf,
  qualifiedName,
  type TableDefinition,
  type TableInput,
} from '../table/table-definition.ts';
import { acceptClosingLines } from '../table/table-option.ts';
import type { World } from '../world/world.ts';
import type { VerifiedUnit } from './verify-unit.ts';

/** What the SQL is given of the rows that nobody knew before the first game of the date. */
export type Future =
  /** All of these rows are there, as they stand. */
  'as it was' | 'taken away' | 'replaced by noise';

/**
 * The inputs of a unit over its whole season, later dates included: wider than a run of one date would
 * see, as wide as a batch may. In what was not known yet, the future is what is asked for.
 */
export function probeContext(
  sql: SqlDialect,
  world: Pick<World, 'tables' | 'calendar' | 'windows'>,
  { table, date, options }: VerifiedUnit,
  future: Future,
): SqlContext {
  return {
    sql,
    input: (name) => {
      const input = table.inputs.find((candidate) => candidate.table === name);
      const stored = world.tables.get(name);
      if (!input || !stored) throw new Error(`${table.name} does not declare the input "${name}"`);
      const span = probeSpan(world, input, date);
      const isAccepted = options.effective[acceptClosingLines.name] === 1;
      return relation(sql, stored, input, span, { date, future, isAccepted });
    },
    option: (name) => {
      const value = options.effective[name];
      if (value === undefined)
        throw new Error(`${table.name} does not declare the option "${name}"`);
      return String(value);
    },
  };
}

/** The days from the first that a window reaches to the end of the season, half-open. */
function probeSpan(
  { windows: resolver, calendar }: Pick<World, 'calendar' | 'windows'>,
  { windows }: TableInput,
  date: GameDate,
): { readonly from: GameDate; readonly before: GameDate } {
  const spans = windows.map((window) => resolver.span(window, date));
  const froms = spans.map(({ from }) => from).sort();
  const from = froms[0] ?? date;
  if (windows.every(({ kind }) => kind === 'undated')) return { from, before: addDays(from, 1) };
  const year = calendar.scheduled(date)?.seasonYear;
  const last = year === undefined ? undefined : calendar.season(year)?.dates.at(-1);
  return { from, before: addDays(last ?? date, 1) };
}

interface Probed {
  readonly date: GameDate;
  readonly future: Future;
  /** Somebody has said that what tells no time counts as seen in time. */
  readonly isAccepted: boolean;
}

function relation(
  sql: SqlDialect,
  stored: TableDefinition,
  input: TableInput,
  { from, before }: { readonly from: GameDate; readonly before: GameDate },
  { date, future, isAccepted }: Probed,
): string {
  const names = columnsRead(stored, input);
  const columns = stored.columns.filter(({ name }) => names.includes(name));
  const within = `${stored.partition} >= ${sql.date(from)} AND ${stored.partition} < ${sql.date(before)}`;
  const source = `SELECT ${names.join(', ')} FROM ${qualifiedName(stored)} WHERE ${within}`;
  const isUndated = input.windows.every(({ kind }) => kind === 'undated');
  if (future === 'as it was' || isUndated) return `(${source})`;
  const isKnown = `COALESCE(${knownCondition(sql, stored, date, isAccepted)}, FALSE)`;
  if (future === 'taken away') return `(${source} AND ${isKnown})`;
  return noisy(sql, stored, columns, qualifiedName(stored), within, isKnown);
}

/** SQL condition that holds for a row that was known before the first game of the date. */
function knownCondition(
  sql: SqlDialect,
  stored: TableDefinition,
  date: GameDate,
  isAccepted: boolean,
): string {
  const day = sql.date(date);
  const known = knownOf(stored);
  if (known === 'before_the_day') return `${stored.partition} <= ${day}`;
  if (known === 'after_the_day') return `${stored.partition} < ${day}`;
  // A row that may have been in time by some game's tip-off is not held against anybody.
  const ends = [
    ...(known.tipoffAt === undefined ? [] : [known.tipoffAt]),
    `(SELECT MAX(game.tipoff_at) FROM nba_raw.schedule AS game WHERE game.game_date = ${day})`,
    sql.timestamp(`${date}T05:00:00Z`),
  ];
  const inTime = `${known.seenAt} <= COALESCE(${ends.join(', ')})`;
  const isSeen = isAccepted ? `(${known.seenAt} IS NULL OR ${inTime})` : inTime;
  return `(${stored.partition} < ${day} OR (${stored.partition} = ${day} AND ${isSeen}))`;
}

/**
 * The rows with everything that was not known replaced: each value by the largest of its column, the
 * largest by the smallest. What says which row it is and when it was seen stays, else noise could make
 * something known.
 */
function noisy(
  sql: SqlDialect,
  stored: TableDefinition,
  columns: readonly Column[],
  from: string,
  within: string,
  isKnown: string,
): string {
  const known = knownOf(stored);
  const kept = new Set([
    stored.partition,
    ...stored.key,
    ...(typeof known === 'object' ? [known.seenAt, known.tipoffAt] : []),
  ]);
  const changed = columns.filter(({ name, type }) => !kept.has(name) && type.kind !== 'ARRAY');
  const noise = (column: Column) => {
    const { name, type } = column;
    if (kept.has(name)) return `probed.${name}`;
    const other =
      type.kind === 'ARRAY'
        ? `CAST([] AS ${sql.typeName(type)})`
        : `CASE WHEN probed.${name} = extremes.max_${name} THEN extremes.min_${name} ELSE extremes.max_${name} END`;
    return `CASE WHEN probed._is_known THEN probed.${name} ELSE ${other} END AS ${name}`;
  };
  const extremes = changed.flatMap(({ name }) => [
    `MIN(${name}) AS min_${name}`,
    `MAX(${name}) AS max_${name}`,
  ]);
  return `(
    SELECT ${columns.map(noise).join(', ')}
    FROM (SELECT *, ${isKnown} AS _is_known FROM ${from} WHERE ${within}) AS probed
    CROSS JOIN (SELECT ${['0 AS nothing', ...extremes].join(', ')} FROM ${from} WHERE ${within}) AS extremes
  )`;
}
