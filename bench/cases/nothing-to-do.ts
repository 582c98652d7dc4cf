import { type BenchContext, rangeFlags } from '../bench-context.ts';
import type { BenchLine } from '../bench-line.ts';
import { judgedAndAgain } from './judged-and-again.ts';

/** A backfill of a history that is done. */
export async function nothingToDo(bench: BenchContext): Promise<readonly BenchLine[]> {
  const { calendar } = (await bench.engine()).world;
  const args = ['run', '--backfill', ...rangeFlags(calendar.dates)];
  return judgedAndAgain(bench, { id: 'c', what: 'a run with nothing to do' }, args, 0.35);
}
