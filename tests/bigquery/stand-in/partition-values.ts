import type { Cells } from '../googlesql/googlesql-service.ts';
import type { Table } from '../googlesql/memory-database.ts';

const dayMs = 86_400_000;
const digits = { DAY: 10, MONTH: 7, YEAR: 4 } as const;

/** The partitions that some rows of a table stand in; one of a table that is not parted. */
export function partitionValues(
  { columns, partition }: Pick<Table, 'columns' | 'partition'>,
  rows: Iterable<Cells>,
): ReadonlySet<string> {
  const values = new Set<string>();
  const place = columns.findIndex(({ name }) => name === partition?.column);
  const length = digits[partition?.unit ?? 'DAY'];
  for (const { cell } of rows) {
    if (!partition) return new Set(['all']);
    const day = cell[place]?.dateValue;
    values.add(
      day === undefined ? '__NULL__' : new Date(day * dayMs).toISOString().slice(0, length),
    );
  }
  return values;
}

/** Without the rows of partitions whose time is over. */
export function withoutExpired(table: Table, nowMs: number): Table {
  const { columns, partition, options, rows } = table;
  if (!partition || options.partitionDays === undefined) return table;
  const place = columns.findIndex(({ name }) => name === partition.column);
  const first = Math.floor(nowMs / dayMs) - options.partitionDays;
  const kept = rows.filter(({ cell }) => Number(cell[place]?.dateValue) >= first);
  return { ...table, rows: kept };
}
