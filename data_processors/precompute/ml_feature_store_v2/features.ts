import type { Measure } from '../../../src/sql/column.ts';
import { absences } from './absence-features.ts';
import { lines } from './line-features.ts';
import { marketForm, minutesForm, roleForm } from './player-features.ts';
import { opponentDefense, presence, shotZones, situation } from './situation-features.ts';

/** The features of `v2`, in the order of the columns. */
export const features: readonly Measure[] = [
  ...marketForm,
  ...opponentDefense,
  ...minutesForm,
  ...presence,
  ...roleForm,
  ...shotZones,
  ...absences,
  ...situation,
  ...lines,
];

export const featureVersion = 'v2_named_2';
