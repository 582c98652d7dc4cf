import { makeRunId, type RunRecord } from '../ledger/run-record.ts';
import type { Surroundings } from './surroundings.ts';

/** What a run is begun with. */
export interface RunStart {
  readonly verb: RunRecord['verb'];
  /** What is asked for, as the ledger keeps it. */
  readonly asked: object;
  readonly reason: string | undefined;
  /** UTC, ISO 8601. */
  readonly startedAt: string;
}

/** A run of whoever works here, with an id of its own. */
export function newRun(
  { randomHex, packageVersion, who }: Pick<Surroundings, 'randomHex' | 'packageVersion' | 'who'>,
  { verb, asked, reason, startedAt }: RunStart,
): RunRecord {
  return {
    runId: makeRunId(startedAt, randomHex()),
    verb,
    request: JSON.stringify(asked),
    codeVersion: packageVersion,
    who,
    reason,
    startedAt,
  };
}
