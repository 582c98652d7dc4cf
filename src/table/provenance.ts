import { type Column, string, timestamp } from '../sql/column.ts';
import type { StoredTable } from './table-definition.ts';

/** The columns that close every computed row: who wrote it, with what, when, and its content hash. */
export const provenanceColumns: readonly Column[] = [
  string('run_id', 'run that wrote the row; a row that comes out equal again keeps it'),
  string('code_version', 'package version and definition version'),
  timestamp('processed_at', 'UTC time the row was written'),
  string('data_hash', 'first 16 hex digits of the MD5 of the values of all other columns'),
];

/** Rows of `nba_raw` are copies of a source: their provenance is kept once per date, in the ledger. */
export function hasRowProvenance(table: Pick<StoredTable, 'dataset'>): boolean {
  return table.dataset !== 'nba_raw' && table.dataset !== 'backcourt';
}

/** All columns of the table as stored. */
export function storedColumns(table: Pick<StoredTable, 'dataset' | 'columns'>): readonly Column[] {
  return hasRowProvenance(table) ? [...table.columns, ...provenanceColumns] : table.columns;
}
