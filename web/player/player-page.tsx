import { useEffect, useState } from 'preact/hooks';
import type { CoverageAnswer } from '../../src/serve/api-types.ts';
import type { PlayerDateAnswer } from '../../src/serve/player-api-types.ts';
import { DateChooser } from '../date-chooser.tsx';
import { count, fixed, signed } from '../format.ts';
import { Notice, When } from '../notice.tsx';
import { goTo, linkTo } from '../route.ts';
import { useApi } from '../use-api.ts';
import { FactorBreakdown } from './factor-breakdown.tsx';
import { FeatureTable } from './feature-table.tsx';
import { LastGames } from './last-games.tsx';
import { PlayerSearch } from './player-search.tsx';
import { Result } from './result.tsx';
import { ShotZones } from './shot-zones.tsx';
import { StartList } from './start-list.tsx';

/** What was known of a player before a date. */
export function PlayerPage({
  coverage,
  values,
}: {
  readonly coverage: CoverageAnswer;
  readonly values: URLSearchParams;
}) {
  const id = values.get('player') ?? '';
  const lastDate = coverage.seasons.at(-1)?.dates.at(-1) ?? '';
  const date = values.get('date') ?? '';
  const answer = useApi<PlayerDateAnswer>(
    id === '' ? null : `players/${encodeURIComponent(id)}/${encodeURIComponent(date || lastDate)}`,
  );
  return (
    <>
      <PlayerSearch
        onChoose={(player) => goTo('player', { player: player.id, date: player.last_date })}
      />
      {id === '' ? (
        <StartList date={date} />
      ) : (
        <When answer={answer}>{(data) => <Player data={data} />}</When>
      )}
    </>
  );
}

function Player({ data }: { readonly data: PlayerDateAnswer }) {
  const { player, date, game, absent, features, quality, factors } = data;
  const [shown, setShown] = useState(date);
  useEffect(() => setShown(date), [date]);
  const go = (day: string) => goTo('player', { player: player.id, date: day });
  return (
    <>
      <div class="player-head">
        <div>
          <h2 class="name">{player.name}</h2>
          <p class="quiet">
            {player.games === 0
              ? `id ${player.id}, no box score before this date`
              : `${player.team}, id ${player.id}, ${count(player.games)} box scores from ${player.first_date} to ${player.last_date}`}
          </p>
        </div>
        <DateChooser
          date={shown}
          previous={data.previous}
          next={data.next}
          onDate={go}
          unit="game"
        />
      </div>
      {absent !== null && (
        <Notice>
          <strong>No features for {date}:</strong> {absent}.
        </Notice>
      )}
      {game && (
        <p class="matchup">
          <strong>
            {game.team} {game.home === false ? 'at' : game.home ? 'against' : '–'} {game.opponent}
          </strong>
          , {game.days_rest} {game.days_rest === 1 ? 'day' : 'days'} after his last game,{' '}
          {count(game.games_played)} games this season
          {game.status !== null && `, ${game.status}`}
          {game.line !== null && `, points line ${fixed(game.line, 1)}`}
          {game.spread !== null && `, spread ${signed(game.spread, 1)}`}
          {game.total !== null && `, total ${fixed(game.total, 1)}`}
          {game.line === null && game.spread === null && game.total === null && ', no lines'}
        </p>
      )}
      {quality && (
        <p>
          Quality {fixed(quality.score, 2)}{' '}
          <span class={`badge tier-${quality.tier}`}>{quality.tier}</span>
          {quality.issues.length > 0 && <> {quality.issues.join(', ')}</>}{' '}
          <span class="quiet">
            row <code>{quality.hash}</code> by run{' '}
            <a href={linkTo('runs', { run: quality.run_id })}>{quality.run_id}</a>
          </span>
        </p>
      )}
      <div class="columns">
        {factors && (
          <section>
            <h2>Composite index</h2>
            <FactorBreakdown factors={factors} />
          </section>
        )}
        <section>
          <h2>Shot zones</h2>
          <ShotZones data={data} />
        </section>
        {features && (
          <section>
            <h2>The 25 features</h2>
            <FeatureTable features={features} />
          </section>
        )}
        <section>
          <h2>Last {data.last_games.length === 1 ? 'game' : `${data.last_games.length} games`}</h2>
          <LastGames games={data.last_games} />
          {data.games_of_date > 0 && (
            <Result key={`${player.id} ${date}`} id={player.id} date={date} />
          )}
        </section>
      </div>
    </>
  );
}
