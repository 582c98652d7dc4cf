import type { Zone } from '../src/serve/court-zones.ts';

export const zoneNames: Readonly<Record<Zone, string>> = {
  paint: 'paint',
  mid_range: 'mid-range',
  three_pt: 'three',
};
