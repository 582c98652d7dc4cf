/**
 * Runs tables as the product does and kills its own process with SIGKILL after the n-th statement of
 * all its commits, BEGIN and COMMIT counted. Arguments: file, n, comma-separated tables and dates.
 * With n = 0 nothing is killed and the number of statements is printed.
 */
import { loadTables } from '../../src/table/table-registry.ts';
import type { DuckDbWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { runTables, withOpenFile } from '../support/run-tables.ts';

const [path = '', count = '0', tables = '', dates = ''] = process.argv.slice(2);
const last = Number(count);
let statements = 0;

function killedAfter(warehouse: DuckDbWarehouse): DuckDbWarehouse {
  const step = async (sql: string) => {
    await warehouse.run(sql);
    statements += 1;
    if (statements === last) process.kill(process.pid, 'SIGKILL');
  };
  return {
    ...warehouse,
    commit: async (all) => {
      await step('BEGIN TRANSACTION');
      for (const sql of all) await step(sql);
      await step('COMMIT');
    },
  };
}

const registry = await loadTables();
await withOpenFile(path, (warehouse) =>
  runTables(killedAfter(warehouse), registry, {
    tables: tables.split(','),
    dates: dates.split(','),
    runId: `until-${count}`,
  }),
);
process.stdout.write(`${statements}\n`);
