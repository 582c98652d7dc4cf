import type { Reader } from '../../warehouse/warehouse.ts';
import { WarehouseError } from '../../warehouse/warehouse.ts';

/** So many days on which every game would begin at the same minute are no chance. */
const fewestDays = 5;

const midnight =
  "'\\s*\\d{4}-\\d{2}-\\d{2}[T ]00:00(:00(\\.0+)?)? ?(Z|UTC|GMT|[+-]\\d{2}(:?\\d{2})?)?\\s*'";

/**
 * TRUE when all tip-offs of a file are at midnight: they are days that a table tool has made times of. Taken for moments by
 * UTC, they would put every game on the evening before. A file that cannot be read tells nothing.
 */
export async function hasNoTimes(reader: Reader, relation: string, text: string): Promise<boolean> {
  try {
    const [row] = await reader.query(`
SELECT bool_and(regexp_full_match(${text}, ${midnight}, 'i')) AS is_midnight, COUNT(DISTINCT ${text}) AS days
FROM ${relation}
WHERE regexp_matches(${text}, '\\d')`);
    return row?.['is_midnight'] === true && Number(row['days']) >= fewestDays;
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error;
    return false;
  }
}
