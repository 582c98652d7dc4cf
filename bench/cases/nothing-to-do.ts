import { type BenchContext, rangeFlags } from '../bench-context.ts';
import { atMostSeconds, type BenchLine } from '../bench-line.ts';
import { repeated } from './repeated.ts';

/** A backfill of a history that is done. */
export async function nothingToDo(bench: BenchContext): Promise<readonly BenchLine[]> {
  const warehouse = await bench.fullWarehouse();
  const { calendar } = (await bench.engine()).world;
  bench.progress('nothing to do');
  const product = await repeated(bench.runs, () =>
    bench.product(warehouse, ['run', '--backfill', ...rangeFlags(calendar.dates)]),
  );
  return [
    { id: 'c', what: 'a run with nothing to do', product, targets: [atMostSeconds(product, 0.35)] },
  ];
}
