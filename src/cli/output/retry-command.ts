import { quote } from '../../plan/quote.ts';
import type { Invocation } from '../cli-context.ts';
import type { UnitFlags } from '../options/common-inputs.ts';
import { defaultWarehouse } from '../options/default-warehouse.ts';

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

/** A command of a message as it can be typed here: how Backcourt is started, what it is told, on which warehouse. */
export function pasteable(
  invocation: Invocation,
  text: string,
  warehouse: string | undefined,
): string {
  return `${invocation.command} ${text}${onWarehouse(invocation, warehouse)}`;
}

/** A variable may say something else where a command is pasted, so that the place is left out without one alone. */
function onWarehouse({ warehouse: named }: Invocation, place: string | undefined): string {
  const isUsual = place === defaultWarehouse && named === undefined;
  return place === undefined || isUsual ? '' : ` --warehouse ${quote(place)}`;
}
