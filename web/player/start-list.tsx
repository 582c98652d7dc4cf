import { fixed } from '../format.ts';
import { linkTo } from '../route.ts';
import { type DatedSlate, SlateOf } from '../slate/slate-of.tsx';

/** The players of a date by game, to begin with; those who play most come first. */
export function StartList({ date }: { readonly date: string }) {
  return (
    <SlateOf
      date={date}
      page="player"
      note={() => (
        <p class="quiet">Players of this date, points a game of the season beside them</p>
      )}
    >
      {(slate) => <Games slate={slate} />}
    </SlateOf>
  );
}

function Games({ slate: { date, games } }: { readonly slate: DatedSlate }) {
  return (
    <div class="start-list">
      {games.map(({ game_id: gameId, teams, players }) => (
        <section key={gameId}>
          <h2>
            <a href={linkTo('slate', { date, game: gameId })}>
              {teams.map(({ team }) => team).join(' – ')}
            </a>
          </h2>
          <div class="start-teams">
            {teams.map(({ team }) => (
              <ul key={team} class="plain-list">
                {players
                  .filter((player) => player.team === team)
                  .map(({ id, name, points_season: points }) => (
                    <li key={id}>
                      <a href={linkTo('player', { player: id, date })}>{name}</a>{' '}
                      <span class="quiet">{points === null ? '' : fixed(points, 1)}</span>
                    </li>
                  ))}
              </ul>
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}
