import { join } from 'node:path';
import type { TableRegistry } from '../../table/table-registry.ts';
import type { CliContext } from '../cli-context.ts';
import { readPastTime } from '../options/read-time.ts';
import { rewriteLine } from '../output/harmless-output.ts';
import { withTempFolder } from '../process/with-temp-folder.ts';
import { makePast } from './make-past.ts';

/** A verb that looks at a warehouse as its inputs were known at a time. */
export interface PastLook {
  readonly warehouse: string;
  /** As it is typed. */
  readonly knownAt: string;
  readonly wait: number | undefined;
  /** Whether it compares with the rows of today, and makes anew what it needs itself. */
  readonly comparesWithToday: boolean;
}

/**
 * Makes, for the time of `look`, a warehouse with the inputs as they were known, and what is computed of them.
 * @param look gets the place of its file. @returns its exit code.
 */
export async function withPast(
  context: CliContext,
  tables: TableRegistry,
  { warehouse, knownAt, wait, comparesWithToday }: PastLook,
  look: (past: string) => Promise<number>,
): Promise<number> {
  const time = readPastTime('--known-at', knownAt, context.clock.now());
  return withTempFolder('past', async (folder) => {
    const path = join(folder, 'past.duckdb');
    const request = { location: warehouse, waitSeconds: wait, time };
    rewriteLine(context, `the inputs as known at ${time}`);
    await makePast(context, tables, { ...request, keepsComputed: comparesWithToday }, path).finally(
      () => rewriteLine(context),
    );
    return look(path);
  });
}
