import type { PlanRequest } from '../../plan/plan.ts';

/** First words of a run's header. */
export function runTitle({
  backfillMode,
  rewrite,
}: Pick<PlanRequest, 'backfillMode' | 'rewrite'>): string {
  if (rewrite) return 'rewrite of';
  return backfillMode ? 'backfill of' : 'daily run of';
}
