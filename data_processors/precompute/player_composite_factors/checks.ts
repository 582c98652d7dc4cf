import { constantColumn, fullSlateRows } from '../../../src/table/alarms.ts';
import type { TableCheck } from '../../../src/table/table-check.ts';

const known = 'mismatch_type IS NOT NULL';

export const checks: readonly TableCheck[] = [
  {
    // A 0–100 score was once overwritten by its −5…0 adjustment.
    kind: 'row',
    name: 'adjustment_is_not_of_the_score',
    severity: 'error',
    violation: '20 * fatigue_adjustment <> fatigue_score - 100',
  },
  {
    kind: 'row',
    name: 'fatigue_below_all_rules_together',
    severity: 'warn',
    violation: 'fatigue_score < 35',
  },
  {
    kind: 'row',
    name: 'score_without_its_input',
    severity: 'error',
    violation: `(mismatch_type IS NULL AND shot_zone_mismatch_score <> 0)
      OR (pace_environment IS NULL AND pace_score <> 0)
      OR (usage_trend IS NULL AND usage_spike_score <> 0)`,
  },
  {
    kind: 'row',
    name: 'warnings_disagree',
    severity: 'error',
    violation: 'has_warnings <> (ARRAY_LENGTH(warning_details) > 0)',
  },
  {
    // 10,068 of 10,069 scores were once exactly 0, and nothing said so.
    kind: 'date',
    name: 'every_mismatch_is_0_although_data_are_there',
    severity: 'error',
    violation: `COUNT(mismatch_type) >= 20 AND MAX(ABS(CASE WHEN ${known} THEN shot_zone_mismatch_score END)) = 0`,
  },
  {
    // This was the cause once: the zones of the players were there, those of every defence were not.
    kind: 'date',
    name: 'no_defense_has_zones_although_most_players_have',
    severity: 'warn',
    violation: `COUNT(*) >= ${fullSlateRows}
      AND 2 * COUNT(mismatch_zone) > COUNT(*)
      AND COUNT(mismatch_defense_vs_league_avg) = 0`,
  },
  {
    // After the all-star break all may be rested, but then a rule says so of somebody.
    kind: 'date',
    name: 'fatigue_score_is_constant',
    severity: 'warn',
    violation: `COUNT(*) >= ${fullSlateRows}
      AND MIN(fatigue_score) = MAX(fatigue_score)
      AND (MAX(fatigue_score) < 100 OR MAX(ARRAY_LENGTH(fatigue_factors)) = 0)`,
  },
  constantColumn('shot_zone_mismatch_score', known),
  constantColumn('pace_score'),
  constantColumn('usage_spike_score'),
  constantColumn('total_composite_adjustment'),
];
