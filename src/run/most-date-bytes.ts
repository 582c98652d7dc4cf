import type { ColumnType } from '../table/column.ts';
import { storedColumns } from '../table/provenance.ts';
import type { StoredTable } from '../table/table-definition.ts';

/** What a text of a computed row has on average at most, two bytes for its length included. */
const textBytes = 32;
/** Of an array without a fixed length: codes of issues, names of what is missing. */
const elementsOfArray = 8;
/** Rows that a date can have: 30 teams have some 600 players in a season. */
const playersOfDate = 750;
const teamsOfDate = 30;

/** More bytes than BigQuery will count for the rows of a computed table on one date. */
export function mostDateBytes(table: Pick<StoredTable, 'dataset' | 'columns' | 'key'>): number {
  const rows = table.key.some((name) => name.includes('player')) ? playersOfDate : teamsOfDate;
  const row = storedColumns(table).reduce(
    (sum, { type, elements }) => sum + bytesOf(type, elements?.length ?? elementsOfArray),
    0,
  );
  return rows * row;
}

function bytesOf(type: ColumnType, elements: number): number {
  switch (type.kind) {
    case 'INT64':
    case 'FLOAT64':
    case 'DATE':
    case 'TIMESTAMP':
      return 8;
    case 'BOOL':
      return 1;
    case 'NUMERIC':
      return 16;
    case 'STRING':
      return textBytes;
    case 'ARRAY':
      return elements * bytesOf({ kind: type.element }, 0);
  }
}
