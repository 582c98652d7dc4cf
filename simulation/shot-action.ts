import { pickIndex, type Random } from './random.ts';

/** How a shot was taken, the source's ACTION_TYPE; the weight is how usual it is for its kind of place. */
interface Action {
  readonly name: string;
  readonly weight: number;
}

const AT_THE_RIM: readonly Action[] = [
  { name: 'Driving Layup Shot', weight: 30 },
  { name: 'Running Layup Shot', weight: 11 },
  { name: 'Driving Finger Roll Layup Shot', weight: 9 },
  { name: 'Cutting Layup Shot', weight: 8 },
  { name: 'Layup Shot', weight: 8 },
  { name: 'Tip Layup Shot', weight: 7 },
  { name: 'Putback Layup Shot', weight: 6 },
  { name: 'Cutting Dunk Shot', weight: 5 },
  { name: 'Running Dunk Shot', weight: 4 },
  { name: 'Alley Oop Dunk Shot', weight: 3 },
  { name: 'Reverse Layup Shot', weight: 2 },
];
const IN_THE_LANE: readonly Action[] = [
  { name: 'Driving Floating Jump Shot', weight: 32 },
  { name: 'Floating Jump shot', weight: 12 },
  { name: 'Turnaround Hook Shot', weight: 9 },
  { name: 'Hook Shot', weight: 7 },
  { name: 'Turnaround Jump Shot', weight: 6 },
  { name: 'Driving Bank Hook Shot', weight: 2 },
];
const MID_RANGE: readonly Action[] = [
  { name: 'Pullup Jump shot', weight: 38 },
  { name: 'Fadeaway Jump Shot', weight: 12 },
  { name: 'Turnaround Fadeaway shot', weight: 10 },
  { name: 'Step Back Jump shot', weight: 9 },
  { name: 'Jump Shot', weight: 9 },
  { name: 'Jump Bank Shot', weight: 2 },
];
const BEYOND_THE_ARC: readonly Action[] = [
  { name: 'Jump Shot', weight: 66 },
  { name: 'Pullup Jump shot', weight: 16 },
  { name: 'Step Back Jump shot', weight: 11 },
  { name: 'Running Jump Shot', weight: 6 },
];

const PLACES = [AT_THE_RIM, IN_THE_LANE, MID_RANGE, BEYOND_THE_ARC].map((actions) => ({
  names: actions.map((action) => action.name),
  weights: actions.map((action) => action.weight),
}));

/** All actions, each once. */
export const shotActions: readonly string[] = [...new Set(PLACES.flatMap((place) => place.names))];

const INDEXES = PLACES.map((place) => place.names.map((name) => shotActions.indexOf(name)));

/** Index into `shotActions` of a way to shoot from `distance` whole feet. */
export function shotAction(isThree: boolean, distance: number, random: Random): number {
  const place = isThree ? 3 : distance <= 3 ? 0 : distance <= 8 ? 1 : 2;
  const weights = PLACES[place]?.weights ?? [];
  return INDEXES[place]?.[pickIndex(weights, random)] ?? 0;
}
