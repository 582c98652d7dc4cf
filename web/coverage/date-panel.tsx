import { unitStates } from '../../src/plan/unit-state.ts';
import type { DateAnswer } from '../../src/serve/api-types.ts';
import { BrokenName } from '../broken-name.tsx';
import { count } from '../format.ts';
import { When } from '../notice.tsx';
import { useApi } from '../use-api.ts';

/** Shows the state of every table on one date. */
export function DatePanel({
  date,
  onUnit,
}: {
  readonly date: string;
  readonly onUnit: (table: string) => void;
}) {
  const answer = useApi<DateAnswer>(`dates/${date}`);
  return (
    <>
      <h2>{date}</h2>
      <When answer={answer}>
        {({ games, incomplete, units }) => (
          <>
            <p class="quiet">
              {games.length} {games.length === 1 ? 'game' : 'games'}: {games.join(', ')}
            </p>
            {incomplete && <p>{incomplete.text}: the rows are fewer than they should be</p>}
            <ul class="units">
              {units.map(({ table, state, reason, rows }) => (
                <li key={table}>
                  <button type="button" class="unit" onClick={() => onUnit(table)}>
                    <span class={`cell ${state}`} aria-hidden="true">
                      {unitStates[state].letter}
                    </span>
                    <span class="unit-name">
                      <BrokenName name={table} />
                    </span>
                    <span class="number">{rows === null ? '' : `${count(rows)} rows`}</span>
                    <span class={state === 'done' ? 'hidden' : 'quiet reason'}>
                      {state}: {reason.text}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
      </When>
    </>
  );
}
