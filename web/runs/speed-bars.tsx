import { axisX, axisY, barX, type PlotOptions, ruleX, text } from '@observablehq/plot';
import { useCallback } from 'preact/hooks';
import type { RunsAnswer } from '../../src/serve/api-types.ts';
import { Chart } from '../chart.tsx';
import { count, duration } from '../format.ts';

/** How fast each table is made. */
export function SpeedBars({ speed }: { readonly speed: RunsAnswer['speed'] }) {
  const options = useCallback(
    (width: number): PlotOptions => {
      const narrow = width < 560;
      const bars = speed.map(({ table, rows, seconds }) => ({
        table,
        perSecond: seconds > 0 ? rows / seconds : 0,
        text: `${count(Math.round(seconds > 0 ? rows / seconds : 0))}${narrow ? '' : ` (${count(rows)} rows in ${duration(seconds)})`}`,
      }));
      const most = Math.max(...bars.map(({ perSecond }) => perSecond));
      return {
        height: bars.length * 30 + 40,
        marginLeft: narrow ? 185 : 225,
        marginRight: narrow ? 60 : 200,
        x: { domain: [0, most], label: null, grid: true },
        y: { label: null, domain: bars.map(({ table }) => table) },
        marks: [
          barX(bars, {
            x: 'perSecond',
            y: 'table',
            fill: 'var(--accent)',
            insetTop: 3,
            insetBottom: 3,
          }),
          text(bars, {
            x: 'perSecond',
            y: 'table',
            text: 'text',
            textAnchor: 'start',
            dx: 6,
            fill: 'currentColor',
          }),
          ruleX([0]),
          axisX({ ticks: narrow ? 2 : 5, tickFormat: 's' }),
          axisY({ tickSize: 0, fontSize: narrow ? 10 : 12 }),
        ],
      };
    },
    [speed],
  );
  return <Chart label="Rows per second by table" options={options} />;
}
