/** A plausible least and greatest value. */
export type Bounds = readonly [min: number, max: number];

/** A zone that a team defends. */
export interface DefenseZone {
  /** Prefix of the column names. */
  readonly name: 'paint' | 'mid_range' | 'three_pt';
  readonly points: 2 | 3;
  /** Columns of team_defense_game_summary. */
  readonly makes: string;
  readonly attempts: string;
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
    ...{ makes: 'opp_paint_makes', attempts: 'opp_paint_attempts' },
    name: 'paint',
    points: 2,
    label: 'paint',
    fallbackThousandths: 580,
    plausible: { ratio: [0.45, 0.74], attempts: [25, 55], versusLeague: [-15, 15] },
  },
  {
    ...{ makes: 'opp_mid_range_makes', attempts: 'opp_mid_range_attempts' },
    name: 'mid_range',
    points: 2,
    label: 'mid_range',
    fallbackThousandths: 410,
    plausible: { ratio: [0.22, 0.6], attempts: [7, 30], versusLeague: [-18, 18] },
  },
  {
    ...{ makes: 'opp_zone_three_pt_makes', attempts: 'opp_zone_three_pt_attempts' },
    name: 'three_pt',
    points: 3,
    label: 'perimeter',
    fallbackThousandths: 355,
    plausible: { ratio: [0.22, 0.48], attempts: [22, 48], versusLeague: [-12, 12] },
  },
];
