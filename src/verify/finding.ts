import type { GameDate } from '../calendar/game-date.ts';
import type { RowChange } from './compare-rows.ts';

/** The proofs, in the order in which they are made. */
export const proofs = ['hashes', 'quality', 'batch_equals_daily', 'no_lookahead'] as const;

export type Proof = (typeof proofs)[number];

/** Something that is not as it has to be. */
export interface Finding {
  readonly table: string;
  readonly date: GameDate;
  /** What is wrong, in words. */
  readonly what: string;
  /** What has to change: what stands in the warehouse, or what the table's definition computes. */
  readonly cause: 'stored' | 'definition';
  /** Rows that differ, where rows were compared. */
  readonly rows: readonly RowChange[];
}

/** What a proof has looked at, and what it found. */
export interface ProofResult {
  readonly proof: Proof;
  /** Tables and dates looked at. */
  readonly units: number;
  readonly findings: readonly Finding[];
  /** What was left out, and warnings; no differences. */
  readonly notes: readonly string[];
  readonly seconds: number;
}
