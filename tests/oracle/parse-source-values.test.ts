import { describe, expect, test } from 'vitest';
import {
  gameIdFacts,
  parsePlusMinus,
  parseSeconds,
  playerLookup,
  secondsOfMinutes,
} from './parse-source-values.ts';

test.each([
  ['0022300634', 2023, 'regular_season'],
  ['22300634', 2023, 'regular_season'],
  ['0041900406', 2019, 'playoffs'],
  ['0022000001', 2020, 'regular_season'],
  ['0052300101', 2023, 'play_in'],
  ['0062300001', 2023, 'cup_final'],
  ['0024600001', 1946, 'regular_season'],
])('game id %s is of season %i, %s', (id, season, type) => {
  expect(gameIdFacts(id)).toMatchObject({ season_year: season, game_type: type });
});

test.each(['0012300001', '0032300001'])('game id %s is dropped', (id) => {
  expect(gameIdFacts(id)).toBeNull();
});

test.each([
  ['Nikola Jokić', 'nikolajokic'],
  ['Luka Dončić', 'lukadoncic'],
  ['Karl-Anthony Towns', 'karlanthonytowns'],
  ['Gary Trent Jr.', 'garytrentjr'],
  ["D'Angelo Russell", 'dangelorussell'],
])('%s is looked up as %s', (name, lookup) => {
  expect(playerLookup(name)).toBe(lookup);
});

describe('minutes to seconds', () => {
  test.each([
    ['40:11', 2411],
    ['35:00', 2100],
    ['36', 2160],
    ['36.5', 2190],
    ['36:30', 2190],
    ['0:45', 45],
    ['45:58', 2758],
    ['32:14', 1934],
    ['33:60', 2040],
    ['0:00', 0],
    ['', null],
    ['-', null],
    ['DNP', null],
    ['12:75', null],
  ])('"%s" is %s', (written, seconds) => {
    expect(parseSeconds(written)).toBe(seconds);
  });

  test('decimal minutes go to the nearest second', () => {
    expect(secondsOfMinutes(8.285)).toBe(497);
    expect(secondsOfMinutes(28.166666666666668)).toBe(1690);
  });
});

test.each([
  ['+7', 7],
  ['-14', -14],
  ['-', null],
  ['', null],
])('plus/minus "%s" is %s', (written, expected) => {
  expect(parsePlusMinus(written)).toBe(expected);
});
