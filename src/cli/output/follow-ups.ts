import type { FollowUps } from '../../report/follow-ups.ts';
import type { ComputedTable } from '../../table/table-definition.ts';
import type { VerbContext } from '../cli-context.ts';
import { type RepeatedFlags, retryCommand } from './retry-command.ts';

/**
 * The commands that a run's summary prints, with the options that each table knows.
 * @param tables all that are computed. @param asked those that the command line names.
 */
export function makeFollowUps(
  { invocation, command }: Pick<VerbContext, 'invocation' | 'command'>,
  flags: RepeatedFlags,
  tables: readonly ComputedTable[],
  asked: readonly ComputedTable[] = tables,
): FollowUps {
  // A table refuses an option that it does not know, so a retry of it alone must not give one.
  const knownTo = (table: string) => {
    const declared =
      tables.find(({ name }) => name === table)?.options.map(({ name }) => name) ?? [];
    return flags.option.filter((text) => {
      const [name = ''] = text.split('=');
      return !isTableOption(name, tables) || declared.includes(name);
    });
  };
  // A job works its own table alone; what daily mode has added to it is retried by `run`.
  const invocationOf = (table: string) =>
    asked.some(({ name }) => name === table)
      ? invocation
      : { ...invocation, self: `${invocation.command} run` };
  return {
    retry: (table, dates) =>
      retryCommand(invocationOf(table), { ...flags, option: knownTo(table) }, table, dates),
    command,
  };
}

/**
 * The commands of a run whose failed units no list of dates and options can repeat; `backcourt retry` can.
 */
export function retryFollowUps(
  { command }: Pick<VerbContext, 'command'>,
  runId?: string,
): FollowUps {
  const text = runId === undefined ? 'retry' : `retry ${runId}`;
  return { retry: () => command(text), command };
}

function isTableOption(name: string, tables: readonly ComputedTable[]): boolean {
  return tables.some(({ options }) => options.some((option) => option.name === name));
}
