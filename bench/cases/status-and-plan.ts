import type { BenchContext } from '../bench-context.ts';
import type { BenchLine } from '../bench-line.ts';
import { judgedAndAgain } from './judged-and-again.ts';

/** What a person waits for when he only wants to know. */
export async function statusAndPlan(bench: BenchContext): Promise<readonly BenchLine[]> {
  const line = (args: readonly string[]) =>
    ({ id: 'f', what: `${args.join(' ')} of a full history` }) as const;
  const plan = ['plan', '--backfill'];
  return [
    ...(await judgedAndAgain(bench, line(['status']), ['status'], 0.3)),
    ...(await judgedAndAgain(bench, line(plan), plan, 0.35)),
  ];
}
