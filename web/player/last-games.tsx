import { axisX, axisY, barY, type PlotOptions, ruleY, text } from '@observablehq/plot';
import { useCallback } from 'preact/hooks';
import type { GameAnswer } from '../../src/serve/player-api-types.ts';
import { Chart } from '../chart.tsx';
import { count, fixed } from '../format.ts';
import { Scroll } from '../scroll.tsx';

/** His games before the date, of the same season; the mean of points as a line. */
export function LastGames({ games }: { readonly games: readonly GameAnswer[] }) {
  const options = useCallback(
    (width: number): PlotOptions => {
      const bars = games.toReversed().map((game) => ({ ...game, points: game.points ?? 0 }));
      const mean = bars.reduce((sum, { points }) => sum + points, 0) / (bars.length || 1);
      return {
        height: 170,
        marginTop: 24,
        marginBottom: 36,
        x: { domain: bars.map(({ date }) => date), label: null },
        y: { label: 'points', grid: true },
        marks: [
          barY(bars, {
            x: 'date',
            y: 'points',
            fill: 'var(--accent)',
            insetLeft: 2,
            insetRight: 2,
          }),
          text(bars, { x: 'date', y: 'points', text: 'points', dy: -8, fill: 'currentColor' }),
          ruleY([mean], { stroke: 'var(--series-2)', strokeDasharray: '4 3' }),
          ruleY([0]),
          axisX({
            ticks: bars
              .map(({ date }) => date)
              .filter((_, index) => width > 430 || index % 2 === 0),
            tickFormat: (date: string) => date.slice(5),
            tickSize: 0,
          }),
          axisY({ ticks: 4 }),
        ],
      };
    },
    [games],
  );
  if (games.length === 0)
    return <p class="quiet">He has not played this season before the date.</p>;
  return (
    <>
      <Chart label="Points in his last games" options={options} />
      <Scroll label="His last games">
        <table>
          <thead>
            <tr>
              <th scope="col">date</th>
              <th scope="col">game</th>
              <th scope="col" class="number">
                min
              </th>
              <th scope="col" class="number">
                pts
              </th>
              <th scope="col" class="number">
                reb
              </th>
              <th scope="col" class="number">
                ast
              </th>
              <th scope="col" class="number">
                usage
              </th>
              <th scope="col" class="number">
                TS
              </th>
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
                <td class="number">{fixed(game.usage, 1)}</td>
                <td class="number">{fixed(game.true_shooting, 3)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}
