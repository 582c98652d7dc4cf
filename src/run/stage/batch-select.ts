import type { SqlDialect } from '../../sql/sql-dialect.ts';
import { stagedSelect } from '../../table/staged-select.ts';
import { targetDate } from '../../table/target-dates.ts';
import type { World } from '../../world/world.ts';
import { type BatchRequest, stagedName } from '../work/batch-request.ts';
import { batchContext } from './batch-context.ts';

/**
 * The SELECT that computes the dates of a batch from what they may see.
 * @param written what is made of a table and dates.
 */
export function batchSelect(
  sql: SqlDialect,
  world: Pick<World, 'tables' | 'calendar' | 'windows'>,
  request: Pick<BatchRequest, 'table' | 'options' | 'dates' | 'behind'>,
  written: typeof stagedSelect = stagedSelect,
): string {
  const { table, options, dates, behind = [] } = request;
  const targets = dates.map((date) => targetDate(world.calendar, date));
  const staged = new Map(
    behind.map((batch) => [
      batch.table.name,
      { relation: stagedName(batch.table), dates: batch.dates, gone: batch.gone },
    ]),
  );
  const context = batchContext(sql, world, table, options, targets, staged);
  return written(table, context, targets);
}
