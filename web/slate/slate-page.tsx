import type { SlateGame } from '../../src/serve/slate-api-types.ts';
import { linkTo } from '../route.ts';
import { Scroll } from '../scroll.tsx';
import { GameCard } from './game-card.tsx';
import { GamePlayers } from './game-players.tsx';
import { type DatedSlate, SlateOf } from './slate-of.tsx';
import { TeamFacts } from './team-facts.tsx';
import { ZoneMatchup } from './zone-matchup.tsx';

/** The games of a date as they were before it: an overview, and one game in full. */
export function SlatePage({ values }: { readonly values: URLSearchParams }) {
  return (
    <SlateOf
      date={values.get('date') ?? ''}
      page="slate"
      note={({ games }) =>
        games.length > 0 && (
          <p class="quiet">
            {games.length} {games.length === 1 ? 'game' : 'games'}, as known before the first of
            them
          </p>
        )
      }
    >
      {(slate) => <Games slate={slate} gameId={values.get('game') ?? ''} />}
    </SlateOf>
  );
}

function Games({
  slate: { date, games },
  gameId,
}: {
  readonly slate: DatedSlate;
  readonly gameId: string;
}) {
  const chosen = games.find((game) => game.game_id === gameId) ?? games[0];
  return (
    <>
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
