import type { FollowUps } from '../report/run-summary-lines.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import type { CliContext } from './cli-context.ts';
import { pasteable, retryCommand } from './retry-command.ts';
import type { RunFlags } from './run-flags.ts';

/** The commands that a run's summary prints, with the options that each table knows. */
export function makeFollowUps(
  { invocation }: CliContext,
  flags: Pick<RunFlags, 'backfill' | 'option' | 'allowShrink' | 'warehouse'>,
  tables: readonly ComputedTable[],
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
  return {
    retry: (table, dates) =>
      retryCommand(invocation, { ...flags, option: knownTo(table) }, table, dates),
    command: (text) => pasteable(invocation, text, flags.warehouse),
  };
}

/** For runs whose failed units no list of dates and options can repeat: `backcourt retry` can. */
export function retryFollowUps(
  { invocation }: CliContext,
  warehouse: string,
  runId?: string,
): FollowUps {
  const text = runId === undefined ? 'backcourt retry' : `backcourt retry ${runId}`;
  return {
    retry: () => pasteable(invocation, text, warehouse),
    command: (line) => pasteable(invocation, line, warehouse),
  };
}

function isTableOption(name: string, tables: readonly ComputedTable[]): boolean {
  return tables.some(({ options }) => options.some((option) => option.name === name));
}
