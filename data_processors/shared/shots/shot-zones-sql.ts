import type { SqlDialect } from '../../../src/sql/sql-dialect.ts';

/** The three zones of a half court by a rule of distance, decided in this order. */
const zoneConditions = {
  paint: "NOT STARTS_WITH(shot_type, '3PT') AND distance_ft <= 8",
  mid_range: "NOT STARTS_WITH(shot_type, '3PT') AND distance_ft > 8",
  zone_three_pt: "STARTS_WITH(shot_type, '3PT')",
} as const;

/** Select list: makes and attempts of each zone, counted over rows of `shots`. */
export function zoneCounts(sql: SqlDialect): string {
  return Object.entries(zoneConditions)
    .flatMap(([zone, condition]) => [
      `${sql.countIf(`made AND ${condition}`)} AS ${zone}_makes`,
      `${sql.countIf(condition)} AS ${zone}_attempts`,
    ])
    .join(',\n    ');
}

/** The zone columns of a game, in table order, with an optional prefix (`opp_`). */
export const zoneColumnNames = [
  'paint_makes',
  'paint_attempts',
  'mid_range_makes',
  'mid_range_attempts',
  'zone_three_pt_makes',
  'zone_three_pt_attempts',
] as const;
