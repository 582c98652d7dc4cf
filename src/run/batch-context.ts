import type { SqlContext } from '../table/sql-context.ts';
import type { SqlDialect } from '../table/sql-dialect.ts';
import { type ComputedTable, columnsRead, qualifiedName } from '../table/table-definition.ts';
import { type EffectiveOptions, effectiveOptions } from '../table/table-option.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import type { TargetDate } from '../table/target-dates.ts';
import type { DateSpan, WindowResolver } from '../window/window-dates.ts';

/**
 * What a table's SQL sees for a batch: each declared input cut to the days that the windows of the
 * batch can reach, as literals, so that an engine prunes partitions and nothing else can be read.
 */
export function batchContext(
  sql: SqlDialect,
  tables: TableRegistry,
  windows: WindowResolver,
  table: ComputedTable,
  given: EffectiveOptions,
  dates: readonly TargetDate[],
): SqlContext {
  const options = effectiveOptions(table.options, given);
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
      return `(
    SELECT ${input.columns === undefined ? '*' : columnsRead(stored, input).join(', ')}
    FROM ${qualifiedName(stored)}
    WHERE ${stored.partition} >= ${sql.date(from)}
      AND ${stored.partition} < ${sql.date(before)}
  )`;
    },
    option: (name) => {
      const value = options[name];
      if (value === undefined)
        throw new Error(`${table.name} does not declare the option "${name}"`);
      return String(value);
    },
  };
}

/** A context in which nothing depends on dates or options, to derive the definition version from. */
export function canonicalContext(sql: SqlDialect): SqlContext {
  return { sql, input: (name) => name, option: (name) => `@${name}` };
}

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
