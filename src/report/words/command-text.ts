import { quote } from '../../plan/quote.ts';
import type { Remedy, RemedyDates } from '../../plan/remedy.ts';

const modeFlags = { daily: '', backfill: ' --backfill', rewrite: ' --rewrite' } as const;

/** A remedy as it is typed after the name of the command. */
export function commandText(remedy: Remedy): string {
  switch (remedy.verb) {
    case 'run_stale':
      return `run --stale${remedy.restateOptions ? ' --restate-options' : ''}`;
    case 'run': {
      const { mode, tables, dates, options = {} } = remedy;
      const which = tables === undefined ? '' : ` --tables ${tables.join(',')}`;
      const given = Object.entries(options).map(([name, value]) => ` --option ${name}=${value}`);
      return `run${modeFlags[mode]}${which} ${dateFlags(dates)}${given.join('')}`;
    }
    case 'ingest': {
      const { source, files, again } = remedy;
      const unknown = source === 'schedule' ? '<file>' : '<files>';
      const words = ['ingest', source, ...(files?.map(quote) ?? [unknown])];
      if (again) words.push('--rewrite', dateFlags(again.dates));
      if (again?.allowShrink) words.push('--allow-shrink');
      return words.join(' ');
    }
  }
}

function dateFlags(dates: RemedyDates): string {
  if (dates.kind === 'list') return `--dates ${dates.dates.join(',')}`;
  const { first, last } = dates;
  return first === last ? `--dates ${first}` : `--start-date ${first} --end-date ${last}`;
}
