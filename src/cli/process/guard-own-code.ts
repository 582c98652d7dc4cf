import { ownError } from '../../project/import-own.ts';

/**
 * What code of a project throws when it was read already is told, and ends nothing: what it has declared is known, and does
 * not change any more. Every other error ends the process as it would without this.
 */
export function guardOwnCode(stderr: (text: string) => void): void {
  const onError = (error: unknown) => {
    const told = ownError(error);
    if (told !== undefined)
      return stderr(`warning: ${told}; it was read before, and is used as it was\n`);
    process.off('uncaughtException', onError);
    setImmediate(() => {
      throw error;
    });
  };
  process.on('uncaughtException', onError);
}
