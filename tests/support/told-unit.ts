import type { PlannedUnit } from '../../src/plan/plan.ts';
import type { Reason } from '../../src/plan/reason.ts';
import { commandText } from '../../src/report/words/command-text.ts';
import { reasonText } from '../../src/report/words/reason-text.ts';

/** A planned unit with its reason and remedy as they are printed. */
export function toldUnit<T extends Pick<PlannedUnit, 'reason' | 'remedy'>>(
  unit: T,
): Omit<T, 'reason' | 'remedy'> & { readonly reason: string; readonly help: string | undefined } {
  const { reason, remedy, ...rest } = unit;
  return {
    ...rest,
    reason: reasonText(reason),
    help: remedy && `backcourt ${commandText(remedy)}`,
  };
}

/** A reason with any words. */
export function aReason(note: string): Reason {
  return { kind: 'recorded', note };
}
