import { afterAll, beforeAll } from 'vitest';
import { writeSimulatedLeague } from '../../simulation/write-simulated-league.ts';
import { type GameDate, gameDate } from '../../src/calendar/game-date.ts';
import type { ComputedTable } from '../../src/table/table-definition.ts';
import { makeTableRegistry, type TableRegistry } from '../../src/table/table-registry.ts';
import { unitOptions } from '../../src/table/unit-options.ts';
import type { Finding } from '../../src/verify/finding.ts';
import { verifyNoLookahead } from '../../src/verify/verify-no-lookahead.ts';
import type { DuckDbWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { makeRunEngine } from '../../src/world/run-engine.ts';
import { missingLogs, offeredProps } from '../equality/disturbances.ts';
import { backfillEverything, ingestedWarehouse } from '../equality/filled-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** Texts of a table's SQL, each with what stands in its place. */
export type Leaks = readonly (readonly [string, string])[];

/** What the probe finds of a table on one date, a share of the way through the season. */
export type Probe = (
  registry: TableRegistry,
  name: string,
  at: number,
  options?: Readonly<Record<string, number>>,
) => Promise<readonly Finding[]>;

/** Makes two short seasons before the first test of a file, with logs missing and props offered. */
export function probedLeague(tables: TableRegistry): Probe {
  const directory = tempFolder('no-lookahead');
  let warehouse: DuckDbWarehouse | undefined;
  let days: readonly GameDate[] = [];
  beforeAll(async () => {
    const paths = await writeSimulatedLeague({ directory, seasons: 2, gamesPerTeam: 14, seed: 5 });
    const opened = await ingestedWarehouse(tables, paths, 'simulated');
    warehouse = opened;
    for (const sql of [...missingLogs, ...offeredProps]) await opened.run(sql);
    await backfillEverything(tables, opened);
    const rows = await opened.query(
      `SELECT CAST(partition_date AS STRING) AS day FROM backcourt.partitions
    WHERE table_name = 'team_defense_zone_analysis' AND state = 'done' ORDER BY 1`,
    );
    days = rows.map(({ day }) => gameDate(String(day)));
  });
  afterAll(() => warehouse?.close());

  return async (registry, name, at, options = {}) => {
    const clock = {
      now: () => '2026-01-01T00:00:00Z',
      today: () => gameDate('2100-01-01'),
      elapsedMs: () => 0,
    };
    const table = registry.computed.find((candidate) => candidate.name === name);
    const date = days[Math.floor(at * days.length)];
    if (!table || !date || !warehouse) throw new Error(`no ${name}`);
    const engine = await makeRunEngine(warehouse, registry, clock, 'test');
    return verifyNoLookahead(engine, [{ table, date, options: unitOptions(table, options) }]);
  };
}

/** A copy of the registry in which texts of one table's SQL are replaced. */
export function withLeak(tables: TableRegistry, name: string, leaks: Leaks): TableRegistry {
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
export function sameDayGame(relation: string): Leaks {
  return [
    [
      ` ${relation}.game_date < target_dates.analysis_date`,
      ` ${relation}.game_date <= target_dates.analysis_date`,
    ],
    [
      `COALESCE(${relation}.next_game_date, DATE '9999-12-31') >= target_dates.analysis_date`,
      `COALESCE(${relation}.next_game_date, DATE '9999-12-31') > target_dates.analysis_date`,
    ],
  ];
}
