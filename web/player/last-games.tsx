import { axisX, axisY, barY, type PlotOptions, ruleY, text } from '@observablehq/plot';
import { useCallback } from 'preact/hooks';
import type { GameAnswer } from '../../src/serve/player-api-types.ts';
import { Chart } from '../chart.tsx';
import { GameTable } from './game-table.tsx';

const trends = ['minutes', 'rebounds', 'assists', 'threes'] as const;
type Measure = 'points' | (typeof trends)[number];

/** His games before the date, of the same season, measure by measure; means as lines. */
export function LastGames({ games }: { readonly games: readonly GameAnswer[] }) {
  if (games.length === 0)
    return <p class="quiet">He has not played this season before the date.</p>;
  return (
    <>
      <Bars games={games} measure="points" height={180} />
      <div class="trends">
        {trends.map((measure) => (
          <Bars key={measure} games={games} measure={measure} height={125} />
        ))}
      </div>
      <GameTable label="His last games" games={games} />
    </>
  );
}

function Bars({
  games,
  measure,
  height,
}: {
  readonly games: readonly GameAnswer[];
  readonly measure: Measure;
  readonly height: number;
}) {
  const options = useCallback(
    (width: number): PlotOptions => {
      const bars = games.toReversed().map((game) => ({ date: game.date, own: game[measure] ?? 0 }));
      const mean = bars.reduce((sum, { own }) => sum + own, 0) / (bars.length || 1);
      const step = Math.ceil((bars.length * 45) / (width - 60));
      return {
        height,
        marginTop: 34,
        marginBottom: 24,
        x: { domain: bars.map(({ date }) => date), label: null },
        y: { label: measure, grid: true },
        marks: [
          barY(bars, {
            x: 'date',
            y: 'own',
            fill: 'var(--accent)',
            insetLeft: 2,
            insetRight: 2,
          }),
          text(bars, {
            x: 'date',
            y: 'own',
            text: (bar: { readonly own: number }) => String(Math.round(bar.own)),
            dy: -8,
            fill: 'currentColor',
          }),
          ruleY([mean], { stroke: 'var(--series-2)', strokeDasharray: '4 3' }),
          ruleY([0]),
          axisX({
            ticks: bars.map(({ date }) => date).filter((_, index) => index % step === 0),
            tickFormat: (date: string) => date.slice(5),
            tickSize: 0,
          }),
          axisY({ ticks: height / 45 }),
        ],
      };
    },
    [games, measure, height],
  );
  return <Chart label={`His ${measure} in his last games`} options={options} />;
}
