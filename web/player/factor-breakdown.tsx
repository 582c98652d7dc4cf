import { axisX, axisY, barX, type PlotOptions, ruleX, text } from '@observablehq/plot';
import { useCallback } from 'preact/hooks';
import type { FactorsAnswer } from '../../src/serve/player-api-types.ts';
import { Chart } from '../chart.tsx';
import { fixed, signed, words } from '../format.ts';

interface Part {
  readonly name: string;
  readonly value: number;
  readonly why: string;
}

/** The four parts of the index and what they come from, step by step to their total. */
export function FactorBreakdown({ factors }: { readonly factors: FactorsAnswer }) {
  const parts = partsOf(factors);
  const options = useCallback((): PlotOptions => {
    let sum = 0;
    const steps = partsOf(factors).map(({ name, value }) => {
      const from = sum;
      sum += value;
      return { name, from, to: sum, value };
    });
    const bars = [...steps, { name: 'total', from: 0, to: factors.total, value: factors.total }];
    const ends = bars.flatMap(({ from, to }) => [from, to]);
    const low = Math.min(0, ...ends);
    const high = Math.max(0, ...ends);
    const pad = Math.max(0.5, (high - low) * 0.18);
    return {
      height: bars.length * 30 + 34,
      marginLeft: 70,
      x: { domain: [low - pad, high + pad], label: null, grid: true },
      y: { domain: bars.map(({ name }) => name), label: null },
      marks: [
        barX(bars, {
          x1: 'from',
          x2: 'to',
          y: 'name',
          insetTop: 4,
          insetBottom: 4,
          fill: (bar: { readonly value: number }) =>
            bar.value >= 0 ? 'var(--better)' : 'var(--worse)',
        }),
        text(bars, {
          x: (bar: { readonly from: number; readonly to: number }) => Math.max(bar.from, bar.to),
          y: 'name',
          text: (bar: { readonly value: number }) => signed(bar.value, 2),
          textAnchor: 'start',
          dx: 5,
          fill: 'currentColor',
        }),
        ruleX([0]),
        axisX({ ticks: 5 }),
        axisY({ tickSize: 0, fontSize: 12 }),
      ],
    };
  }, [factors]);
  return (
    <>
      <Chart label="How the composite index adds up" options={options} />
      <table class="factors">
        <tbody>
          {parts.map(({ name, value, why }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class="number">{signed(value, 2)}</td>
              <td class="quiet">{why}</td>
            </tr>
          ))}
          <tr class="total">
            <th scope="row">total</th>
            <td class="number">{signed(factors.total, 2)}</td>
            <td class="quiet">an index to compare players by, no forecast of points</td>
          </tr>
        </tbody>
      </table>
      {factors.missing.length > 0 && (
        <p>Without data, and so 0: {factors.missing.map(words).join(', ')}.</p>
      )}
      {factors.warnings.length > 0 && <p>Warnings: {factors.warnings.join(', ')}.</p>}
    </>
  );
}

/** Shown parts are stored rounded, the total is of unrounded ones; the difference is a part of its own. */
function partsOf(factors: FactorsAnswer): readonly Part[] {
  const { fatigue, matchup, pace, usage, total } = factors;
  const rounding = Math.round((total - fatigue - matchup - pace - usage) * 100) / 100;
  const parts = [
    { name: 'fatigue', value: fatigue, why: fatigueWhy(factors) },
    { name: 'matchup', value: matchup, why: matchupWhy(factors) },
    {
      name: 'pace',
      value: pace,
      why:
        factors.pace_differential === null
          ? 'unknown'
          : `opponent ${signed(factors.pace_differential, 1)} possessions against his team`,
    },
    { name: 'usage', value: usage, why: usageWhy(factors) },
  ];
  if (rounding === 0) return parts;
  return [
    ...parts,
    { name: 'rounding', value: rounding, why: 'the total is made of unrounded parts' },
  ];
}

function fatigueWhy({
  fatigue_score: fatigueScore,
  fatigue_factors: fatigueFactors,
}: FactorsAnswer): string {
  const rules = fatigueFactors.map((rule) => words(rule.replace(':', ' ')).replace('-', '−'));
  return `score ${fatigueScore} of 100${rules.length > 0 ? `: ${rules.join(', ')}` : ''}`;
}

function matchupWhy({
  mismatch_zone: mismatchZone,
  mismatch_rate: mismatchRate,
  mismatch_vs_league: mismatchVsLeague,
}: FactorsAnswer): string {
  if (mismatchZone === null) return 'no shot zones of his';
  const shots = `${fixed(mismatchRate, 1)} % of his shots from ${words(mismatchZone)}`;
  return mismatchVsLeague === null
    ? `${shots}; the opponent has no data there`
    : `${shots}, where the opponent allows ${signed(mismatchVsLeague, 2)} percentage points against the league`;
}

function usageWhy({
  projected_usage: projectedUsage,
  average_usage: averageUsage,
  stars_out: starsOut,
}: FactorsAnswer): string {
  if (projectedUsage === null || averageUsage === null) return 'unknown';
  const stars = starsOut === null ? '' : `, ${starsOut} star teammates out`;
  return `projected ${fixed(projectedUsage, 1)} %, lately ${fixed(averageUsage, 1)} %${stars}`;
}
