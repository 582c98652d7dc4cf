import { CommanderError } from 'commander';
import { Interrupted } from '../../engine/interruptible.ts';
import { pasteable } from '../../engine/pasteable.ts';
import { UsageError } from '../../engine/usage-error.ts';
import { BadInput } from '../../ingest/files/bad-input.ts';
import { toJson } from '../../report/words/json.ts';
import { exitCodes } from '../../run/exit-codes.ts';
import { BadDefinition } from '../../table/bad-definition.ts';
import { AbsentWarehouse, HeldWarehouse, WarehouseError } from '../../warehouse/warehouse.ts';
import type { CliContext } from '../cli-context.ts';

/** Prints an error the way its kind deserves. @returns the exit code of that kind. */
export function exitWith(context: CliContext, error: unknown, json: boolean): number {
  const { exitCode, message } = describeError(context, error);
  context.stderr(`error: ${message}\n`);
  if (json) {
    context.stdout(`${toJson({ type: 'error', message, exitCode })}\n`);
  }
  return exitCode;
}

/** Exit code and text of an error by its kind. */
export function describeError(
  context: CliContext,
  error: unknown,
): { readonly exitCode: number; readonly message: string } {
  if (error instanceof CommanderError) {
    return { exitCode: exitCodes.badInput, message: error.message };
  }
  if (error instanceof Interrupted)
    return { exitCode: exitCodes.interrupted, message: error.message };
  if (error instanceof UsageError) {
    return { exitCode: exitCodes.badInput, message: error.message };
  }
  if (error instanceof BadInput) {
    const commands = error.loadsIt.map((text) => `${context.invocation.command} ${text}`);
    const how = commands.length > 0 ? `; load it with: ${commands.join(' or ')}` : '';
    return { exitCode: exitCodes.badInput, message: `${error.message}${how}` };
  }
  // Who writes a table of his own is told what is wrong with it, and not where we found it.
  if (error instanceof BadDefinition) return { exitCode: exitCodes.bug, message: error.message };
  if (error instanceof WarehouseError) {
    switch (error.kind) {
      case 'locked':
        return {
          exitCode: exitCodes.held,
          message:
            error instanceof HeldWarehouse
              ? `${error.message}; wait for it with --wait <seconds>`
              : error.message,
        };
      case 'absent': {
        const place = error instanceof AbsentWarehouse ? error.location : undefined;
        const ingest = pasteable(context.invocation, 'ingest nba-stats <files>', place);
        return {
          exitCode: exitCodes.blocked,
          message: `${error.message}; make one with: ${ingest}`,
        };
      }
      case 'oversized':
      case 'surroundings':
        return { exitCode: exitCodes.surroundings, message: error.message };
      case 'statement':
      case 'definition':
        break;
    }
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { exitCode: exitCodes.bug, message: `unexpected, please report it: ${text}` };
}
