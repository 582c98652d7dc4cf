import type { BenchContext } from '../bench-context.ts';
import type { BenchLine } from '../bench-line.ts';
import { repeated } from './repeated.ts';

/** What a person waits for when he only wants to know. */
export async function statusAndPlan(bench: BenchContext): Promise<readonly BenchLine[]> {
  const warehouse = await bench.fullWarehouse();
  const lines: BenchLine[] = [];
  for (const args of [['status'], ['plan', '--backfill']]) {
    bench.progress(args.join(' '));
    const product = await repeated(bench.runs, () => bench.product(warehouse, args));
    const reached = product.wallSeconds.median < 0.7;
    lines.push({
      id: 'f',
      what: `${args.join(' ')} of a full history`,
      product,
      targets: [{ text: '< 0.7 s', reached }],
    });
  }
  return lines;
}
