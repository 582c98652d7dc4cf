import { expect, it } from 'vitest';
import { playerAliases } from './player-aliases.ts';
import { knownLookup } from './resolve-players.ts';

it.each([
  ['Nikola Jokić', 'nikolajokic'],
  ['nikolajokic', 'nikolajokic'],
  ['nikola_jokic', 'nikolajokic'],
  ['jalenwilliams_1631114', 'jalenwilliams_1631114'],
  ['Herb Jones', 'herbertjones'],
  ['herbjones', 'herbertjones'],
  ['—', ''],
])('%s is looked up as %s', (given, lookup) => {
  expect(knownLookup(given)).toBe(lookup);
});

it('an alias leads to a name, not to another alias', () => {
  for (const name of playerAliases.values()) expect(playerAliases.has(name)).toBe(false);
});
