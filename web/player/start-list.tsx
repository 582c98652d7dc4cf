import type { SlateAnswer } from '../../src/serve/slate-api-types.ts';
import { DateChooser } from '../date-chooser.tsx';
import { fixed } from '../format.ts';
import { Notice, When } from '../notice.tsx';
import { goTo, linkTo } from '../route.ts';
import { useApi } from '../use-api.ts';

/** The players of a date by game, to begin with; those who play most come first. */
export function StartList({ date }: { readonly date: string }) {
  const answer = useApi<SlateAnswer>(
    date === '' ? 'slate' : `slate?date=${encodeURIComponent(date)}`,
  );
  return <When answer={answer}>{(slate) => <Games slate={slate} />}</When>;
}

function Games({
  slate: { date, previous, next, absent, games },
}: {
  readonly slate: SlateAnswer;
}) {
  if (date === null) return <Notice>{absent}.</Notice>;
  return (
    <>
      <div class="controls">
        <DateChooser
          date={date}
          previous={previous}
          next={next}
          onDate={(day) => goTo('player', { date: day })}
          unit="date"
        />
        <p class="quiet">Players of this date, points a game of the season beside them</p>
      </div>
      {absent !== null && (
        <Notice>
          <strong>No games to show for {date}:</strong> {absent}.
        </Notice>
      )}
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
    </>
  );
}
