import { axisX, axisY, barY, type PlotOptions, ruleY } from '@observablehq/plot';
import { useCallback } from 'preact/hooks';
import type { QualityAnswer } from '../../src/serve/api-types.ts';
import { Chart } from '../chart.tsx';
import { count } from '../format.ts';

const fills = ['var(--series-1)', 'var(--series-2)', 'var(--series-3)'];

/** Entities left out by month; the totals by reason as text. */
export function ExclusionChart({
  quality: { exclusions, months },
}: {
  readonly quality: QualityAnswer;
}) {
  const options = useCallback(
    (width: number): PlotOptions => ({
      height: 170,
      marginLeft: 50,
      x: { domain: [...months], label: null },
      y: { label: 'left out', grid: true },
      color: { domain: exclusions.map(({ code }) => code), range: fills },
      marks: [
        barY(
          exclusions.flatMap(({ code, counts }) =>
            counts.map((own, index) => ({ code, month: months[index], own })),
          ),
          {
            x: 'month',
            y: 'own',
            fill: 'code',
            title: (bar) => `${bar.month}: ${bar.own} ${bar.code}`,
          },
        ),
        ruleY([0]),
        axisX({
          ticks: months.filter((_, index) => index % Math.ceil((months.length * 52) / width) === 0),
          tickFormat: (month: string) => month.slice(2),
        }),
        axisY({ ticks: 4 }),
      ],
    }),
    [exclusions, months],
  );
  return (
    <>
      <ul class="legend">
        {exclusions.map(({ code, counts }, index) => (
          <li key={code}>
            <span class={`swatch series-${index + 1}`} aria-hidden="true" /> {code}{' '}
            {count(counts.reduce((sum, own) => sum + own, 0))}
          </li>
        ))}
      </ul>
      <Chart label="Entities left out by month" options={options} />
    </>
  );
}
