import { stagedSelect } from '../../table/staged-select.ts';
import type { RunEngine } from '../../world/run-engine.ts';
import { type BatchRequest, stagedName } from '../work/batch-request.ts';
import { batchContext } from './batch-context.ts';
import { targetDate } from './date-facts.ts';

/** The SELECT that computes the dates of a batch from what they may see. */
export function batchSelect(
  {
    warehouse,
    tables,
    facts,
    calendar,
  }: Pick<RunEngine, 'warehouse' | 'tables' | 'facts' | 'calendar'>,
  request: Pick<BatchRequest, 'table' | 'options' | 'dates' | 'behind'>,
): string {
  const { table, options, dates, behind = [] } = request;
  const targets = dates.map((date) => targetDate({ calendar }, date));
  const staged = new Map(
    behind.map((batch) => [
      batch.table.name,
      { relation: stagedName(batch.table), dates: batch.dates },
    ]),
  );
  const { dialect } = warehouse;
  const context = batchContext(dialect, tables, facts.windows, table, options, targets, staged);
  return stagedSelect(table, context, targets);
}
