/** Leaks that only the widest table could have; each is computed three times, a second a time. */
import { expect, test } from 'vitest';
import { loadTables } from '../../src/table/table-registry.ts';
import { probedLeague, sameDayGame, withLeak } from './probed-league.ts';

const name = 'ml_feature_store_v2';
const tables = await loadTables();
const probe = probedLeague(tables);

test('it looks ahead neither early in a season nor late', async () => {
  for (const at of [0.05, 0.8]) expect(await probe(tables, name, at)).toEqual([]);
});

test.each([
  [
    'his own game of the day in what he has done lately',
    [
      ['form.game_date = candidates.last_game_date', 'form.game_date = candidates.game_date'],
    ] as const,
  ],
  ['the game of the day in what an opponent allows', sameDayGame('team_rolled')],
  [
    'the games of the day in what the league does',
    [
      [
        'game.game_date < target_dates.analysis_date',
        'game.game_date <= target_dates.analysis_date',
      ],
    ] as const,
  ],
  [
    'his own game of the day in how often he was over the line',
    [
      ['game.game_date < market_lines.game_date', 'game.game_date <= market_lines.game_date'],
    ] as const,
  ],
])('the probe catches %s', async (_, leaks) => {
  const findings = await probe(withLeak(tables, name, leaks), name, 0.6);
  expect(findings).toHaveLength(2);
  for (const { rows } of findings) expect(rows.length).toBeGreaterThan(0);
});

test('a game of the day that is but counted shows where it is taken away, for noise leaves it there', async () => {
  const leaky = withLeak(tables, name, sameDayGame('numbered'));
  const [finding, ...others] = await probe(leaky, name, 0.6);
  expect(finding?.rows.length).toBeGreaterThan(0);
  expect(others).toEqual([]);
});
