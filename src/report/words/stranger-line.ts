import type { StrangerTable } from '../../plan/stranger-tables.ts';
import { plural } from './format.ts';

/** A table that is none here; with a dataset one that was left there. */
type Stranger = StrangerTable & { readonly dataset?: string };

/** What such a table is called where one is asked for. */
export function strangerName({ dataset, table }: Stranger): string {
  return dataset === undefined ? table : `${dataset}.${table}`;
}

/** What stands of a table that is none here. */
export function strangerLine(stranger: Stranger): string {
  const { dataset, rows, dates } = stranger;
  const why =
    dataset === undefined
      ? 'its file is gone, or its project is not in force'
      : 'the setting "dataset" has changed since, or another project has made it';
  return `${strangerName(stranger)}: ${plural(rows, 'row')} of ${plural(dates, 'date')} stand, and it is no table here: ${why}`;
}
