import type { Timing } from './timing.ts';

/** How long to wait for what passes: twice as long each time, with jitter, up to a limit. */
export interface Backoff {
  readonly firstMs: number;
  readonly mostMs: number;
  /** Most attempts, the first one included. */
  readonly attempts?: number;
  /** Most time spent waiting. */
  readonly withinMs?: number;
}

/**
 * Works until it succeeds, or fails for a reason that waiting does not help, or has for too long.
 * @param backoffOf how to wait after an error; `undefined` when the same would only fail again.
 * @throws the last error.
 */
export async function retrying<T>(
  timing: Timing,
  work: () => Promise<T>,
  backoffOf: (error: unknown) => Backoff | undefined,
): Promise<T> {
  const spent = new Map<Backoff, { attempts: number; waitedMs: number }>();
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const backoff = backoffOf(error);
      if (!backoff) throw error;
      const { firstMs, mostMs, attempts = Number.POSITIVE_INFINITY, withinMs } = backoff;
      const before = spent.get(backoff) ?? { attempts: 0, waitedMs: 0 };
      const failed = before.attempts + 1;
      // The wait is between half of what is due and all of it, so that two that met once do not meet again.
      const due = Math.min(mostMs, firstMs * 2 ** failed);
      const ms = Math.round((due / 2) * (1 + timing.random()));
      if (failed >= attempts || before.waitedMs + ms > (withinMs ?? Number.POSITIVE_INFINITY)) {
        throw error;
      }
      spent.set(backoff, { attempts: failed, waitedMs: before.waitedMs + ms });
      await timing.sleep(ms);
    }
  }
}
