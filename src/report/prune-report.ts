import type { RememberedSize } from '../ledger/remembered-changes.ts';
import { formatBytes, plural } from './words/format.ts';
import { toJson } from './words/json.ts';

/** What `prune` would drop, or has dropped. */
export interface PruneReport {
  /** UTC. */
  readonly before: string;
  readonly size: RememberedSize;
  readonly records: number;
  /** FALSE where it was only asked what would go. */
  readonly isDone: boolean;
}

/** What goes of what is remembered, and what cannot be told any more then. */
export function pruneLines(
  { before, size, records, isDone }: PruneReport,
  command: (text: string) => string,
): readonly string[] {
  const what = `${plural(size.rows, 'remembered row')} (${formatBytes(size.characters)} of text) and ${plural(records, 'former record')} from before ${before}`;
  if (isDone)
    return [`forgot ${what}; a file keeps its size, and what is written next takes their place`];
  return [
    `would forget ${what}`,
    `changes, history and as-known-at then tell nothing of the time before; to do it: ${command(`prune --before ${before} --yes`)}`,
  ];
}

/** The same as one object. */
export function pruneJson({ before, size, records, isDone }: PruneReport): readonly string[] {
  const { rows, characters } = size;
  return [toJson({ type: 'prune', before, rows, characters, records, done: isDone })];
}
