/** Opens a warehouse as a writer and holds it until stdin is closed. Argument: the file. */
import { hostname } from 'node:os';
import { openDuckDb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';

const [path = ''] = process.argv.slice(2);
const warehouse = await openDuckDb({
  path,
  mode: 'write',
  waitSeconds: 0,
  threads: undefined,
  writer: { pid: process.pid, host: hostname(), startedAt: '2023-11-15T12:00:00Z' },
});
process.stdin.resume();
process.stdin.on('end', () => void warehouse.close());
process.stdout.write('held\n');
