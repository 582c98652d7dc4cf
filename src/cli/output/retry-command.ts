import { onWarehouse } from '../../engine/pasteable.ts';
import type { Invocation } from '../../engine/surroundings.ts';
import { quote } from '../../plan/quote.ts';
import type { UnitFlags } from '../options/common-inputs.ts';

/** Flags of a run that a retry of some of its dates has to give again. */
export type RepeatedFlags = Pick<
  UnitFlags,
  'backfill' | 'rewrite' | 'restateOptions' | 'option' | 'allowShrink' | 'warehouse'
>;

/** The command that repeats some dates of one table with the options of this run; it can be pasted. */
export function retryCommand(
  invocation: Invocation,
  flags: RepeatedFlags,
  table: string,
  dates: readonly string[],
): string {
  const { self } = invocation;
  const isJob = !self.endsWith(' run');
  const words = [
    self,
    ...(isJob ? [] : ['--tables', table]),
    ...(!isJob && flags.backfill ? ['--backfill'] : []),
    '--dates',
    dates.join(','),
    ...flags.option
      .filter((option) => !option.startsWith('analysis_date='))
      .flatMap((option) => ['--option', quote(option)]),
    ...(flags.rewrite ? ['--rewrite'] : []),
    ...(flags.restateOptions ? ['--restate-options'] : []),
    ...(flags.allowShrink ? ['--allow-shrink'] : []),
  ];
  return words.join(' ') + onWarehouse(invocation, flags.warehouse);
}
