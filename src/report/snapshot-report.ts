import { formatCount, formatSeconds, plural } from './words/format.ts';
import { toJson } from './words/json.ts';

export interface SnapshotReport {
  readonly folder: string;
  /** Files that the manifest names. */
  readonly files: number;
  readonly written: number;
  readonly removed: number;
  readonly rows: number;
  readonly seconds: number;
}

/** What became of the snapshot of a run. */
export function snapshotLine({ folder, files, written, removed, rows, seconds }: SnapshotReport) {
  return `snapshot ${folder}: ${plural(files, 'file')} with ${plural(rows, 'row')}, ${formatCount(written)} written, ${formatCount(removed)} removed; ${formatSeconds(seconds)}`;
}

/** The same as one JSON object. */
export function snapshotJson(report: SnapshotReport): string {
  return toJson({ type: 'snapshot', ...report });
}
