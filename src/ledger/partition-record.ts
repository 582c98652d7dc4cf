import type { GameDate } from '../calendar/game-date.ts';
import { hashVersion } from '../table/partition-hash.ts';

/**
 * Why a date could not be made: an input is absent, its rows are not to be believed, a check of the definition found
 * them so, something passing, or the definition itself.
 */
export type FailureKind = 'upstream_missing' | 'bad_data' | 'check_failed' | 'transient' | 'bug';

export interface Failure {
  readonly kind: FailureKind;
  /** What happened, to which table and date, and what to do next. */
  readonly text: string;
}

/** What the ledger says about one table and date. */
export interface PartitionRecord {
  readonly table: string;
  readonly date: GameDate;
  readonly state: 'done' | 'empty' | 'failed';
  /** Why an empty partition is empty. */
  readonly reason: string | undefined;
  /** Rows that stand in the table; after a failure those of the last success. */
  readonly rows: number;
  readonly excluded: number;
  readonly dataHash: string | undefined;
  readonly keyHash: string | undefined;
  /** JSON object of projection → hash of the columns that a later table reads; absent in old records. */
  readonly projectionHashes?: string | undefined;
  /** How rows and date were hashed; as today unless given. */
  readonly hashVersion?: number | undefined;
  readonly fingerprint: string | undefined;
  /** JSON object of input table → 8 hex of what the unit's windows read of it; absent in old records. */
  readonly inputHashes?: string | undefined;
  /** Effective options that change rows, canonical JSON. */
  readonly options: string;
  readonly codeVersion: string;
  readonly runId: string;
  readonly attempts: number;
  readonly failure: Failure | undefined;
  readonly warnings: readonly string[];
  readonly seconds: number;
  readonly secondsIsShare: boolean;
  /** What of the stored record cannot be read; such a record counts as failed. */
  readonly damage?: string | undefined;
  /** UTC, ISO 8601; absent in a record that this process has made. */
  readonly recordedAt?: string | undefined;
}

/** TRUE when rows, possibly none, were committed for the date at some time. */
export function wasWritten(record: PartitionRecord | undefined): record is PartitionRecord {
  return record?.dataHash !== undefined;
}

/** TRUE when nothing of today can be held against the hashes of a record, nor against those of its rows. */
export function isHashedOtherwise(record: PartitionRecord | undefined): boolean {
  return wasWritten(record) && (record.hashVersion ?? hashVersion) !== hashVersion;
}

/** Projection → hash; none in a record that was made before anything was read by columns. */
export function projectionHashes(
  record: Pick<PartitionRecord, 'projectionHashes'> | undefined,
): Readonly<Record<string, string>> {
  return record?.projectionHashes === undefined ? {} : JSON.parse(record.projectionHashes);
}
