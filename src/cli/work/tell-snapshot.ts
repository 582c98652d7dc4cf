import { snapshotJson, snapshotLines } from '../../report/snapshot-report.ts';
import { exitCodes } from '../../run/exit-codes.ts';
import type { RunEngine } from '../../world/run-engine.ts';
import type { VerbContext } from '../cli-context.ts';
import { alteredRefusal } from '../output/altered-refusal.ts';
import { snapshotPlace, writeSnapshot } from './write-snapshot.ts';

/** Where lines for people and objects for machines go. */
export type Say = Readonly<Record<'text' | 'json', (line: string) => void>>;

/**
 * Looks at the folder of a snapshot before anything is computed.
 * @returns what brings the snapshot up to date and tells what that took, with the exit code.
 * @throws UsageError where no snapshot can be written.
 */
export function prepareSnapshot(
  context: VerbContext,
  engine: RunEngine,
  folder: string,
  dataKind: string | undefined,
): (say: Say) => Promise<number> {
  const place = snapshotPlace(folder, engine.warehouse, dataKind);
  return async (say) => {
    const result = await writeSnapshot(place, engine);
    if ('files' in result) {
      snapshotLines(result).forEach(say.text);
      snapshotJson(result).forEach(say.json);
      return 0;
    }
    for (const line of await alteredRefusal(context, engine, result)) say.text(line);
    return exitCodes.difference;
  };
}
