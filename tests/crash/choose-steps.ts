import { shuffled } from '../support/random-numbers.ts';
import type { Step } from './order.ts';

export interface KillPoint {
  readonly step: Step;
  readonly moment: 'before' | 'after';
}

/**
 * Picks `count` points at which to kill: each kind of step once, before and after, the rest at
 * random. All of them when there are no more.
 */
export function chooseSteps(
  steps: readonly Step[],
  count: number,
  random: () => number,
): readonly KillPoint[] {
  const points = shuffled(
    steps.flatMap((step) => [
      { step, moment: 'before' } as const,
      { step, moment: 'after' } as const,
    ]),
    random,
  );
  const kinds = new Map<string, KillPoint>();
  for (const point of points) kinds.set(`${point.moment} ${kindOf(point.step.label)}`, point);
  const first = [...kinds.values()];
  const rest = points.filter((point) => !first.includes(point));
  return [...first, ...rest].slice(0, Math.max(count, first.length));
}

/** The label without what only tells one table from another. */
function kindOf(label: string): string {
  return label
    .replace(/^(CREATE (SCHEMA|TABLE)).*/, '$1')
    .replace(/\b(nba_\w+)\.\w+/, '$1')
    .replace(/\b(staged|source)_\w+/, '$1');
}
