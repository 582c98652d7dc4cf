import { type UnitState, unitStates } from '../../src/plan/unit-state.ts';

/** Shows letter and name of a state in its colour. */
export function StateBadge({ state }: { readonly state: UnitState }) {
  return (
    <span class="state">
      <span class={`cell ${state}`} aria-hidden="true">
        {unitStates[state].letter}
      </span>
      {state}
    </span>
  );
}
