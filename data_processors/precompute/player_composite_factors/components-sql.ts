import type { SqlContext } from '../../../src/table/sql-context.ts';
import { clamped } from '../../shared/clamp-sql.ts';
import { unclampedFatigue } from './fatigue.ts';

/** Units to one point in which a component is a whole number, so that nothing is rounded early. */
const scale = { total: 2_500_000, matchup: 2_500_000, pace: 20, usage: 10_000 } as const;

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
    ${sql.decimal('5 * (fatigue_score - 100)', 2)} AS fatigue_adjustment,
    ${sql.signedRatio('matchup', String(scale.matchup), 1)} AS shot_zone_mismatch_score,
    ${sql.signedRatio('pace', String(scale.pace), 1)} AS pace_score,
    ${sql.signedRatio('usage', String(scale.usage), 1)} AS usage_spike_score,
    ${sql.signedRatio(
      `${scale.total / 20} * (fatigue_score - 100) + matchup + ${scale.total / scale.pace} * pace + ${scale.total / scale.usage} * usage`,
      String(scale.total),
      2,
    )} AS total_composite_adjustment
  FROM limited
)`;
}
