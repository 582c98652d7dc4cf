import { axisX, axisY, dot, type PlotOptions, pointerX, ruleY, tip } from '@observablehq/plot';
import { useCallback } from 'preact/hooks';
import type { RunAnswer } from '../../src/serve/api-types.ts';
import { Chart } from '../chart.tsx';
import { duration } from '../format.ts';

/** A point per run: when it began, how long it took. */
export function DurationChart({ runs }: { readonly runs: readonly RunAnswer[] }) {
  const options = useCallback(
    (width: number): PlotOptions => {
      const ended = runs
        .filter(({ seconds }) => seconds !== null)
        .map((run) => ({
          start: new Date(`${run.started_at.slice(0, 19).replace(' ', 'T')}Z`),
          seconds: run.seconds ?? 0,
          failed: run.exit_code !== 0,
          text: `${run.verb} ${duration(run.seconds)}\n${run.request}`,
        }));
      return {
        height: 180,
        marginLeft: 50,
        x: { type: 'utc', label: 'UTC' },
        y: { label: 'seconds', grid: true, zero: true, nice: true },
        symbol: { domain: [false, true], range: ['circle', 'times'] },
        marks: [
          ruleY([0], { strokeOpacity: 0.4 }),
          dot(ended, {
            x: 'start',
            y: 'seconds',
            symbol: 'failed',
            stroke: (run: { readonly failed: boolean }) =>
              run.failed ? 'var(--worse)' : 'var(--better)',
            strokeWidth: 2,
          }),
          tip(ended, pointerX({ x: 'start', y: 'seconds', title: 'text', fill: 'var(--raised)' })),
          axisX({
            ticks: width < 500 ? 3 : 6,
            tickFormat: (time: Date) => time.toISOString().slice(5, 16).replace('T', ' '),
          }),
          axisY({ ticks: 4 }),
        ],
      };
    },
    [runs],
  );
  return <Chart label="Duration of runs by the time they began" options={options} />;
}
