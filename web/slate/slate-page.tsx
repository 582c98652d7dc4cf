import type { SlateAnswer, SlateGame } from '../../src/serve/slate-api-types.ts';
import { DateChooser } from '../date-chooser.tsx';
import { Notice, When } from '../notice.tsx';
import { goTo, linkTo } from '../route.ts';
import { Scroll } from '../scroll.tsx';
import { useApi } from '../use-api.ts';
import { GameCard } from './game-card.tsx';
import { GamePlayers } from './game-players.tsx';
import { TeamFacts } from './team-facts.tsx';
import { ZoneMatchup } from './zone-matchup.tsx';

/** The games of a date as they were before it: an overview, and one game in full. */
export function SlatePage({ values }: { readonly values: URLSearchParams }) {
  const date = values.get('date') ?? '';
  const answer = useApi<SlateAnswer>(
    date === '' ? 'slate' : `slate?date=${encodeURIComponent(date)}`,
  );
  return (
    <When answer={answer}>{(data) => <Slate data={data} gameId={values.get('game') ?? ''} />}</When>
  );
}

function Slate({ data, gameId }: { readonly data: SlateAnswer; readonly gameId: string }) {
  const { date, previous, next, absent, games } = data;
  if (date === null) return <Notice>{absent}.</Notice>;
  const chosen = games.find((game) => game.game_id === gameId) ?? games[0];
  return (
    <>
      <div class="controls">
        <DateChooser
          date={date}
          previous={previous}
          next={next}
          onDate={(day) => goTo('slate', { date: day })}
          unit="date"
        />
        {games.length > 0 && (
          <p class="quiet">
            {games.length} {games.length === 1 ? 'game' : 'games'}, as known before the first of
            them
          </p>
        )}
      </div>
      {absent !== null && (
        <Notice>
          <strong>No games to show for {date}:</strong> {absent}.
        </Notice>
      )}
      {games.length > 0 && (
        <Scroll label="Games">
          <ul class="cards">
            {games.map((game) => (
              <li key={game.game_id}>
                <GameCard
                  game={game}
                  link={linkTo('slate', { date, game: game.game_id })}
                  isChosen={game === chosen}
                />
              </li>
            ))}
          </ul>
        </Scroll>
      )}
      {chosen && <Game game={chosen} date={date} />}
    </>
  );
}

function Game({ game, date }: { readonly game: SlateGame; readonly date: string }) {
  const [first, second] = game.teams;
  const isAtHome = game.neutral_site !== true && first?.home === false;
  return (
    <>
      <div class="sides">
        {game.teams.map((team) => {
          const opponent = team === first ? second : first;
          return (
            <section key={team.team} aria-label={team.name}>
              <h2>
                {isAtHome && team !== first && <span class="quiet">at </span>}
                {team.name}
              </h2>
              <div class="brief">
                <TeamFacts team={team} />
                {opponent && <ZoneMatchup offense={team} defense={opponent} />}
              </div>
              <GamePlayers
                players={game.players.filter((player) => player.team === team.team)}
                date={date}
              />
            </section>
          );
        })}
      </div>
      <p class="quiet">
        Zones: where the expected players shoot, and what the opponent allows there, in percentage
        points against the league; positive is a weaker defence. Fresh: 100 is rested. Index: the
        composite adjustment of fatigue, matchup, pace and usage, which compares players and is no
        forecast of points.
      </p>
    </>
  );
}
