import type { RememberedSize } from '../ledger/remembered-changes.ts';
import type { StrangerTable } from '../plan/stranger-tables.ts';
import { formatBytes, plural } from './words/format.ts';
import { toJson } from './words/json.ts';
import { strangerLine, strangerName } from './words/stranger-line.ts';

/** With a dataset one that was left there, of which nothing is remembered. */
type Stranger = StrangerTable & { readonly dataset?: string };

/** What `prune` would drop, or has dropped. */
export interface PruneReport {
  /** What was remembered from before a time (UTC), where one was given. */
  readonly forgotten:
    | { readonly before: string; readonly size: RememberedSize; readonly records: number }
    | undefined;
  /** Tables that are none here, and were named. */
  readonly removed: readonly Stranger[];
  /** Those that were not. */
  readonly others: readonly Stranger[];
  /** FALSE where it was only asked what would go. */
  readonly isDone: boolean;
}

/** What goes of what is remembered, and what cannot be told any more then. */
export function pruneLines(
  { forgotten, removed, others, isDone }: PruneReport,
  command: (text: string) => string,
): readonly string[] {
  const yes = (flags: string) => `to do it: ${command(`prune ${flags} --yes`)}`;
  const lines = removed.map(
    (table) =>
      `${isDone ? 'removed' : 'would remove'} ${strangerName(table)}: ${plural(table.rows, 'row')} of ${plural(table.dates, 'date')}${table.dataset === undefined ? ', and all that is remembered of it' : ''}`,
  );
  if (removed.length > 0 && !isDone)
    lines.push(yes(`--tables ${removed.map(strangerName).join(',')}`));
  if (forgotten) {
    const { before, size, records } = forgotten;
    const what = `${plural(size.rows, 'remembered row')} (${formatBytes(size.characters)} of text) and ${plural(records, 'former record')} from before ${before}`;
    lines.push(
      ...(isDone
        ? [`forgot ${what}; a file keeps its size, and what is written next takes their place`]
        : [
            `would forget ${what}`,
            `changes, history and as-known-at then tell nothing of the time before; ${yes(`--before ${before}`)}`,
          ]),
    );
  }
  lines.push(...others.map(strangerLine));
  if (others.length > 0)
    lines.push(
      `they stay; to remove them: ${command(`prune --tables ${others.map(strangerName).join(',')} --yes`)}`,
    );
  return lines.length > 0
    ? lines
    : [
        `every table that has rows is one here; what was changed before a time is forgotten by ${command('prune --before <time>')}`,
      ];
}

/** The same, an object for each thing. */
export function pruneJson({
  forgotten,
  removed,
  others,
  isDone: done,
}: PruneReport): readonly string[] {
  const { before, size, records } = forgotten ?? {};
  return [
    ...(forgotten ? [toJson({ type: 'prune', before, ...size, records, done })] : []),
    ...removed.map((entry) => toJson({ type: 'removed_table', ...entry, done })),
    ...others.map((entry) => toJson({ type: 'stranger_table', ...entry })),
  ];
}
