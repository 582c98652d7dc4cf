import { addDays, type GameDate } from '../../calendar/game-date.ts';
import { onDates } from '../../ledger/ledger-statements.ts';
import type { SqlDialect } from '../../sql/sql-dialect.ts';
import type { SqlContext } from '../../table/sql-context.ts';
import { type ComputedTable, columnsRead, qualifiedName } from '../../table/table-definition.ts';
import { isComputed } from '../../table/table-registry.ts';
import type { TargetDate } from '../../table/target-dates.ts';
import type { UnitOptions } from '../../table/unit-options.ts';
import type { DateSpan } from '../../window/window-dates.ts';
import type { World } from '../../world/world.ts';

/** Rows of a table that are staged and not committed yet. */
export interface StagedRows {
  readonly relation: string;
  /** Their dates, ascending; the table has nothing of these, unless they are among `gone`. */
  readonly dates: readonly GameDate[];
  /** Dates, ascending, of which what stands in the table is as good as removed. */
  readonly gone?: readonly GameDate[] | undefined;
}

/**
 * What a table's SQL sees for a batch: each declared input cut to the days that the windows of the
 * batch can reach, as literals, so that an engine prunes partitions and nothing else can be read.
 * @param staged by table: rows that belong to it and are not there yet.
 */
export function batchContext(
  sql: SqlDialect,
  { tables, windows }: Pick<World, 'tables' | 'windows'>,
  table: ComputedTable,
  { effective: options }: UnitOptions,
  dates: readonly TargetDate[],
  staged: ReadonlyMap<string, StagedRows> = new Map(),
): SqlContext {
  return {
    sql,
    input: (name) => {
      const input = table.inputs.find((candidate) => candidate.table === name);
      const stored = tables.get(name);
      if (!input || !stored) throw new Error(`${table.name} does not declare the input "${name}"`);
      const spans = dates.flatMap(({ date }) =>
        input.windows.map((window) => windows.span(window, date)),
      );
      const { from, before } = union(spans);
      const within = `${stored.partition} >= ${sql.date(from)}
      AND ${stored.partition} < ${sql.date(before)}`;
      const seen = input.columns === undefined ? '*' : columnsRead(stored, input).join(', ');
      const rows = (columns: string, relation: string, more = '') => `
    SELECT ${columns}
    FROM ${relation}
    WHERE ${within}${more}`;
      const waiting = staged.get(name);
      const { partition } = stored;
      const gone = waiting?.gone?.filter((date) => from <= date && date < before) ?? [];
      const stands = gone.length === 0 ? '' : `${and}NOT (${onDates(sql, partition, gone)})`;
      const [first] = waiting?.dates ?? [];
      if (waiting === undefined || first === undefined || before <= first) {
        return `(${rows(seen, qualifiedName(stored), stands)}\n  )`;
      }
      // A staged row has no provenance yet, so the columns are named.
      const columns = columnsRead(stored, input).join(', ');
      const remains = isComputed(stored) && stored.excludes ? leftOut : '';
      // Of a date that came out badly the staged rows are not what a reader would find.
      const sound = waiting.gone ? `${and}${onDates(sql, partition, waiting.dates)}` : '';
      const isWaiting = rows(columns, `${waiting.relation} AS staged`, remains + sound);
      return from >= first && before <= addDays(first, 1)
        ? `(${isWaiting}\n  )`
        : `(${rows(columns, qualifiedName(stored), stands)}\n    UNION ALL${isWaiting}\n  )`;
    },
    option: (name) => {
      const value = options[name];
      if (value === undefined)
        throw new Error(`${table.name} does not declare the option "${name}"`);
      return String(value);
    },
  };
}

const and = '\n      AND ';

/** Candidates that were left out are staged too. */
const leftOut = `${and}exclusion_reason IS NULL`;

function union(spans: readonly DateSpan[]): DateSpan {
  const [first, ...rest] = spans;
  if (!first) throw new Error('a batch without dates');
  return rest.reduce(
    (sum, span) => ({
      from: span.from < sum.from ? span.from : sum.from,
      before: span.before > sum.before ? span.before : sum.before,
    }),
    first,
  );
}
