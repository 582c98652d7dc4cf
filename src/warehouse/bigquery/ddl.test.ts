import { expect, it } from 'vitest';
import { loadTables } from '../../table/table-registry.ts';
import { createTableStatement } from './ddl.ts';

const { all } = await loadTables();

it('partitions by month and finds a date within it by the clustering, of at most four columns', () => {
  for (const table of all) {
    const [, partitioned, clustered = ''] =
      /\nPARTITION BY (.+)\nCLUSTER BY (.+)\n/.exec(createTableStatement(table)) ?? [];
    expect(partitioned).toBe(`DATE_TRUNC(${table.partition}, MONTH)`);
    const columns = clustered.split(', ');
    expect(columns[0]).toBe(table.partition);
    expect(columns.length).toBeLessThanOrEqual(4);
    expect(new Set(columns).size).toBe(columns.length);
  }
});
