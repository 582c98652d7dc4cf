import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeSimulatedLeague } from '../../src/ingest/simulated/write-simulated-league.ts';
import type { ComputedTable } from '../../src/table/table-definition.ts';
import {
  isComputed,
  loadTables,
  makeTableRegistry,
  type TableRegistry,
} from '../../src/table/table-registry.ts';
import type { DuckDbWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { backfillEverything, ingestedWarehouse } from './filled-warehouse.ts';

const zoneTables = ['team_defense_zone_analysis', 'player_shot_zone_analysis'];

/** Everything from a date on, replaced by numbers that mean nothing, or taken away. */
const futures: Readonly<Record<string, (from: string) => readonly string[]>> = {
  'replaced by noise': (from) => [
    `UPDATE nba_analytics.team_defense_game_summary SET
      opp_paint_makes = opp_paint_attempts, opp_mid_range_makes = 0,
      opp_zone_three_pt_makes = hash(team_abbr) % 9, points_allowed = 200,
      defensive_rating = 160, opponent_pace = 90 WHERE game_date >= DATE '${from}'`,
    `UPDATE nba_analytics.player_game_summary SET
      paint_attempts = paint_attempts + 7, mid_range_makes = 0, has_shot_zones = NOT has_shot_zones,
      team_abbr = opponent_team_abbr, player_full_name = 'Nobody' WHERE game_date >= DATE '${from}'`,
    `UPDATE nba_raw.game_results SET home_points = 1, away_points = 300 WHERE game_date >= DATE '${from}'`,
  ],
  'taken away': (from) => [
    `DELETE FROM nba_analytics.team_defense_game_summary WHERE game_date >= DATE '${from}'`,
    `DELETE FROM nba_analytics.player_game_summary WHERE game_date >= DATE '${from}'`,
  ],
};

let tables: TableRegistry;
let directory: string;
let paths: readonly string[];
let warehouse: DuckDbWarehouse;
let days: readonly string[];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'backcourt-point-in-time-'));
  tables = await loadTables();
  paths = await writeSimulatedLeague({ directory, seasons: 2, gamesPerTeam: 22, seed: 5 });
  warehouse = await ingestedWarehouse(tables, paths, 'simulated');
  await backfillEverything(tables, warehouse);
  for (const name of ['team_defense_game_summary', 'player_game_summary']) {
    await warehouse.run(`CREATE TEMP TABLE kept_${name} AS SELECT * FROM nba_analytics.${name}`);
  }
  await warehouse.run('CREATE TEMP TABLE kept_results AS SELECT * FROM nba_raw.game_results');
  const rows = await warehouse.query(
    `SELECT CAST(partition_date AS STRING) AS day FROM backcourt.partitions
    WHERE table_name = 'team_defense_zone_analysis' AND state = 'done' ORDER BY 1`,
  );
  days = rows.map(({ day }) => String(day));
});

afterAll(async () => {
  await warehouse?.close();
  await rm(directory, { recursive: true, force: true });
});

async function zoneHashes(before: string): Promise<ReadonlyMap<string, string>> {
  const rows = await warehouse.query(
    `SELECT table_name, CAST(partition_date AS STRING) AS day, data_hash FROM backcourt.partitions
    WHERE table_name IN ('${zoneTables.join("', '")}') AND partition_date <= DATE '${before}'`,
  );
  return new Map(
    rows.map((row) => [`${row['table_name']} ${row['day']}`, String(row['data_hash'])]),
  );
}

/** Rebuilds the zone tables, later dates in the same query, and gives back what it found. */
async function rebuild(registry: TableRegistry): Promise<void> {
  await warehouse.run(
    `DELETE FROM backcourt.partitions WHERE table_name IN ('${zoneTables.join("', '")}')`,
  );
  for (const name of zoneTables) await warehouse.run(`DELETE FROM nba_precompute.${name}`);
  await backfillEverything(registry, warehouse, { tableNames: zoneTables });
}

async function restore(): Promise<void> {
  for (const name of ['team_defense_game_summary', 'player_game_summary']) {
    await warehouse.run(`DELETE FROM nba_analytics.${name}`);
    await warehouse.run(`INSERT INTO nba_analytics.${name} SELECT * FROM kept_${name}`);
  }
  await warehouse.run('DELETE FROM nba_raw.game_results');
  await warehouse.run('INSERT INTO nba_raw.game_results SELECT * FROM kept_results');
}

describe.each(Object.keys(futures))('the future %s', (kind) => {
  test.each([0.1, 0.45, 0.8])(
    'changes nothing up to the date, at %f of the history',
    async (part) => {
      const day = days[Math.floor(part * days.length)] ?? '';
      await rebuild(tables);
      const known = await zoneHashes(day);
      expect(known.size).toBeGreaterThan(4);
      for (const sql of futures[kind]?.(day) ?? []) await warehouse.run(sql);
      try {
        await rebuild(tables);
        expect(await zoneHashes(day)).toEqual(known);
      } finally {
        await restore();
      }
    },
  );
});

/** A copy of the registry in which texts of one table's SQL are replaced. */
function withLeak(name: string, leaks: readonly (readonly [string, string])[]): TableRegistry {
  const replaced = tables.all.map((table) => {
    if (table.name !== name || !isComputed(table)) return table;
    const leaky: ComputedTable = {
      ...table,
      rowsSql: (context) => {
        return leaks.reduce((sql, [honest, leaking]) => {
          if (!sql.includes(honest)) throw new Error(`${name} does not contain ${honest}`);
          return sql.replaceAll(honest, leaking);
        }, table.rowsSql(context));
      },
    };
    return leaky;
  });
  return makeTableRegistry(replaced);
}

const sameDayGame = [
  [
    ' rolled.game_date < target_dates.analysis_date',
    ' rolled.game_date <= target_dates.analysis_date',
  ],
  [
    "COALESCE(rolled.next_game_date, DATE '9999-12-31') >= target_dates.analysis_date",
    "COALESCE(rolled.next_game_date, DATE '9999-12-31') > target_dates.analysis_date",
  ],
] as const;

test.each([
  ['a game of the same day in a team window', 'team_defense_zone_analysis', sameDayGame],
  ['a game of the same day in a player window', 'player_shot_zone_analysis', sameDayGame],
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
])('the probe catches %s', async (_, name, leaks) => {
  const leaky = withLeak(name, leaks);
  const day = days[Math.floor(0.6 * days.length)] ?? '';
  await rebuild(leaky);
  const known = await zoneHashes(day);
  for (const sql of futures['replaced by noise']?.(day) ?? []) await warehouse.run(sql);
  try {
    await rebuild(leaky);
    const moved = [...(await zoneHashes(day))].filter(([unit, hash]) => known.get(unit) !== hash);
    expect(moved.map(([unit]) => unit)).toEqual([`${name} ${day}`]);
  } finally {
    await restore();
  }
});
