import type { ShotRow } from './raw-rows.ts';

/** Makes and attempts of one zone. */
export interface ZoneCount {
  readonly makes: number;
  readonly attempts: number;
}

/** Makes and attempts by zone. */
export interface ZoneCounts {
  readonly paint: ZoneCount;
  readonly mid_range: ZoneCount;
  readonly three: ZoneCount;
}

const PAINT_FEET = 8;

/** The zone of a shot: the word of the shot type first, then the distance in whole feet. */
export function zoneOfShot(shot: Pick<ShotRow, 'shot_type' | 'distance_ft'>): keyof ZoneCounts {
  if (shot.shot_type.startsWith('3PT')) return 'three';
  return shot.distance_ft <= PAINT_FEET ? 'paint' : 'mid_range';
}

/** Counts shots by zone; zeros for no shots. */
export function countZones(shots: readonly ShotRow[]): ZoneCounts {
  const counts = {
    paint: { makes: 0, attempts: 0 },
    mid_range: { makes: 0, attempts: 0 },
    three: { makes: 0, attempts: 0 },
  };
  for (const shot of shots) {
    const zone = counts[zoneOfShot(shot)];
    zone.attempts += 1;
    if (shot.made) zone.makes += 1;
  }
  return counts;
}

/** Whether shots add up to the field goals of a box score. A NULL of the box counts as 0. */
export function agreesWithBox(
  zones: ZoneCounts,
  box: {
    readonly fgm: number | null;
    readonly fga: number | null;
    readonly fg3m: number | null;
    readonly fg3a: number | null;
  },
): boolean {
  const { paint, mid_range, three } = zones;
  return (
    paint.attempts + mid_range.attempts + three.attempts === (box.fga ?? 0) &&
    paint.makes + mid_range.makes + three.makes === (box.fgm ?? 0) &&
    three.attempts === (box.fg3a ?? 0) &&
    three.makes === (box.fg3m ?? 0)
  );
}
