import type { Reader } from '../../warehouse/warehouse.ts';
import { WarehouseError } from '../../warehouse/warehouse.ts';

/** Seconds since 1970, or thousandths, millionths or billionths of them: of years that the league knows, each has its own length. */
export const epoch =
  "'\\s*\\d{9,10}(\\.\\d*)?\\s*|\\s*\\d{12,13}(\\.0*)?\\s*|\\s*(\\d{15,16}|\\d{18,19})\\s*'";

/** Days since 1899-12-30, as spreadsheets count them, with the time of the day behind the point. */
const serial = "'\\s*[1-5]\\d{4}(\\.\\d*)?\\s*'";

/** TRUE when a file writes its dates as numbers, as its first one tells. A file that cannot be read tells nothing. */
export async function writesNumbers(
  reader: Reader,
  relation: string,
  text: string,
): Promise<boolean> {
  try {
    const [first] = await reader.query(
      `SELECT regexp_full_match(${text}, ${epoch}) OR regexp_full_match(${text}, ${serial}) AS is_number FROM ${relation} WHERE ${text} IS NOT NULL LIMIT 1`,
    );
    return first?.['is_number'] === true;
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error;
    return false;
  }
}

/**
 * A date that is written as a number as ISO 8601, any other text as it is: a moment since 1970 by UTC, a day of a
 * spreadsheet without a zone.
 */
export function isoOfNumber(text: string): string {
  const value = `TRY_CAST(${text} AS DOUBLE)`;
  const digits = `length(regexp_extract(${text}, '\\d+'))`;
  return `CASE
      WHEN regexp_full_match(${text}, ${epoch})
        THEN strftime(make_timestamp(CAST(round(${value} * CASE
          WHEN ${digits} < 11 THEN 1e6 WHEN ${digits} < 14 THEN 1e3 WHEN ${digits} < 17 THEN 1 ELSE 1e-3
        END) AS BIGINT)), '%Y-%m-%dT%H:%M:%SZ')
      WHEN regexp_full_match(${text}, ${serial})
        THEN strftime(TIMESTAMP '1899-12-30' + to_seconds(CAST(round(${value} * 86400) AS BIGINT)), '%Y-%m-%d %H:%M:%S')
      ELSE ${text}
    END`;
}
