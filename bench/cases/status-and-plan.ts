import type { BenchContext } from '../bench-context.ts';
import { atMostSeconds, type BenchLine } from '../bench-line.ts';
import { repeated } from './repeated.ts';

/** What a person waits for when he only wants to know. */
export async function statusAndPlan(bench: BenchContext): Promise<readonly BenchLine[]> {
  const warehouse = await bench.fullWarehouse();
  const lines: BenchLine[] = [];
  const verbs = [
    { args: ['status'], seconds: 0.3 },
    { args: ['plan', '--backfill'], seconds: 0.35 },
  ] as const;
  for (const { args, seconds } of verbs) {
    bench.progress(args.join(' '));
    const product = await repeated(bench.runs, () => bench.product(warehouse, args));
    lines.push({
      id: 'f',
      what: `${args.join(' ')} of a full history`,
      product,
      targets: [atMostSeconds(product, seconds)],
    });
  }
  return lines;
}
