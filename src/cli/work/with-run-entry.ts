import { newRun, type RunStart } from '../../engine/new-run.ts';
import { endRunStatement, startRunStatement } from '../../ledger/run-record.ts';
import { exitCodes } from '../../run/exit-codes.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import type { CliContext } from '../cli-context.ts';

/** What changes a warehouse and is done at once. */
export interface WholeChange extends Omit<RunStart, 'reason'> {
  /** What came of it. */
  readonly summary: object;
}

/** The statements of a change with those of its entry among the runs, for one commit: neither stands without the other. */
export function withRunEntry(
  context: CliContext,
  { dialect, label }: Warehouse,
  { verb, asked, summary, startedAt }: WholeChange,
  statements: readonly string[],
): readonly string[] {
  const run = newRun(context, { verb, asked, reason: undefined, startedAt });
  const { runId } = run;
  label?.({ run: runId, table: verb });
  return [
    startRunStatement(dialect, run),
    ...statements,
    endRunStatement(dialect, runId, {
      finishedAt: context.clock.now(),
      exitCode: exitCodes.done,
      summary: JSON.stringify(summary),
    }),
  ];
}
