import type { Reader } from '../../warehouse/warehouse.ts';
import { WarehouseError } from '../../warehouse/warehouse.ts';

/** A date with strokes, of which either number before the year can be the month. */
const strokes = "'^\\s*(\\d{1,2})[/-](\\d{1,2})[/-]\\d{2,4}'";

/**
 * TRUE when a file writes the day before the month: no second number is beyond 12, and a first one is; or where none
 * is, the first ones are of so many more kinds that they are days. Else the month comes first, as in the league's own
 * country. A file that cannot be read tells nothing.
 */
export async function writesDayFirst(
  reader: Reader,
  relation: string,
  text: string,
): Promise<boolean> {
  const number = (place: number) => `CAST(regexp_extract(${text}, ${strokes}, ${place}) AS INT)`;
  try {
    // One row says whether there is anything to ask the whole file.
    const [peek] = await reader.query(
      `SELECT regexp_matches(${text}, ${strokes}) AS has_strokes FROM ${relation} LIMIT 1`,
    );
    if (peek?.['has_strokes'] !== true) return false;
    const [row] = await reader.query(`
SELECT
  MAX(first_number) > 12 AS begins_with_days,
  MAX(second_number) > 12 AS goes_on_with_days,
  COUNT(DISTINCT first_number) > 2 * COUNT(DISTINCT second_number) AS has_more_firsts
FROM (
  SELECT ${number(1)} AS first_number, ${number(2)} AS second_number
  FROM ${relation}
  WHERE regexp_matches(${text}, ${strokes})
) AS dates`);
    if (row?.['goes_on_with_days'] === true) return false;
    return row?.['begins_with_days'] === true || row?.['has_more_firsts'] === true;
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error;
    return false;
  }
}

/** SQL of such a date with the month first. */
export function monthFirst(text: string): string {
  return `regexp_replace(${text}, '^(\\s*)(\\d{1,2})([/-])(\\d{1,2})([/-]\\d{2,4})', '\\1\\4\\3\\2\\5')`;
}
