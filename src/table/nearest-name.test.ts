import { expect, it } from 'vitest';
import { nearestName } from './nearest-name.ts';

const tables = [
  'team_offense_game_summary',
  'team_defense_game_summary',
  'player_game_summary',
  'team_defense_zone_analysis',
  'player_shot_zone_analysis',
];

it.each([
  ['player_game_summry', 'player_game_summary'],
  ['Player_Game_Summary', 'player_game_summary'],
  ['team_defence_zone_analysis', 'team_defense_zone_analysis'],
  ['player_shot_zones', 'player_shot_zone_analysis'],
  ['team_defense_game_sumary', 'team_defense_game_summary'],
  ['team_offence', 'team_offense_game_summary'],
  ['shot_zone', 'player_shot_zone_analysis'],
  ['game_summary', undefined],
  ['x', undefined],
  ['', undefined],
  ['completely different words', undefined],
])('%j → %s', (given, name) => {
  expect(nearestName(given, tables)).toBe(name);
});

it('knows nothing near among no names', () => {
  expect(nearestName('a', [])).toBeUndefined();
});

it('prefers the name itself over any other', () => {
  for (const name of tables) expect(nearestName(name, tables.toReversed())).toBe(name);
});
