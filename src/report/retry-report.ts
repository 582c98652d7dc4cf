import type { FollowUps } from './follow-ups.ts';
import { plural } from './words/format.ts';
import { toJson } from './words/json.ts';

/** Why a retry does nothing. */
export interface NothingToRetry {
  /** `undefined` when no run is recorded. */
  readonly runId: string | undefined;
  /** Units that failed in other runs. */
  readonly failedElsewhere: number;
}

/** One line, and where to look when something else failed. */
export function nothingToRetry(
  { runId, failedElsewhere }: NothingToRetry,
  { command }: Pick<FollowUps, 'command'>,
): { readonly lines: readonly string[]; readonly json: readonly string[] } {
  const line =
    runId === undefined
      ? 'nothing to retry: no run is recorded'
      : `nothing left to retry: no unit of run ${runId} is failed`;
  const hint =
    failedElsewhere === 0
      ? []
      : [
          `${plural(failedElsewhere, 'unit')} of other runs failed; list them with: ${command('status --failed')}`,
        ];
  return {
    lines: [line, ...hint],
    json: [toJson({ type: 'nothing_to_retry', runId: runId ?? null, failedElsewhere })],
  };
}
