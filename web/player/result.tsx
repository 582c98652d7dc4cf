import { useState } from 'preact/hooks';
import type { PlayerResultAnswer } from '../../src/serve/player-api-types.ts';
import { When } from '../notice.tsx';
import { useApi } from '../use-api.ts';
import { GameTable } from './game-table.tsx';

/** What he did on the date: asked for when it is opened and not before, for it was not known then. */
export function Result({ id, date }: { readonly id: string; readonly date: string }) {
  const [isOpen, setIsOpen] = useState(false);
  const answer = useApi<PlayerResultAnswer>(isOpen ? `players/${id}/${date}/result` : null);
  return (
    <details class="result" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>What he then did, not known before the game</summary>
      {isOpen && (
        <When answer={answer}>
          {({ game }) =>
            game ? (
              <GameTable label="What he then did" games={[game]} />
            ) : (
              <p class="quiet">He did not play on this date, or its box scores are not loaded.</p>
            )
          }
        </When>
      )}
    </details>
  );
}
