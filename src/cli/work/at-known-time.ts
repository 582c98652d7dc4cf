import { join } from 'node:path';
import type { TableRegistry } from '../../table/table-registry.ts';
import type { CliContext } from '../cli-context.ts';
import { readPastTime } from '../options/read-time.ts';
import { rewriteLine } from '../output/harmless-output.ts';
import { withTempFolder } from '../process/with-temp-folder.ts';
import { makePast } from './make-past.ts';

/** Flags of a verb that may look at a warehouse as its inputs were known at a time. */
export interface KnownAtFlags {
  readonly warehouse: string;
  readonly wait: number | undefined;
  /** As it is typed. */
  readonly knownAt: string | undefined;
}

/** The warehouse of which the inputs are, and when they were known. */
export interface KnownTime {
  readonly location: string;
  /** UTC, ISO 8601. */
  readonly time: string;
}

/**
 * Lets a verb work on the warehouse that its flags name, or, with `--known-at`, for the time of `work` on one with the inputs
 * as they were known.
 * @param work gets the flags with the warehouse that is meant, and with `--known-at` what it was made of. @returns its exit code.
 * @param computed whether tables are `made` of these inputs first, or left as they stand `today`, to be compared with.
 */
export async function atKnownTime<F extends KnownAtFlags>(
  context: CliContext,
  tables: TableRegistry,
  flags: F,
  work: (flags: F, known?: KnownTime) => Promise<number>,
  computed: 'made' | 'today' = 'made',
): Promise<number> {
  const { warehouse: location, wait: waitSeconds, knownAt } = flags;
  if (knownAt === undefined) return work(flags);
  const time = readPastTime('--known-at', knownAt, context.clock.now());
  return withTempFolder('past', async (folder) => {
    const path = join(folder, 'past.duckdb');
    const request = { location, waitSeconds, time, keepsComputed: computed === 'today' };
    rewriteLine(context, `the inputs as known at ${time}`);
    await makePast(context, tables, request, path).finally(() => rewriteLine(context));
    return work({ ...flags, warehouse: path }, { location, time });
  });
}
