import type { StrangerTable } from '../plan/stranger-tables.ts';
import { formatCount, formatSeconds, plural } from './words/format.ts';
import { toJson } from './words/json.ts';
import { leftBehindLines } from './words/left-behind-lines.ts';

export interface SnapshotReport {
  readonly folder: string;
  /** Files that the manifest names. */
  readonly files: number;
  readonly written: number;
  readonly removed: number;
  readonly rows: number;
  /** What stands in the warehouse of tables that are none here. */
  readonly strangers: readonly StrangerTable[];
  readonly seconds: number;
}

/** What became of the snapshot of a run. */
export function snapshotLines({
  folder,
  files,
  written,
  removed,
  rows,
  strangers,
  seconds,
}: SnapshotReport): readonly string[] {
  return [
    ...leftBehindLines(strangers),
    `snapshot ${folder}: ${plural(files, 'file')} with ${plural(rows, 'row')}, ${formatCount(written)} written, ${formatCount(removed)} removed; ${formatSeconds(seconds)}`,
  ];
}

/** The same, an object for each table that is left behind and one for the snapshot. */
export function snapshotJson({ strangers, ...report }: SnapshotReport): readonly string[] {
  return [
    ...strangers.map((entry) => ({ type: 'stranger_table', ...entry })),
    { type: 'snapshot', ...report },
  ].map(toJson);
}
