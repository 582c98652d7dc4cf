import type { ColumnType } from '../../sql/column.ts';
import { storedColumns } from '../../table/provenance.ts';
import type { ComputedTable } from '../../table/table-definition.ts';

/** What a text of a computed row has on average at most, two bytes for its length included. */
const textBytes = 32;
/**
 * An array without a fixed length has on average at most so many elements: codes of issues, names of what is
 * missing.
 */
const elementsOfArray = 8;
/** Rows that a team can have on a date, of players: beyond 20 a game is told as odd. */
const playersOfTeam = 25;
/** Teams of the league, for tables whose rows do not depend on who plays on the date. */
const allTeams = 30;

/**
 * More bytes than BigQuery will count for the rows of a computed table on one date.
 * @param teams that are scheduled on the date. What reads nothing of the day itself does not know them, and
 * has rows for the whole league.
 * @param names of the columns that are read; all that are stored unless given.
 */
export function mostDateBytes(
  table: Pick<ComputedTable, 'dataset' | 'columns' | 'key' | 'inputs'>,
  teams: number,
  names?: readonly string[],
): number {
  const knowsDay = table.inputs.some(({ windows }) =>
    windows.some(({ kind }) => kind === 'sameDay'),
  );
  const rowsOfTeam = table.key.some((name) => name.includes('player')) ? playersOfTeam : 1;
  const row = storedColumns(table)
    .filter(({ name }) => names === undefined || names.includes(name))
    .reduce(
      (sum, { type, elements }) => sum + bytesOf(type, elements?.length ?? elementsOfArray),
      0,
    );
  return (knowsDay ? teams : allTeams) * rowsOfTeam * row;
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
