import type { Invocation } from './cli-context.ts';
import { defaultWarehouse } from './open-warehouse.ts';
import type { RunFlags } from './run-flags.ts';

/** The command that repeats some dates of one table with the options of this run; it can be pasted. */
export function retryCommand(
  { self }: Invocation,
  flags: RunFlags,
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
    ...(flags.allowShrink ? ['--allow-shrink'] : []),
    ...(flags.warehouse === defaultWarehouse ? [] : ['--warehouse', quote(flags.warehouse)]),
  ];
  return words.join(' ');
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
