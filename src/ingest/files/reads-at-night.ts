import type { Reader } from '../../warehouse/warehouse.ts';
import { WarehouseError } from '../../warehouse/warehouse.ts';

/** So large a part of the games of a file is never at night; by another clock it is more. */
const mostNights = 0.1;

/**
 * TRUE when so many of the times of a file lie between midnight and eleven that they are none of the wall clock in the
 * East. Midnight itself is how no time is written. A file that cannot be read tells nothing.
 */
export async function readsAtNight(
  reader: Reader,
  relation: string,
  text: string,
): Promise<boolean> {
  const time = `substr(${text}, 12, 5)`;
  try {
    const [row] = await reader.query(`
SELECT
  count_if(${time} > '00:00' AND ${time} < '11:00') AS nights,
  count_if(${time} > '00:00') AS games
FROM ${relation} AS given
WHERE regexp_matches(${text}, '^\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}')`);
    return Number(row?.['nights']) > mostNights * Number(row?.['games']);
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error;
    return false;
  }
}
