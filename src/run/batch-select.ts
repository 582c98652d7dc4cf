import { stagedSelect } from '../table/staged-select.ts';
import { batchContext } from './batch-context.ts';
import type { BatchRequest } from './batch-request.ts';
import { targetDate } from './date-facts.ts';
import type { RunEngine } from './run-engine.ts';

/** The SELECT that computes the dates of a batch from what they may see. */
export function batchSelect(
  {
    warehouse,
    tables,
    facts,
    calendar,
  }: Pick<RunEngine, 'warehouse' | 'tables' | 'facts' | 'calendar'>,
  { table, options, dates }: Pick<BatchRequest, 'table' | 'options' | 'dates'>,
): string {
  const targets = dates.map((date) => targetDate({ calendar }, date));
  const context = batchContext(warehouse.dialect, tables, facts.windows, table, options, targets);
  return stagedSelect(table, context, targets);
}
