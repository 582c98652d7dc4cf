import { selectList } from '../../../src/table/measure.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';
import { clamped } from '../../shared/clamp-sql.ts';
import { unclampedFatigue } from './fatigue.ts';
import { scale, scores } from './measures.ts';

/**
 * CTEs that end in `scored`: the four components of `matched`, each a finite decimal of stored
 * values and therefore an exact integer on its scale, and what is stored of them, rounded once.
 */
export function componentCtes({ sql }: SqlContext): string {
  return `measured AS (
  SELECT
    *,
    ${sql.units('mismatch_zone_rate', 2)} AS rate_hundredths,
    ${sql.units('mismatch_defense_vs_league_avg', 2)} AS versus_hundredths,
    ${sql.units('pace_differential', 1)} AS pace_tenths,
    ${sql.units('avg_usage_rate_last_7_games', 1)} AS usage_tenths,
    ${sql.units('projected_usage_rate', 1)} - ${sql.units('avg_usage_rate_last_7_games', 1)} AS spike_tenths
  FROM matched
),
exposed AS (
  SELECT
    *,
    versus_hundredths * CASE WHEN rate_hundredths > 5000 THEN 5000 ELSE rate_hundredths END AS exposure
  FROM measured
),
weighed AS (
  SELECT
    *,
    ${unclampedFatigue} AS fatigue_points,
    CASE WHEN ABS(exposure) > 2500000 THEN 6 * exposure ELSE 5 * exposure END AS matchup_units,
    CASE
      WHEN usage_tenths = 0 THEN 0
      WHEN spike_tenths > 0 AND star_teammates_out >= 2 THEN 390 * spike_tenths
      WHEN spike_tenths > 0 AND star_teammates_out = 1 THEN 345 * spike_tenths
      ELSE 300 * spike_tenths
    END AS usage_units
  FROM exposed
),
limited AS (
  SELECT
    *,
    CASE WHEN fatigue_points > 100 THEN 100 WHEN fatigue_points < 0 THEN 0 ELSE fatigue_points END AS fatigue_score,
    ${clamped('matchup_units', 10 * scale.matchup)} AS matchup,
    ${clamped('pace_tenths', 3 * scale.pace)} AS pace,
    ${clamped('usage_units', 3 * scale.usage)} AS usage
  FROM weighed
),
scored AS (
  SELECT
    *,
    ${selectList(scores, sql, 4)}
  FROM limited
)`;
}
