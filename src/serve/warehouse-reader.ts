import type { Plan } from '../plan/plan.ts';
import { planAsRecorded } from '../plan/plan-as-recorded.ts';
import type { RunEngine } from '../run/run-engine.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** What an endpoint works with while the file is open. */
export interface OpenedWarehouse {
  readonly engine: RunEngine;
  /** The state of every unit, as `status` judges it. */
  plan(): Plan;
}

/** Opens the file, lets an endpoint read, closes the file. */
export type WarehouseReader = <T>(work: (opened: OpenedWarehouse) => Promise<T>) => Promise<T>;

export interface ReaderSource {
  /** Opens for reading, for the time of `work`. */
  open<T>(work: (warehouse: Warehouse) => Promise<T>): Promise<T>;
  makeEngine(warehouse: Warehouse): Promise<RunEngine>;
  /** Differs when the content of the file may differ, or the day on the clock does. */
  stamp(): string;
}

/**
 * One request at a time has the file open: two openings of a file in one process share its lock, and
 * closing the first would give up the lock of the second. The file is opened for every request, so that a
 * run can have it in between and a request during a run is told so; what was read of the ledger is
 * kept as long as the file is the same.
 */
export function makeWarehouseReader(source: ReaderSource): WarehouseReader {
  let last: Promise<unknown> = Promise.resolve();
  let known: { readonly stamp: string; readonly engine: RunEngine; plan?: Plan } | undefined;

  const read = <T>(work: (opened: OpenedWarehouse) => Promise<T>): Promise<T> =>
    source.open(async (warehouse) => {
      // Taken while the file is open: no writer can change it now.
      const stamp = source.stamp();
      if (known?.stamp !== stamp) known = { stamp, engine: await source.makeEngine(warehouse) };
      const kept = known;
      return work({
        engine: { ...kept.engine, warehouse },
        plan: () => {
          kept.plan ??= planAsRecorded(kept.engine.facts);
          return kept.plan;
        },
      });
    });

  return (work) => {
    const turn = last.then(() => read(work));
    last = turn.catch(() => undefined);
    return turn;
  };
}
