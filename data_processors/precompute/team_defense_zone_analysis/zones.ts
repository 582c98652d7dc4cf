import { type ZoneCounts, zoneCountsOf } from '../../shared/shots/zone-counts.ts';

/** A plausible least and greatest value. */
export type Bounds = readonly [min: number, max: number];

/** A zone that a team defends; its counts are those of team_defense_game_summary. */
export interface DefenseZone extends ZoneCounts {
  /** Prefix of the column names. */
  readonly name: 'paint' | 'mid_range' | 'three_pt';
  readonly points: 2 | 3;
  /** Value of strongest_zone and weakest_zone. */
  readonly label: string;
  /** League ratio in thousandths when too few teams have shot data in any window. */
  readonly fallbackThousandths: number;
  readonly plausible: {
    readonly ratio: Bounds;
    readonly attempts: Bounds;
    readonly versusLeague: Bounds;
  };
}

export const defenseZones: readonly DefenseZone[] = [
  {
    ...zoneCountsOf('paint', 'opp_paint'),
    name: 'paint',
    points: 2,
    label: 'paint',
    fallbackThousandths: 580,
    plausible: { ratio: [0.45, 0.74], attempts: [25, 55], versusLeague: [-15, 15] },
  },
  {
    ...zoneCountsOf('mid_range', 'opp_mid_range'),
    name: 'mid_range',
    points: 2,
    label: 'mid_range',
    fallbackThousandths: 410,
    plausible: { ratio: [0.22, 0.6], attempts: [7, 30], versusLeague: [-18, 18] },
  },
  {
    ...zoneCountsOf('three_pt', 'opp_zone_three_pt'),
    name: 'three_pt',
    points: 3,
    label: 'perimeter',
    fallbackThousandths: 355,
    plausible: { ratio: [0.22, 0.48], attempts: [22, 48], versusLeague: [-12, 12] },
  },
];
