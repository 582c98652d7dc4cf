import type { BenchContext } from '../bench-context.ts';
import { atMostSeconds, type BenchLine } from '../bench-line.ts';
import { repeated } from './repeated.ts';

/** A command that writes nothing, of a full history: first judged each time, then asked again and again. */
export async function judgedAndAgain(
  bench: BenchContext,
  { id, what }: Pick<BenchLine, 'id' | 'what'>,
  args: readonly string[],
  seconds: number,
): Promise<readonly BenchLine[]> {
  const warehouse = await bench.fullWarehouse();
  bench.progress(what);
  const judged = await repeated(bench.runs, () => {
    bench.forgetAnswers();
    return bench.product(warehouse, args);
  });
  const again = await repeated(bench.runs, () => bench.product(warehouse, args));
  return [
    { id, what, product: judged, targets: [atMostSeconds(judged, seconds)] },
    { id, what: `${what}, asked again`, product: again, targets: [atMostSeconds(again, seconds)] },
  ];
}
