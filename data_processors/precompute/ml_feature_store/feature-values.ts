import type { SqlDialect } from '../../../src/sql/sql-dialect.ts';
import { clamped } from '../../shared/clamp-sql.ts';
import type { FeatureName } from './features.ts';

export type Origin = 'phase4' | 'phase3' | 'calculated';

export interface FeatureValue {
  readonly origin: Origin;
  /** INT64 of ten-thousandths over columns of `gathered`; NULL when the source has no value. */
  readonly value: string;
}

/** The sources of each feature, the first that has a value wins. */
export function featureValues(
  sql: SqlDialect,
): Readonly<Record<FeatureName, readonly FeatureValue[]>> {
  const phase4 = (value: string): FeatureValue => ({ origin: 'phase4', value });
  const phase3 = (value: string): FeatureValue => ({ origin: 'phase3', value });
  const calculated = (value: string): FeatureValue => ({ origin: 'calculated', value });
  const decimal = (column: string) => sql.units(column, 4);
  const whole = (expression: string) => `10000 * (${expression})`;
  const flag = (condition: string) =>
    `CASE WHEN ${condition} THEN 10000 WHEN NOT (${condition}) THEN 0 END`;
  const pointsOf = (window: string) => decimal(sql.ratio(`points_${window}`, `games_${window}`, 1));
  const factorUnless = (missing: readonly string[], score: string) => {
    const lists = missing.map((field) =>
      sql.arrayContains('missing_data_fields', sql.string(field)),
    );
    return `CASE WHEN NOT (${lists.join(' OR ')}) THEN ${decimal(score)} END`;
  };
  return {
    points_avg_last_5: [
      phase4(decimal('cached_points_avg_last_5')),
      phase3(`CASE WHEN games_5 = 5 THEN ${pointsOf('5')} END`),
    ],
    points_avg_last_10: [phase4(decimal('cached_points_avg_last_10')), phase3(pointsOf('10'))],
    points_avg_season: [phase4(decimal('cached_points_avg_season')), phase3(pointsOf('season'))],
    points_std_last_10: [phase4(decimal('points_std_last_10'))],
    games_in_last_7_days: [
      phase4(whole('cached_games_in_last_7_days')),
      phase3(whole('games_in_last_7_days')),
    ],
    fatigue_score: [phase4(whole('fatigue_score'))],
    shot_zone_mismatch_score: [
      phase4(factorUnless(['player_shot_zone', 'team_defense_zone'], 'shot_zone_mismatch_score')),
    ],
    pace_score: [phase4(factorUnless(['pace_differential'], 'pace_score'))],
    usage_spike_score: [phase4(factorUnless(['projected_usage_rate'], 'usage_spike_score'))],
    rest_advantage: [
      calculated(
        `CASE WHEN days_rest IS NOT NULL AND NOT opponent_idle
      THEN ${whole(clamped('days_rest - opponent_days_rest', 2))} END`,
      ),
    ],
    injury_risk: [
      // The status is NULL on dates without any report: nobody knows who is injured then.
      calculated(`CASE
      WHEN LOWER(player_status) = 'probable' THEN 10000
      WHEN LOWER(player_status) = 'questionable' THEN 20000
      WHEN LOWER(player_status) IN ('doubtful', 'out') THEN 30000
      WHEN player_status IS NOT NULL THEN 0
    END`),
    ],
    recent_trend: [calculated(recentTrend)],
    minutes_change: [calculated(minutesChange(sql))],
    opponent_def_rating: [phase4(decimal('defensive_rating_last_15'))],
    opponent_pace: [phase4(decimal('opponent_pace'))],
    home_away: [phase3(flag('home_game'))],
    back_to_back: [phase3(flag('back_to_back'))],
    playoff_game: [phase3(flag("season_phase = 'playoffs'"))],
    // A rate is a percentage with two decimals, its hundredths are ten-thousandths of one.
    pct_paint: [phase4(sql.units('paint_rate_last_10', 2))],
    pct_mid_range: [phase4(sql.units('mid_range_rate_last_10', 2))],
    pct_three: [phase4(sql.units('three_pt_rate_last_10', 2))],
    pct_free_throw: [
      calculated(`CASE
      WHEN games_10 < 5 OR points_10 = 0 THEN NULL
      WHEN 2 * ft_makes_10 > points_10 THEN 5000
      ELSE ${decimal(sql.ratio('ft_makes_10', 'points_10', 4))}
    END`),
    ],
    team_pace: [phase4(decimal('team_pace_last_10'))],
    team_off_rating: [phase4(decimal('team_off_rating_last_10'))],
    team_win_pct: [
      calculated(
        `CASE WHEN record_games >= 5 THEN ${decimal(sql.ratio('record_wins', 'record_games', 4))} END`,
      ),
    ],
  };
}

/**
 * This is six times the difference between the mean of the two newest games and the mean of the three before
 * them.
 */
const trend = '5 * points_2 - 2 * points_5';

const recentTrend = `CASE
      WHEN games_5 < 5 THEN NULL
      WHEN ${trend} >= 30 THEN 20000
      WHEN ${trend} >= 12 THEN 10000
      WHEN ${trend} <= -30 THEN -20000
      WHEN ${trend} <= -12 THEN -10000
      WHEN games_5 = 5 THEN 0
    END`;

function minutesChange(sql: SqlDialect): string {
  const recent = sql.units('minutes_avg_last_10', 1);
  const season = sql.units('minutes_avg_season', 1);
  return `CASE
      WHEN minutes_avg_last_10 = 0 OR minutes_avg_season = 0 THEN NULL
      WHEN 10 * ${recent} >= 12 * ${season} THEN 20000
      WHEN 10 * ${recent} >= 11 * ${season} THEN 10000
      WHEN 10 * ${recent} <= 8 * ${season} THEN -20000
      WHEN 10 * ${recent} <= 9 * ${season} THEN -10000
      WHEN minutes_avg_last_10 > 0 AND minutes_avg_season > 0 THEN 0
    END`;
}
