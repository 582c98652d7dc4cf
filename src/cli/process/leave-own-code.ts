import { hasCarriedOut } from '../../project/import-own.ts';

/**
 * Ends a process that has done its work and carried out code of a project: a timer or a socket that this has left open
 * would keep it for ever.
 */
export async function leaveOwnCode(): Promise<void> {
  if (!hasCarriedOut()) return;
  for (const stream of [process.stdout, process.stderr]) {
    // What was printed into a pipe is not yet gone.
    await new Promise<void>((resolve) => {
      stream.write('', () => resolve());
    });
  }
  process.exit();
}
