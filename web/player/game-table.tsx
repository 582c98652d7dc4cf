import type { GameAnswer } from '../../src/serve/player-api-types.ts';
import { count, fixed } from '../format.ts';
import { Scroll } from '../scroll.tsx';

const headings = ['min', 'pts', 'reb', 'ast', '3P', 'usage', 'TS'];

/** His games, a line each. */
export function GameTable({
  label,
  games,
}: {
  readonly label: string;
  readonly games: readonly GameAnswer[];
}) {
  return (
    <Scroll label={label}>
      <table>
        <thead>
          <tr>
            <th scope="col">date</th>
            <th scope="col">game</th>
            {headings.map((text) => (
              <th key={text} scope="col" class="number">
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {games.map((game) => (
            <tr key={game.date}>
              <td class="nowrap">{game.date}</td>
              <td class="nowrap">
                {game.home === false ? '@' : ''}
                {game.opponent} {game.won === null ? '' : game.won ? 'W' : 'L'}
              </td>
              <td class="number">{fixed(game.minutes, 1)}</td>
              <td class="number">{count(game.points)}</td>
              <td class="number">{count(game.rebounds)}</td>
              <td class="number">{count(game.assists)}</td>
              <td class="number">{count(game.threes)}</td>
              <td class="number">{fixed(game.usage, 1)}</td>
              <td class="number">{fixed(game.true_shooting, 3)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
