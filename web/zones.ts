import type { Zone } from '../src/serve/api-types.ts';

export const zoneNames: Readonly<Record<Zone, string>> = {
  paint: 'paint',
  mid_range: 'mid-range',
  three_pt: 'three',
};
