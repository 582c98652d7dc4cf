import { duckdbDialect } from '../sql/duckdb-dialect.ts';
import { googlesqlDialect } from '../sql/googlesql-dialect.ts';
import { digest } from './digest.ts';
import { canonicalContext } from './sql-context.ts';
import { definitionText } from './staged-select.ts';
import type { ComputedTable } from './table-definition.ts';

/** So many digits of a definition version stand in the code version of a record. */
export const recordedDigits = 8;

const versions = new WeakMap<ComputedTable, string>();

/**
 * Digest of what a table computes; moves with its SQL, columns and helpers. Of the SQL of both engines,
 * whichever is at work: a partition that is copied from one to the other is as new there as it was here.
 */
export function definitionVersion(table: ComputedTable): string {
  const version = versions.get(table) ?? digest(texts(table).join('\n'));
  versions.set(table, version);
  return version;
}

function texts(table: ComputedTable): readonly string[] {
  return [duckdbDialect, googlesqlDialect].map((sql) =>
    definitionText(table, canonicalContext(sql)),
  );
}
