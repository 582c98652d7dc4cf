import { setTimeout as pause } from 'node:timers/promises';
import type { Plan } from '../plan/plan.ts';
import { planAsRecorded } from '../plan/plan-as-recorded.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { RunEngine } from '../world/run-engine.ts';
import { ApiError } from './api-error.ts';

/** What an endpoint works with while the file is open. */
export interface OpenedWarehouse {
  readonly engine: RunEngine;
  /** The state of every unit, as `status` judges it. */
  plan(): Plan;
}

/**
 * Opens the file, lets an endpoint read, closes the file.
 * @param asker aborted when nobody waits for the answer any more: its turn is given to the next one.
 */
export type WarehouseReader = <T>(
  work: (opened: OpenedWarehouse) => Promise<T>,
  asker?: AbortSignal,
) => Promise<T>;

/** At most so many requests wait: a further one would wait longer than anybody looks at an empty page. */
const mostWaiting = 32;

/** After so long without a pause the file is left alone for a while, */
const longestHoldMs = 500;
/** long enough for a run that waits for it to find it free: it looks ten times a second. */
const pauseMs = 250;

export interface ReaderSource {
  /** Opens for reading, for the time of `work`. */
  open<T>(work: (warehouse: Warehouse) => Promise<T>): Promise<T>;
  makeEngine(warehouse: Warehouse): Promise<RunEngine>;
  /** Milliseconds of a clock that never goes back. */
  elapsedMs(): number;
  /** A text that differs when the content of the file may differ, or the day on the clock does. */
  stamp(): string;
}

/**
 * One request at a time has the file open: two openings of a file in one process share its lock, and
 * closing the first would give up the lock of the second. The file is opened for every request, so that a
 * run can have it in between and a request during a run is told so; what was read of the ledger is
 * kept as long as the file is the same. However many ask, a run that wants to write gets its turn.
 * @throws ApiError `locked` when too many wait already, or the asker has gone.
 */
export function makeWarehouseReader(source: ReaderSource): WarehouseReader {
  let last: Promise<unknown> = Promise.resolve();
  let kept: { readonly stamp: string; readonly engine: RunEngine; plan?: Plan } | undefined;

  const read = <T>(work: (opened: OpenedWarehouse) => Promise<T>): Promise<T> =>
    source.open(async (warehouse) => {
      // The stamp is taken while the file is open, when no writer can change it.
      const stamp = source.stamp();
      if (kept?.stamp !== stamp) kept = { stamp, engine: await source.makeEngine(warehouse) };
      const own = kept;
      return work({
        engine: { ...own.engine, warehouse },
        plan: () => {
          own.plan ??= planAsRecorded(own.engine.world);
          return own.plan;
        },
      });
    });

  let waiting = 0;
  let heldMs = 0;
  let freeSince = Number.NEGATIVE_INFINITY;

  async function takeTurn<T>(work: (opened: OpenedWarehouse) => Promise<T>): Promise<T> {
    if (source.elapsedMs() - freeSince >= pauseMs) heldMs = 0;
    if (heldMs >= longestHoldMs) {
      await pause(pauseMs);
      heldMs = 0;
    }
    const startedMs = source.elapsedMs();
    try {
      return await read(work);
    } finally {
      freeSince = source.elapsedMs();
      heldMs += freeSince - startedMs;
    }
  }

  return async (work, asker) => {
    if (waiting >= mostWaiting) {
      throw new ApiError(
        'locked',
        `${waiting} requests wait for the file already; ask again in a moment`,
      );
    }
    waiting += 1;
    const turn = last.then(async () => {
      waiting -= 1;
      if (asker?.aborted) throw new ApiError('locked', 'whoever asked has gone');
      return takeTurn(work);
    });
    last = turn.catch(() => undefined);
    return turn;
  };
}
