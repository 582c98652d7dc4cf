import { expect, test } from 'vitest';
import { duckdbDialect } from '../sql/duckdb-dialect.ts';
import { canonicalContext } from '../table/sql-context.ts';
import { loadTables, makeTableRegistry } from '../table/table-registry.ts';
import { compileTable } from './compile-table.ts';
import * as m from './measure-words.ts';
import { playerTable } from './own-table.ts';

test('x', async () => {
  const tables = await loadTables();
  const own = playerTable({
    name: 'steals_form',
    purpose: 'x.',
    measures: [
      m.average('steals_avg_last_10', {
        of: 'player_game_summary.steals',
        over: m.lastGames(10),
        decimals: 1,
        unit: 'steals per game',
      }),
      m.average('usage_avg', {
        of: 'player_game_summary.usage_rate',
        over: m.lastGames(10),
        decimals: 2,
      }),
      m.deviation('points_std', {
        of: 'player_game_summary.points',
        over: m.lastGames(10),
        decimals: 2,
      }),
      m.games('starts', {
        of: 'player_game_summary',
        over: m.lastDays(14),
        where: { starter_flag: true },
      }),
      m.per36('ast36', { of: 'player_game_summary.assists', over: m.seasonToDate, decimals: 1 }),
      m.streak('over_20', { of: 'player_game_summary', where: { points: { atLeast: 20 } } }),
      m.trend('pts_trend', {
        of: 'player_game_summary.points',
        short: m.lastGames(5),
        long: m.seasonToDate,
        decimals: 2,
      }),
      m.last('last_points', { of: 'player_game_summary.points' }),
      m.value('rest', { of: 'upcoming_player_game_context.days_rest' }),
      m.value('line', { of: 'upcoming_team_game_context.game_total', whose: 'opponent' }),
      m.average('opp_allowed', {
        of: 'team_defense_game_summary.points_allowed',
        over: m.lastGames(10),
        whose: 'opponent',
        decimals: 1,
      }),
      m.rank('steal_rank', { of: 'steals_avg_last_10', among: 'date', first: 'highest' }),
      m.teammatesAverage('mates', { of: 'usage_avg', decimals: 2 }),
    ],
  });
  const table = compileTable(tables, own, { file: 'tables/steals_form.ts', dataset: 'my_tables' });
  console.log(table.rowsSql(canonicalContext(duckdbDialect)));
  console.log(JSON.stringify(table.inputs, null, 1));
  const all = makeTableRegistry([...tables.all, table]);
  expect(all.computed.at(-1)?.name).toBe('steals_form');
});
