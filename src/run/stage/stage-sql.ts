import type { Staging } from '../../warehouse/warehouse.ts';
import type { RunEngine } from '../../world/run-engine.ts';
import { type BatchRequest, stagedName } from '../work/batch-request.ts';
import { batchSelect } from './batch-select.ts';
import { lookSql } from './look-sql.ts';

/** The relation that holds the computed rows of a batch before they are judged. */
export function stagingOf(
  engine: Pick<RunEngine, 'warehouse' | 'tables' | 'facts' | 'calendar'>,
  request: BatchRequest,
): Staging {
  return { name: stagedName(request.table), select: batchSelect(engine, request) };
}

/** The statement that looks at all that some batches have staged. */
export function lookAt(
  { warehouse }: Pick<RunEngine, 'warehouse'>,
  batches: readonly BatchRequest[],
): string {
  const staged = batches.map(({ table }) => ({ table, relation: stagedName(table) }));
  return lookSql(warehouse.dialect, staged);
}
