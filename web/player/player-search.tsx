import { useEffect, useState } from 'preact/hooks';
import type { PlayerName, PlayersAnswer } from '../../src/serve/player-api-types.ts';
import { Failure } from '../notice.tsx';
import { useApi } from '../use-api.ts';

const pauseMs = 150;

/** Finds players by a part of their name; marks and case do not matter. */
export function PlayerSearch({ onChoose }: { readonly onChoose: (player: PlayerName) => void }) {
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed), pauseMs);
    return () => clearTimeout(timer);
  }, [typed]);
  const answer = useApi<PlayersAnswer>(open ? `players?q=${encodeURIComponent(asked)}` : null);
  const players = answer.kind === 'ready' ? answer.data.players : [];
  const choose = (player: PlayerName) => {
    setOpen(false);
    setTyped('');
    onChoose(player);
  };
  return (
    <search
      class="search"
      onFocusOut={(event) => {
        const to = event.relatedTarget;
        if (!(to instanceof Node) || !event.currentTarget.contains(to)) setOpen(false);
      }}
    >
      <label>
        <span class="hidden">player</span>
        <input
          type="search"
          placeholder="name of a player"
          autocomplete="off"
          value={typed}
          onInput={(event) => {
            setTyped(event.currentTarget.value);
            setOpen(true);
          }}
          onFocus={() => setOpen(true)}
          onKeyDown={(event) => {
            const [first] = players;
            if (event.key === 'Enter' && first && asked === typed) choose(first);
            if (event.key === 'Escape') setOpen(false);
          }}
        />
      </label>
      {open && (
        <div class="found">
          {answer.kind === 'failed' && <Failure error={answer.error} />}
          {answer.kind === 'ready' && players.length === 0 && (
            <p class="quiet">
              {asked === '' ? 'No player has a box score yet.' : `No player is called “${asked}”.`}
            </p>
          )}
          <ul>
            {players.map((player) => (
              <li key={player.id}>
                <button type="button" onClick={() => choose(player)}>
                  <span>{player.name}</span>{' '}
                  <span class="quiet">
                    {player.team}, until {player.last_date}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </search>
  );
}
