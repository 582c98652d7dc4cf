import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeSimulatedLeague } from '../../simulation/write-simulated-league.ts';
import { type GameDate, gameDate } from '../../src/calendar/game-date.ts';
import type { ComputedTable } from '../../src/table/table-definition.ts';
import {
  loadTables,
  makeTableRegistry,
  type TableRegistry,
} from '../../src/table/table-registry.ts';
import { unitOptions } from '../../src/table/unit-options.ts';
import type { Finding } from '../../src/verify/finding.ts';
import { isProbed, verifyNoLookahead } from '../../src/verify/verify-no-lookahead.ts';
import type { DuckDbWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { makeRunEngine } from '../../src/world/run-engine.ts';
import { missingLogs, offeredProps } from '../equality/disturbances.ts';
import { backfillEverything, ingestedWarehouse } from '../equality/filled-warehouse.ts';

const tables = await loadTables();
const probed = tables.computed.filter(isProbed).map(({ name }) => name);
let directory: string;
let warehouse: DuckDbWarehouse;
let days: readonly GameDate[];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'backcourt-no-lookahead-'));
  const paths = await writeSimulatedLeague({ directory, seasons: 2, gamesPerTeam: 22, seed: 5 });
  warehouse = await ingestedWarehouse(tables, paths, 'simulated');
  for (const sql of [...missingLogs, ...offeredProps]) await warehouse.run(sql);
  await backfillEverything(tables, warehouse);
  const rows = await warehouse.query(
    `SELECT CAST(partition_date AS STRING) AS day FROM backcourt.partitions
    WHERE table_name = 'team_defense_zone_analysis' AND state = 'done' ORDER BY 1`,
  );
  days = rows.map(({ day }) => gameDate(String(day)));
});

afterAll(async () => {
  await warehouse?.close();
  await rm(directory, { recursive: true, force: true });
});

async function probe(
  registry: TableRegistry,
  name: string,
  at: number,
): Promise<readonly Finding[]> {
  const clock = {
    now: () => '2026-01-01T00:00:00Z',
    today: () => gameDate('2100-01-01'),
    elapsedMs: () => 0,
  };
  const engine = await makeRunEngine(warehouse, registry, clock, 'test');
  const table = registry.computed.find((candidate) => candidate.name === name);
  const date = days[Math.floor(at * days.length)];
  if (!table || !date) throw new Error(`no ${name}`);
  return verifyNoLookahead(engine, [{ table, date, options: unitOptions(table, {}) }]);
}

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
  for (const at of [0.05, 0.45, 0.8]) expect(await probe(tables, name, at)).toEqual([]);
});

/** A copy of the registry in which texts of one table's SQL are replaced. */
function withLeak(name: string, leaks: readonly (readonly [string, string])[]): TableRegistry {
  const replaced = tables.all.map((table) => {
    if (table.name !== name || table.kind !== 'computed') return table;
    const leaky: ComputedTable = {
      ...table,
      rowsSql: (context) =>
        leaks.reduce((sql, [honest, leaking]) => {
          if (!sql.includes(honest)) throw new Error(`${name} does not contain ${honest}`);
          return sql.replaceAll(honest, leaking);
        }, table.rowsSql(context)),
    };
    return leaky;
  });
  return makeTableRegistry(replaced);
}

/** @param relation whose rows are the games of an entity, each with the window that ends with it. */
const sameDayGame = (relation: string) =>
  [
    [
      ` ${relation}.game_date < target_dates.analysis_date`,
      ` ${relation}.game_date <= target_dates.analysis_date`,
    ],
    [
      `COALESCE(${relation}.next_game_date, DATE '9999-12-31') >= target_dates.analysis_date`,
      `COALESCE(${relation}.next_game_date, DATE '9999-12-31') > target_dates.analysis_date`,
    ],
  ] as const;

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
    'his own game of the day in what he has done lately',
    'ml_feature_store_v2',
    [
      ['form.game_date = candidates.last_game_date', 'form.game_date = candidates.game_date'],
    ] as const,
  ],
  [
    'the game of the day in what an opponent allows',
    'ml_feature_store_v2',
    sameDayGame('team_rolled'),
  ],
  [
    'the games of the day in what the league does',
    'ml_feature_store_v2',
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
  [
    'his own game of the day in how often he was over the line',
    'ml_feature_store_v2',
    [
      ['game.game_date < market_lines.game_date', 'game.game_date <= market_lines.game_date'],
    ] as const,
  ],
])('the probe catches %s', async (_, name, leaks) => {
  const findings = await probe(withLeak(name, leaks), name, 0.6);
  expect(findings).toHaveLength(2);
  for (const { rows } of findings) expect(rows.length).toBeGreaterThan(0);
});

test('a game of the day that is but counted shows where it is taken away, for noise leaves it there', async () => {
  const name = 'ml_feature_store_v2';
  const [finding, ...others] = await probe(withLeak(name, sameDayGame('numbered')), name, 0.6);
  expect(finding?.rows.length).toBeGreaterThan(0);
  expect(others).toEqual([]);
});
