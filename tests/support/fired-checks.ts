import { duckdbDialect as sql } from '../../src/sql/duckdb-dialect.ts';
import { isComputed, loadTables } from '../../src/table/table-registry.ts';
import { inspectStaged } from './inspect-staged.ts';
import { openMemoryWarehouse } from './memory-warehouse.ts';

/** One for all test files of a worker, whose end closes it; its staged rows are those of the last question. */
const warehouse = await openMemoryWarehouse();
let asked: Promise<unknown> = Promise.resolve();

/**
 * The table's own checks that fire on made-up staged rows of one date, sorted.
 * @param rows how many; `i` counts them from 0.
 * @param columns SQL over `i`; columns that are left out are NULL.
 */
export async function firedChecks(
  name: string,
  rows: number,
  columns: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const table = (await loadTables()).get(name);
  if (!table || !isComputed(table)) throw new Error(`${name} is not a computed table`);
  const stray = Object.keys(columns).find(
    (column) => !table.columns.some((declared) => declared.name === column),
  );
  if (stray !== undefined) throw new Error(`${name} has no column ${stray}`);
  const given: Readonly<Record<string, string>> = {
    [table.partition]: "DATE '2023-11-15'",
    universal_player_id: 'CAST(i AS VARCHAR)',
    ...columns,
  };
  const typed = table.columns.map(
    (column) =>
      `CAST(${given[column.name] ?? 'NULL'} AS ${sql.typeName(column.type)}) AS ${column.name}`,
  );
  const select = `SELECT ${typed.join(', ')}, CAST(NULL AS VARCHAR) AS exclusion_reason, CAST(i AS VARCHAR) AS data_hash FROM range(${rows}) AS t(i)`;
  const inspect = async () => {
    await warehouse.stage('staged_rows', select);
    const found = await inspectStaged(warehouse, table, 'staged_rows');
    const own = new Set(table.checks.map((check) => check.name));
    return [...found.values()]
      .flatMap(({ violations }) => violations.map(({ check }) => check))
      .filter((check) => own.has(check))
      .sort();
  };
  // Tests ask several at once, and each has the staged rows to itself.
  const fired = asked.then(inspect);
  asked = fired.catch(() => undefined);
  return fired;
}
