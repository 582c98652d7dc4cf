import { expect, test } from 'vitest';
import { zoneOfShot } from './shot-zones.ts';

test.each([
  [0, '2PT Field Goal', 'paint'],
  [8, '2PT Field Goal', 'paint'],
  [9, '2PT Field Goal', 'mid_range'],
  [15, '2PT Field Goal', 'mid_range'],
  [23, '2PT Field Goal', 'mid_range'],
  [21, '3PT Field Goal', 'three'],
  [22, '3PT Field Goal', 'three'],
  [3, '3PT Field Goal', 'three'],
  [60, '3PT Field Goal', 'three'],
])('%i ft, %s is %s', (distance, type, zone) => {
  expect(zoneOfShot({ distance_ft: distance, shot_type: type })).toBe(zone);
});
