import { expect, test } from 'vitest';
import { playerLookup } from './player-lookup.ts';

test.each([
  ['Nikola Jokić', 'nikolajokic'],
  ['Luka Dončić', 'lukadoncic'],
  ['Karl-Anthony Towns', 'karlanthonytowns'],
  ['Gary Trent Jr.', 'garytrentjr'],
  ["D'Angelo Russell", 'dangelorussell'],
  ['ﬁ Ａ', 'fia'],
])('%s is %s', (name, lookup) => {
  expect(playerLookup(name)).toBe(lookup);
});
