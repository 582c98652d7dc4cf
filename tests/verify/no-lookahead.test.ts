import { expect, test } from 'vitest';
import { loadTables } from '../../src/table/table-registry.ts';
import { isProbed } from '../../src/verify/verify-no-lookahead.ts';
import { probedLeague, sameDayGame, withLeak } from './probed-league.ts';

const tables = await loadTables();
const probed = tables.computed.filter(isProbed).map(({ name }) => name);
const probe = probedLeague(tables);

test('summaries of games are about their day; everything else claims to be known before it', () => {
  const about = tables.computed.filter((table) => !isProbed(table)).map(({ name }) => name);
  expect([...about].sort()).toEqual([
    'player_game_summary',
    'team_defense_game_summary',
    'team_offense_game_summary',
  ]);
  expect(probed.length).toBeGreaterThanOrEqual(2);
});

test.each(probed)('%s does not look ahead', async (name) => {
  // The widest table takes as long as all others; `leaks-of-named-features` probes its other dates.
  const places = name === 'ml_feature_store_v2' ? [0.45] : [0.05, 0.45, 0.8];
  for (const at of places) expect(await probe(tables, name, at)).toEqual([]);
});

test.each([
  ['a game of the same day in a team window', 'team_defense_zone_analysis', sameDayGame('rolled')],
  [
    'a game of the same day in a player window',
    'player_shot_zone_analysis',
    sameDayGame('history_rolled'),
  ],
  [
    'a game of the same day among those expected',
    'player_composite_factors',
    sameDayGame('due_rolled'),
  ],
  [
    'a league average that includes the day',
    'team_defense_zone_analysis',
    [
      [
        'game.game_date < target_dates.analysis_date',
        'game.game_date <= target_dates.analysis_date',
      ],
    ] as const,
  ],
  [
    'a line that was seen after tip-off',
    'ml_feature_store_v2',
    [
      ['COALESCE(prop.captured_at <= prop.tipoff_at, TRUE)', 'TRUE'],
      ['COALESCE(prop.captured_at <= game.tipoff_at, TRUE)', 'TRUE'],
      [
        'prop.captured_at <= COALESCE(',
        'prop.captured_at IS NOT NULL OR prop.captured_at <= COALESCE(',
      ],
    ] as const,
  ],
])('the probe catches %s', async (_, name, leaks) => {
  const findings = await probe(withLeak(tables, name, leaks), name, 0.6);
  expect(findings).toHaveLength(2);
  for (const { rows } of findings) expect(rows.length).toBeGreaterThan(0);
});

test('lines of no known time that somebody accepts are taken for known before the games', async () => {
  const accepted = { accept_closing_lines: 1 };
  for (const name of ['upcoming_team_game_context', 'ml_feature_store_v2'])
    expect(await probe(tables, name, 0.45, accepted)).toEqual([]);
});
