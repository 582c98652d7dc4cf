import type { ShotSpot, ShotZone } from './shot-spot.ts';

/** The source's own names for a part of the court: its SHOT_ZONE_BASIC, SHOT_ZONE_AREA, SHOT_ZONE_RANGE. */
export interface CourtArea {
  readonly basic: string;
  readonly area: string;
  readonly range: string;
}

/** All parts of the court; within one range from left to right. */
export const courtAreas: readonly CourtArea[] = [
  ...areas('Restricted Area', ['Center'], 'Less Than 8 ft.'),
  ...areas('In The Paint (Non-RA)', ['Center'], 'Less Than 8 ft.'),
  ...areas('In The Paint (Non-RA)', ['Left Side', 'Center', 'Right Side'], '8-16 ft.'),
  ...areas('Mid-Range', ['Left Side', 'Center', 'Right Side'], '8-16 ft.'),
  ...areas(
    'Mid-Range',
    ['Left Side', 'Left Side Center', 'Center', 'Right Side Center', 'Right Side'],
    '16-24 ft.',
  ),
  ...areas('Left Corner 3', ['Left Side'], '24+ ft.'),
  ...areas('Right Corner 3', ['Right Side'], '24+ ft.'),
  ...areas('Above the Break 3', ['Left Side Center', 'Center', 'Right Side Center'], '24+ ft.'),
  ...areas('Backcourt', ['Back Court'], 'Back Court Shot'),
];

const RESTRICTED_RADIUS = 40;
const LANE_HALF_WIDTH = 80;
const LANE_LENGTH = 138;
const MID_COURT = 418;
const CORNER_LENGTH = 88;

const RESTRICTED_AREA = first('Restricted Area', 'Less Than 8 ft.');
const SHORT_LANE = first('In The Paint (Non-RA)', 'Less Than 8 ft.');
const LONG_LANE = first('In The Paint (Non-RA)', '8-16 ft.');
const SHORT_MID_RANGE = first('Mid-Range', '8-16 ft.');
const LONG_MID_RANGE = first('Mid-Range', '16-24 ft.');
const LEFT_CORNER = first('Left Corner 3', '24+ ft.');
const RIGHT_CORNER = first('Right Corner 3', '24+ ft.');
const ABOVE_THE_BREAK = first('Above the Break 3', '24+ ft.');
const BACKCOURT = first('Backcourt', 'Back Court Shot');

/** Index into `courtAreas` of a shot. */
export function courtAreaOf(zone: ShotZone, { x, y, distance }: ShotSpot): number {
  if (zone === 'three') {
    if (y > MID_COURT) return BACKCOURT;
    if (y < CORNER_LENGTH && Math.abs(x) >= 220) return x < 0 ? LEFT_CORNER : RIGHT_CORNER;
    return ABOVE_THE_BREAK + side(x, 0.33 * y);
  }
  if (x * x + y * y <= RESTRICTED_RADIUS ** 2) return RESTRICTED_AREA;
  if (Math.abs(x) <= LANE_HALF_WIDTH && y <= LANE_LENGTH) {
    return distance < 8 ? SHORT_LANE : LONG_LANE + side(x, LANE_HALF_WIDTH / 2);
  }
  if (distance < 16) return SHORT_MID_RANGE + side(x, LANE_HALF_WIDTH);
  if (Math.abs(x) > 1.4 * y) return LONG_MID_RANGE + (x < 0 ? 0 : 4);
  return LONG_MID_RANGE + 1 + side(x, 0.33 * y);
}

/** @returns 0 for left, 1 for center, 2 for right: the order in which the areas of one range are listed. */
function side(x: number, halfWidth: number): number {
  return x < -halfWidth ? 0 : x > halfWidth ? 2 : 1;
}

/** Index of the first area of a range. */
function first(basic: string, range: string): number {
  return courtAreas.findIndex((area) => area.basic === basic && area.range === range);
}

function areas(basic: string, names: readonly string[], range: string): readonly CourtArea[] {
  return names.map((area) => ({ basic, area, range }));
}
