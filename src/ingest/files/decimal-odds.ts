import { duckdbDialect as sql } from '../../sql/duckdb-dialect.ts';
import { withPoint } from './source-values.ts';

/**
 * SQL of a price in decimal odds with four decimals: from 100 on, and from −100 down, a text is American odds, between
 * 1 and 100 decimal ones. Anything else says nothing of a price and is NULL.
 */
export function decimalOdds(text: string): string {
  const odds = `TRY_CAST(${withPoint(text)} AS DECIMAL(12, 4))`;
  const units = sql.units(`abs(${odds})`, 4);
  const hundred = 'CAST(1000000 AS BIGINT)';
  return `TRY_CAST(CASE
      WHEN ${odds} >= 100 THEN 1 + ${sql.ratio(units, hundred, 4)}
      WHEN ${odds} <= -100 THEN 1 + ${sql.ratio(hundred, units, 4)}
      WHEN ${odds} > 1 AND ${odds} < 100 THEN ${odds}
    END AS DECIMAL(9, 4))`;
}
