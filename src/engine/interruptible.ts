import type { DuckDbWarehouse } from '../warehouse/duckdb/duckdb-warehouse.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** A signal came before the work was done, and nothing of it was written: exit code 130. */
export class Interrupted extends Error {
  constructor() {
    super('interrupted; nothing was written');
    this.name = 'Interrupted';
  }
}

/**
 * The same warehouse, refusing to begin anything once `stop` is aborted: for work that is one commit,
 * or none, and is best given up. A run has many and stops between them by itself.
 */
export function interruptible<W extends Warehouse & Partial<LocalFiles>>(
  warehouse: W,
  stop: AbortSignal,
): W {
  const unlessStopped =
    <A extends readonly unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (stop.aborted) throw new Interrupted();
      return work(...args);
    };
  return {
    ...warehouse,
    query: unlessStopped(warehouse.query),
    queryEach: unlessStopped(warehouse.queryEach),
    stage: unlessStopped(warehouse.stage),
    stageAll: unlessStopped(warehouse.stageAll),
    commit: unlessStopped(warehouse.commit),
    write: unlessStopped(warehouse.write),
    ...(warehouse.commitWhile && { commitWhile: unlessStopped(warehouse.commitWhile) }),
    writeRowFile: unlessStopped(warehouse.writeRowFile),
    stageRowFile: unlessStopped(warehouse.stageRowFile),
    ...(warehouse.run && { run: unlessStopped(warehouse.run) }),
    ...(warehouse.exportRows && { exportRows: unlessStopped(warehouse.exportRows) }),
  };
}

/** What only DuckDB does. */
type LocalFiles = Pick<DuckDbWarehouse, 'run' | 'exportRows'>;
