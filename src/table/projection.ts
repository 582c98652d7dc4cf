import { hash } from 'node:crypto';

/** Some columns of a table that another table reads, and what the ledger calls them. */
export interface Projection {
  readonly id: string;
  /** Names of the columns, in table order. */
  readonly columns: readonly string[];
}

/** First 8 hex digits of the SHA-256 of the names; the order in which they are given does not matter. */
export function projectionId(columns: readonly string[]): string {
  return hash('sha256', [...columns].sort().join(','), 'hex').slice(0, 8);
}
