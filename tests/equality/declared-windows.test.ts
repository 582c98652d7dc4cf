import { beforeAll, expect, test } from 'vitest';
import { type GameDate, gameDate } from '../../src/calendar/game-date.ts';
import { batchContext } from '../../src/run/stage/batch-context.ts';
import type { SqlContext } from '../../src/table/sql-context.ts';
import { stagedSelect } from '../../src/table/staged-select.ts';
import {
  type ComputedTable,
  columnsRead,
  qualifiedName,
} from '../../src/table/table-definition.ts';
import { loadTables, type TableRegistry } from '../../src/table/table-registry.ts';
import { targetDate } from '../../src/table/target-dates.ts';
import { unitOptions } from '../../src/table/unit-options.ts';
import { makeRunEngine, type RunEngine } from '../../src/world/run-engine.ts';
import { between, gameDatesOf } from '../support/equal-hashes.ts';
import { prepare } from '../support/run-command.ts';
import { withOpenFile } from '../support/run-tables.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';

/**
 * The planner trusts the declared windows to the day: what they do not reach makes nothing stale. So
 * each table is computed from exactly the partitions that its windows name, and must not notice.
 */
const folder = tempFolder('windows');
const clock = {
  now: () => '2026-01-15T12:00:00Z',
  today: () => gameDate('2026-01-15'),
  elapsedMs: () => performance.now(),
};
let path: string;
let dates: readonly GameDate[];
let registry: TableRegistry;

beforeAll(async () => {
  ({ path } = await simulatedWarehouse(folder, { gamesPerTeam: 24, postseason: false }));
  dates = (await gameDatesOf(path)).map(gameDate);
  registry = await loadTables();
  await prepare(['run', '--backfill', ...between(dates[0], dates.at(-1)), '--warehouse', path]);
  await withOpenFile(path, async (warehouse) => {
    // Boston plays no more: its last games stay the same, and the window of a date gets holes.
    await warehouse.run(`
UPDATE nba_raw.game_results SET status = 'postponed'
WHERE nba_game_id IN (
  SELECT nba_game_id FROM nba_raw.schedule
  WHERE 'BOS' IN (team_a_abbr, team_b_abbr) AND game_date > ${warehouse.dialect.date(dates[6] ?? gameDate('2023-11-01'))})`);
  });
  // Gaps are what tempts a query to look further back than it says.
  await withOpenFile(path, async (warehouse) => {
    for (const { name, phase, ...table } of registry.computed) {
      if (phase !== 'analytics') continue;
      const gone = dates.filter((_, index) => index % 7 === name.length % 7);
      const list = gone.map((date) => warehouse.dialect.date(date)).join(', ');
      await warehouse.run(
        `DELETE FROM ${qualifiedName({ name, ...table })} WHERE ${table.partition} IN (${list})`,
      );
    }
  });
});

/** Inputs cut to the very partitions that the windows of one date name. */
function exactContext(engine: RunEngine, table: ComputedTable, date: GameDate): SqlContext {
  const { dialect: sql } = engine.warehouse;
  const target = targetDate(engine.world.calendar, date);
  const cut = batchContext(sql, engine.world, table, unitOptions(table, {}), [target]);
  return {
    ...cut,
    input: (name) => {
      const input = table.inputs.find((candidate) => candidate.table === name);
      const stored = engine.world.tables.get(name);
      if (!input || !stored) throw new Error(`${table.name} does not declare "${name}"`);
      const days = input.windows.flatMap((window) => engine.world.windows.dates(window, date));
      const list = [...new Set(days)].map((day) => sql.date(day)).join(', ');
      const columns = columnsRead(stored, input).join(', ');
      const where = days.length === 0 ? 'FALSE' : `${stored.partition} IN (${list})`;
      return `(SELECT ${columns} FROM ${qualifiedName(stored)} WHERE ${where})`;
    },
  };
}

/** By date: number of rows and a digest of all their values. */
const digestSql = (table: ComputedTable, select: string) => `
SELECT CAST(${table.partition} AS VARCHAR) AS day, COUNT(*) AS n, CAST(bit_xor(hash(computed)) AS VARCHAR) AS digest
FROM (${select}) AS computed
GROUP BY ALL`;

test('no table reads what its windows do not name, not even across gaps', async () => {
  let compared = 0;
  let narrower = 0;
  await withOpenFile(path, async (warehouse) => {
    const engine = await makeRunEngine(warehouse, registry, clock, '0.0.0');
    const { windows } = engine.world;
    for (const table of registry.computed) {
      const targets = dates.map((date) => targetDate(engine.world.calendar, date));
      const batch = batchContext(
        warehouse.dialect,
        engine.world,
        table,
        unitOptions(table, {}),
        targets,
      );
      const together = await warehouse.query(digestSql(table, stagedSelect(table, batch, targets)));
      for (const date of dates.filter((_, index) => index % 9 === 5)) {
        const context = exactContext(engine, table, date);
        const select = stagedSelect(table, context, [targetDate(engine.world.calendar, date)]);
        const [alone] = await warehouse.query(digestSql(table, select));
        expect([table.name, date, alone]).toEqual([
          table.name,
          date,
          together.find(({ day }) => day === date),
        ]);
        compared += Number(alone?.['n'] ?? 0);
        for (const window of table.inputs.flatMap((input) => input.windows)) {
          const { from, before } = windows.span(window, date);
          const spanned = dates.filter((day) => day >= from && day < before);
          if (window.kind !== 'undated' && windows.dates(window, date).length < spanned.length) {
            narrower += 1;
          }
        }
      }
    }
  });
  expect(compared).toBeGreaterThan(2000);
  expect(narrower).toBeGreaterThan(0);
});
