import { expect, test } from 'vitest';
import { deriveGames } from './derive-games.ts';
import { boxRow, shotRows } from './made-up-rows.ts';
import { teamAbbr } from './nba-teams.ts';

const GAME = { id: '0022400001', date: '2024-11-12', away: 'MIA', home: 'BOS' };
const BOX = [boxRow(GAME, 'BOS', 1, { pts: 100 }), boxRow(GAME, 'MIA', 2, { pts: 90 })];
const UNMARKED = BOX.map((row) => ({ ...row, marks_home: false }));

test('the only team that marks home is at home', () => {
  const { schedule, game_results } = deriveGames(BOX, []);
  expect(schedule[0]).toMatchObject({
    game_id: '20241112_MIA_BOS',
    home_team_abbr: 'BOS',
    away_team_abbr: 'MIA',
    team_a_abbr: 'BOS',
    team_b_abbr: 'MIA',
    neutral_site: null,
    venue: 'BOS',
  });
  expect(game_results[0]).toMatchObject({ status: 'final', home_points: 100, away_points: 90 });
});

test('without a mark the shot chart names the home team of a neutral site', () => {
  const shots = shotRows(GAME, 'MIA', 2, ['1/1', '0/0', '0/0']);
  expect(deriveGames(UNMARKED, shots).schedule[0]).toMatchObject({
    home_team_abbr: 'BOS',
    neutral_site: true,
    venue: null,
  });
});

test('without mark and shots the side is unknown and the id alphabetical', () => {
  expect(deriveGames(UNMARKED, []).schedule[0]).toMatchObject({
    game_id: '20241112_BOS_MIA',
    home_team_abbr: null,
    away_team_abbr: null,
    neutral_site: true,
    venue: null,
  });
});

test.each([
  ['0022300001', 'LAC'],
  ['0022400001', 'LAC_2024'],
])('the venue of game %s of the Clippers is %s', (id, venue) => {
  const game = { ...GAME, id, home: 'LAC' };
  const box = [boxRow(game, 'LAC', 1), boxRow(game, 'MIA', 2)];
  expect(deriveGames(box, []).schedule[0]?.venue).toBe(venue);
});

test('a corrected game has its corrected sides', () => {
  const game = { id: '0022400147', date: '2024-11-02', away: 'WAS', home: 'MIA' };
  const box = [boxRow(game, 'WAS', 1), boxRow(game, 'MIA', 2)];
  expect(deriveGames(box, []).schedule[0]?.game_id).toBe('20241102_MIA_WAS');
});

test('a game with box rows of one team is rejected', () => {
  const derived = deriveGames(BOX.slice(0, 1), []);
  expect(derived.oneSidedGames).toEqual([GAME.id]);
  expect(derived.schedule).toEqual([]);
});

test.each([
  ['BRK', 'BKN'],
  ['PHO', 'PHX'],
  ['UTAH', 'UTA'],
  ['GUA', null],
])('tricode %s is %s', (written, abbr) => {
  expect(teamAbbr(written)).toBe(abbr);
});
