import type { PlanSettings } from '../../plan/saved-plan.ts';
import { defaultBatchDays } from '../options/program.ts';
import type { PlanFlags } from '../options/run-flags.ts';
import type { RunRequest } from './run-request.ts';

/** How the units of a request are worked: the flags, or their defaults. */
export function planSettings(
  { backfillMode, processor }: Pick<RunRequest, 'backfillMode' | 'processor'>,
  { batchDays, allowShrink }: Pick<PlanFlags, 'batchDays' | 'allowShrink'>,
): PlanSettings {
  return {
    batchDays: batchDays ?? defaultBatchDays,
    allowShrink,
    skipDownstreamTrigger: backfillMode || processor.skipDownstreamTrigger === true,
  };
}
