import type { SlatePlayer } from '../../src/serve/slate-api-types.ts';
import { count, fixed, signed } from '../format.ts';
import { linkTo } from '../route.ts';
import { Scroll } from '../scroll.tsx';

/** A team's expected players with their key features; a name leads to all that was known of him. */
export function GamePlayers({
  players,
  date,
}: {
  readonly players: readonly SlatePlayer[];
  readonly date: string;
}) {
  if (players.length === 0) return <p class="quiet">No players are computed for this game.</p>;
  const hasLines = players.some(({ line }) => line !== null);
  const headings: readonly (readonly [string, string])[] = [
    ...(hasLines ? ([['line', 'points line']] as const) : []),
    ['min', 'minutes a game, last 10'],
    ['L5', 'points a game, last 5'],
    ['season', 'points a game, season'],
    ['usage', 'usage in %, last 10'],
    ['off', 'days off before the game, 0 = played yesterday'],
    ['fresh', 'fatigue score, 100 = rested'],
    ['zones', 'shot zone mismatch, positive = the opponent is weak where he shoots'],
    ['index', 'composite adjustment'],
    ['quality', 'feature quality score'],
  ];
  return (
    <Scroll label="Players">
      <table class="slate-players">
        <thead>
          <tr>
            <th scope="col">player</th>
            {headings.map(([text, title]) => (
              <th key={text} scope="col" class="number" title={title}>
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {players.map((player) => (
            <tr key={player.id}>
              <th scope="row">
                <a href={linkTo('player', { player: player.id, date })}>{player.name}</a>
                {player.status !== null && player.status !== 'available' && (
                  <span class="quiet"> {player.status}</span>
                )}
              </th>
              {hasLines && <td class="number">{fixed(player.line, 1)}</td>}
              <td class="number">{fixed(player.minutes, 1)}</td>
              <td class="number">{fixed(player.points_last_5, 1)}</td>
              <td class="number">{fixed(player.points_season, 1)}</td>
              <td class="number">{fixed(player.usage, 1)}</td>
              <td class="number">{count(player.days_off)}</td>
              <td class="number">{count(player.fatigue)}</td>
              <td class="number">{signed(player.matchup, 1)}</td>
              <td class="number">{signed(player.index, 2)}</td>
              <td class="number">{fixed(player.quality, 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
