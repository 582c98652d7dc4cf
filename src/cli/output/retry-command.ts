import { quote } from '../../plan/quote.ts';
import type { Invocation } from '../cli-context.ts';
import type { UnitFlags } from '../options/common-inputs.ts';
import { defaultWarehouse } from '../options/default-warehouse.ts';

/** Flags of a run that a retry of some of its dates has to give again. */
export type RepeatedFlags = Pick<
  UnitFlags,
  'backfill' | 'rewrite' | 'option' | 'allowShrink' | 'warehouse'
>;

/** The command that repeats some dates of one table with the options of this run; it can be pasted. */
export function retryCommand(
  { self }: Invocation,
  flags: RepeatedFlags,
  table: string,
  dates: readonly string[],
): string {
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
    ...(flags.allowShrink ? ['--allow-shrink'] : []),
    ...(flags.warehouse === defaultWarehouse ? [] : ['--warehouse', quote(flags.warehouse)]),
  ];
  return words.join(' ');
}

/** A command of a message as it can be typed here: how `backcourt` is started, and on which warehouse. */
export function pasteable({ command }: Invocation, text: string, warehouse: string): string {
  const onWarehouse = warehouse === defaultWarehouse ? '' : ` --warehouse ${quote(warehouse)}`;
  return text.replace(/^backcourt/, command) + onWarehouse;
}
