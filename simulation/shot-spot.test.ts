import { expect, it } from 'vitest';
import { courtAreaOf, courtAreas } from './court-area.ts';
import { randomOf } from './random.ts';
import { type ShotZone, shotSpot } from './shot-spot.ts';

const SEED = 20;

it.each<ShotZone>(['paint', 'midRange', 'three'])(
  `puts a %s shot where its zone is (seed ${SEED})`,
  (zone) => {
    const random = randomOf(SEED, zone);
    for (let shot = 0; shot < 5000; shot += 1) {
      const spot = shotSpot(zone, random);
      const { x, y, distance, accuracy } = spot;
      const label = `${zone} at ${x}, ${y}`;
      const area = courtAreas[courtAreaOf(zone, spot)];
      expect(distance, label).toBe(Math.floor(Math.hypot(x, y) / 10));
      expect(accuracy > 0 && accuracy < 1, label).toBe(true);
      expect(Math.abs(x) <= 250 && y >= -52 && y < 890, label).toBe(true);
      if (zone === 'paint') expect(distance, label).toBeLessThanOrEqual(8);
      if (zone === 'midRange') expect(distance >= 9 && distance < 22, label).toBe(true);
      if (zone === 'three') expect(distance >= 22 && distance <= 80, label).toBe(true);
      expect(area?.basic.endsWith('3') || area?.basic === 'Backcourt', label).toBe(
        zone === 'three',
      );
      if (x < -1 && area?.area.startsWith('Right')) throw new Error(`${label} is not on the right`);
      if (x > 1 && area?.area.startsWith('Left')) throw new Error(`${label} is not on the left`);
    }
  },
);

it('lists every court area once', () => {
  const names = courtAreas.map((area) => `${area.basic}/${area.area}/${area.range}`);
  expect(new Set(names).size).toBe(names.length);
});
