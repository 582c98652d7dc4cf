import type { SqlContext } from '../../../src/table/sql-context.ts';

/** Zones as this table names them, with the columns of the player and of the opponent's defence. */
const zones = [
  {
    // A player without a favourite zone is judged by the paint, where the most shots are.
    scoring: "('paint', 'balanced')",
    zone: 'paint',
    rate: 'zones.paint_rate_last_10',
    versus: 'defense.paint_defense_vs_league_avg',
  },
  {
    scoring: "('mid_range')",
    zone: 'mid_range',
    rate: 'zones.mid_range_rate_last_10',
    versus: 'defense.mid_range_defense_vs_league_avg',
  },
  {
    scoring: "('perimeter')",
    zone: 'perimeter',
    rate: 'zones.three_pt_rate_last_10',
    versus: 'defense.three_pt_defense_vs_league_avg',
  },
] as const;

/**
 * CTE `matched`: each candidate with his zone and the opponent's defence of it, from rows of the
 * very date, and with what is known of those rows.
 */
export function matchedCte({ input }: SqlContext): string {
  const byZone = (value: (zone: (typeof zones)[number]) => string) =>
    `CASE\n      ${zones.map((zone) => `WHEN zones.primary_scoring_zone IN ${zone.scoring} THEN ${value(zone)}`).join('\n      ')}\n    END`;
  return `matched AS (
  SELECT
    candidates.*,
    ${byZone(({ zone }) => `'${zone}'`)} AS mismatch_zone,
    ${byZone(({ rate }) => rate)} AS mismatch_zone_rate,
    ${byZone(({ versus }) => versus)} AS mismatch_defense_vs_league_avg,
    zones.universal_player_id IS NOT NULL AS has_zones,
    zones.is_production_ready AS zones_ready,
    defense.team_abbr IS NOT NULL AS has_defense,
    defense.is_production_ready AS defense_ready,
    defense.paint_attempts_allowed_per_game IS NOT NULL AS has_defense_zones
  FROM candidates
  LEFT JOIN ${input('player_shot_zone_analysis')} AS zones
    ON zones.analysis_date = candidates.game_date
    AND zones.universal_player_id = candidates.universal_player_id
  LEFT JOIN ${input('team_defense_zone_analysis')} AS defense
    ON defense.analysis_date = candidates.game_date
    AND defense.team_abbr = candidates.opponent_team_abbr
)`;
}
