import type { SqlDialect } from '../../sql/sql-dialect.ts';
import type { Staging } from '../../warehouse/warehouse.ts';
import type { World } from '../../world/world.ts';
import { type BatchRequest, stagedName } from '../work/batch-request.ts';
import { batchSelect } from './batch-select.ts';
import { lookSql } from './look-sql.ts';

/** The relation that holds the computed rows of a batch before they are judged. */
export function stagingOf(
  sql: SqlDialect,
  world: Pick<World, 'tables' | 'calendar' | 'windows'>,
  request: BatchRequest,
): Staging {
  const { table, behind = [] } = request;
  const inputs = new Set(table.inputs.map((input) => input.table));
  return {
    name: stagedName(table),
    select: batchSelect(sql, world, request),
    reads: behind
      .filter((batch) => inputs.has(batch.table.name))
      .map((batch) => stagedName(batch.table)),
  };
}

/** The statement that looks at all that some batches have staged. */
export function lookAt(sql: SqlDialect, batches: readonly BatchRequest[]): string {
  const staged = batches.map(({ table }) => ({ table, relation: stagedName(table) }));
  return lookSql(sql, staged);
}
