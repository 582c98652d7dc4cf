export interface DefenseZone {
  /** Prefix of the column names. */
  readonly name: 'paint' | 'mid_range' | 'three_pt';
  /** Prefix of the makes and attempts columns of team_defense_game_summary. */
  readonly source: string;
  readonly points: 2 | 3;
  /** Value of strongest_zone and weakest_zone. */
  readonly label: string;
  /** League ratio in thousandths when too few teams have shot data in any window. */
  readonly fallbackThousandths: number;
}

export const defenseZones: readonly DefenseZone[] = [
  { name: 'paint', source: 'opp_paint', points: 2, label: 'paint', fallbackThousandths: 580 },
  {
    name: 'mid_range',
    source: 'opp_mid_range',
    points: 2,
    label: 'mid_range',
    fallbackThousandths: 410,
  },
  {
    name: 'three_pt',
    source: 'opp_zone_three_pt',
    points: 3,
    label: 'perimeter',
    fallbackThousandths: 355,
  },
];
