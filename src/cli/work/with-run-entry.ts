import {
  endRunStatement,
  makeRunId,
  type RunRecord,
  startRunStatement,
} from '../../ledger/run-record.ts';
import { exitCodes } from '../../run/exit-codes.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import type { CliContext } from '../cli-context.ts';

/** What changes a warehouse and is done at once. */
export interface WholeChange {
  readonly verb: RunRecord['verb'];
  /** What was asked for. */
  readonly asked: object;
  /** What came of it. */
  readonly summary: object;
  /** UTC, ISO 8601. */
  readonly startedAt: string;
}

/** The statements of a change with those of its entry among the runs, for one commit: neither stands without the other. */
export function withRunEntry(
  context: CliContext,
  { dialect, label }: Warehouse,
  { verb, asked, summary, startedAt }: WholeChange,
  statements: readonly string[],
): readonly string[] {
  const runId = makeRunId(startedAt, context.randomHex());
  label?.({ run: runId, table: verb });
  return [
    startRunStatement(dialect, {
      ...{ runId, verb, startedAt, reason: undefined },
      request: JSON.stringify(asked),
      codeVersion: context.packageVersion,
      who: context.who,
    }),
    ...statements,
    endRunStatement(dialect, runId, {
      finishedAt: context.clock.now(),
      exitCode: exitCodes.done,
      summary: JSON.stringify(summary),
    }),
  ];
}
