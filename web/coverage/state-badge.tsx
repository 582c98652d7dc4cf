import type { UnitState } from '../../src/plan/plan.ts';
import { stateLetters } from '../../src/report/state-letters.ts';

/** Letter and name of a state, in its colour. */
export function StateBadge({ state }: { readonly state: UnitState }) {
  return (
    <span class="state">
      <span class={`cell ${state}`} aria-hidden="true">
        {stateLetters[state]}
      </span>
      {state}
    </span>
  );
}
