import { beforeAll, expect, test } from 'vitest';
import { type GameDate, gameDate } from '../../src/calendar/game-date.ts';
import { batchContext } from '../../src/run/stage/batch-context.ts';
import { duckdbDialect } from '../../src/sql/duckdb-dialect.ts';
import { stagedSelect } from '../../src/table/staged-select.ts';
import { type ComputedTable, qualifiedName } from '../../src/table/table-definition.ts';
import { isComputed, loadTables, type TableRegistry } from '../../src/table/table-registry.ts';
import { targetDate } from '../../src/table/target-dates.ts';
import { unitOptions } from '../../src/table/unit-options.ts';
import { makeRunEngine } from '../../src/world/run-engine.ts';
import { between, gameDatesOf } from '../support/equal-hashes.ts';
import { prepare } from '../support/run-command.ts';
import { withOpenFile } from '../support/run-tables.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';

/**
 * A date is computed from what its windows name. If the same game stands on two days, which ingest
 * refuses, the rows of one must still not depend on whether the other is computed along with it.
 */
const folder = tempFolder('two-days');
const clock = {
  now: () => '2026-01-15T12:00:00Z',
  today: () => gameDate('2026-01-15'),
  elapsedMs: () => performance.now(),
};
let path: string;
let dates: readonly GameDate[];
let registry: TableRegistry;
/** The days on which a game stands that stands on another one too. */
let touched: readonly string[];

const planted = `SELECT nba_game_id FROM nba_raw.schedule WHERE game_date = (SELECT MIN(game_date) FROM nba_raw.schedule)`;
/** A later day on which neither team of a planted game plays. */
const otherDay = `(SELECT MIN(day.game_date) FROM nba_raw.schedule AS day
  WHERE day.game_date > first_day.game_date AND NOT EXISTS (
    SELECT 1 FROM nba_raw.schedule AS other
    WHERE other.game_date = day.game_date
      AND (other.team_a_abbr IN (game.team_a_abbr, game.team_b_abbr)
        OR other.team_b_abbr IN (game.team_a_abbr, game.team_b_abbr))))`;

/** What the game has on its second day only. */
const differing: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  player_box: { marks_home: 'FALSE' },
  shots: { made: 'TRUE', home_team_abbr: 'stored.team_abbr' },
  game_results: { home_points: 'stored.home_points + 1' },
};

beforeAll(async () => {
  ({ path } = await simulatedWarehouse(folder, { gamesPerTeam: 10, postseason: false }));
  dates = (await gameDatesOf(path)).map(gameDate);
  registry = await loadTables();
  await prepare(['run', '--backfill', ...between(dates[0], dates.at(-1)), '--warehouse', path]);
  await withOpenFile(path, async (warehouse) => {
    await warehouse.run(`CREATE TEMP TABLE planted AS
SELECT game.nba_game_id, ${otherDay} AS day
FROM nba_raw.schedule AS game
CROSS JOIN (SELECT MIN(game_date) AS game_date FROM nba_raw.schedule) AS first_day
WHERE game.nba_game_id IN (${planted})`);
    for (const table of registry.all) {
      const names = table.columns.map(({ name }) => name);
      if (!names.includes('nba_game_id')) continue;
      const values = {
        game_date: 'planted.day',
        game_id: "replace(CAST(planted.day AS VARCHAR), '-', '') || substr(stored.game_id, 9)",
        ...differing[table.name],
      };
      const replaced = Object.entries(values).filter(([name]) => names.includes(name));
      await warehouse.run(`INSERT INTO ${qualifiedName(table)} BY NAME
SELECT stored.* REPLACE (${replaced.map(([name, value]) => `${value} AS ${name}`).join(', ')})
FROM ${qualifiedName(table)} AS stored
INNER JOIN planted ON planted.nba_game_id = stored.nba_game_id
WHERE planted.day IS NOT NULL`);
    }
    const days = await warehouse.query(`SELECT DISTINCT CAST(game_date AS VARCHAR) AS day
FROM nba_raw.schedule
WHERE nba_game_id IN (SELECT nba_game_id FROM planted WHERE day IS NOT NULL)`);
    touched = days.map(({ day }) => String(day));
    await warehouse.run(`INSERT INTO nba_raw.game_lines BY NAME
SELECT game_id AS event_id, game_date, home_team_abbr, away_team_abbr,
  CAST(game_date AS TIMESTAMP) AS captured_at,
  CAST(day(game_date) % 9 AS NUMERIC) AS home_spread, CAST(200 + day(game_date) AS NUMERIC) AS total
FROM nba_raw.schedule`);
  });
});

test('a batch of dates gives each table the rows that its dates give one by one', async () => {
  await withOpenFile(path, async (warehouse) => {
    const engine = await makeRunEngine(warehouse, registry, clock, '0.0.0');
    const digests = async (table: ComputedTable, days: readonly GameDate[]) => {
      const targets = days.map((day) => targetDate(engine.world.calendar, day));
      const context =
        table.phase === 'raw'
          ? rawContext(days)
          : batchContext(warehouse.dialect, engine.world, table, unitOptions(table, {}), targets);
      const rows = await warehouse.query(`
SELECT CAST(${table.partition} AS VARCHAR) AS day, COUNT(*) AS n, CAST(bit_xor(hash(computed)) AS VARCHAR) AS digest
FROM (${stagedSelect(table, context, targets)}) AS computed
GROUP BY ALL
ORDER BY ALL`);
      return rows.map(({ day, n, digest }) => `${table.name} ${day} ${n} ${digest}`);
    };
    expect(touched.length).toBeGreaterThan(1);
    const found: string[] = [];
    for (const table of registry.all.filter(isComputed)) {
      const together = await digests(table, dates);
      const alone: string[] = [];
      for (const day of touched) alone.push(...(await digests(table, [gameDate(day)])));
      const compared = together.filter((digest) => touched.some((day) => digest.includes(day)));
      found.push(...compared.filter((digest) => !alone.includes(digest)));
    }
    expect(found).toEqual([]);
  });
});

/** Inputs on some dates alone. */
function rawContext(days: readonly GameDate[]) {
  const list = days.map((day) => duckdbDialect.date(day)).join(', ');
  return {
    sql: duckdbDialect,
    input: (name: string) => {
      const table = registry.get(name);
      if (!table) throw new Error(`no table ${name}`);
      return `(SELECT * FROM ${qualifiedName(table)} WHERE ${table.partition} IN (${list}))`;
    },
    option: () => '0',
  };
}
