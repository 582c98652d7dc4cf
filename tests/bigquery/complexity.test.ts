import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { daysFromTo, gameDate } from '../../src/calendar/game-date.ts';
import { makeSeasonCalendar } from '../../src/calendar/season-calendar.ts';
import { ledgerTables } from '../../src/ledger/ledger-tables.ts';
import { batchContext } from '../../src/run/stage/batch-context.ts';
import { string } from '../../src/sql/column.ts';
import { googlesqlDialect } from '../../src/sql/googlesql-dialect.ts';
import { storedColumns } from '../../src/table/provenance.ts';
import { stagedSelect } from '../../src/table/staged-select.ts';
import { qualifiedName } from '../../src/table/table-definition.ts';
import { isComputed, loadTables } from '../../src/table/table-registry.ts';
import { unitOptions } from '../../src/table/unit-options.ts';
import { makeWindowResolver } from '../../src/window/window-dates.ts';
import { googleSqlType } from './googlesql/cell-values.ts';
import { type GoogleSqlService, startGoogleSql } from './googlesql/googlesql-service.ts';
import { catalogOf } from './googlesql/memory-database.ts';
import {
  type Complexity,
  complexityOf,
  inlinedBytes,
  refusedByBigQuery,
} from './googlesql/resolved-tree.ts';

const tables = await loadTables();
const computed = tables.all.filter(isComputed);
let service: GoogleSqlService;

beforeAll(async () => {
  service = await startGoogleSql();
});
afterAll(() => service?.stop());

const stored = new Map(
  [...ledgerTables, ...tables.all].map((table) => [
    qualifiedName(table),
    {
      columns: storedColumns(table).map(({ name, type }) => ({ name, type: googleSqlType(type) })),
    },
  ]),
);

/** A season, so that what grows with the dates of a batch shows in the bytes. */
const days = daysFromTo(gameDate('2023-10-24'), gameDate('2024-04-14'));
const seasonStart = gameDate('2023-10-24');
const targets = days.map((date) => ({
  date,
  seasonYear: 2023,
  seasonStart,
  unbrokenSince: seasonStart,
}));
const calendar = makeSeasonCalendar(
  days.map((date) => ({ date, seasonYear: 2023, games: 1, teams: ['BOS', 'NYK'], finalTeams: [] })),
  new Set(),
  new Map(),
  new Set(),
);

/** Repeated use of tables is what makes a query too complex for BigQuery's planner. */
const mostScans = 24;

/** The most that a statement may have, once BigQuery has put each WITH in the place of its mentions. */
const ceilings: Readonly<Record<string, Complexity & { readonly bytes: number }>> = {
  game_results: { scans: 4, joins: 4, windows: 0, bytes: 5_000 },
  schedule: { scans: 5, joins: 4, windows: 0, bytes: 18_000 },
  player_game_summary: { scans: 7, joins: 7, windows: 4, bytes: 11_000 },
  team_defense_game_summary: { scans: 2, joins: 2, windows: 0, bytes: 5_000 },
  team_offense_game_summary: { scans: 7, joins: 6, windows: 0, bytes: 12_000 },
  upcoming_player_game_context: { scans: 23, joins: 28, windows: 114, bytes: 54_000 },
  upcoming_team_game_context: { scans: 14, joins: 16, windows: 15, bytes: 81_000 },
  ml_feature_store: { scans: 10, joins: 13, windows: 17, bytes: 36_000 },
  ml_feature_store_v2: { scans: 22, joins: 31, windows: 188, bytes: 117_000 },
  player_composite_factors: { scans: 6, joins: 7, windows: 4, bytes: 18_000 },
  player_daily_cache: { scans: 9, joins: 12, windows: 26, bytes: 23_000 },
  player_shot_zone_analysis: { scans: 4, joins: 6, windows: 45, bytes: 23_000 },
  team_defense_zone_analysis: { scans: 9, joins: 14, windows: 50, bytes: 38_000 },
};

/** What a table that is not listed may have. */
const anyTable = { scans: mostScans, joins: 25, windows: 100, bytes: 50_000 };

describe('a batch of a season, as BigQuery sees it', () => {
  test.each(computed.map((table) => [table.name, table] as const))('%s', async (name, table) => {
    const windows = makeWindowResolver(calendar);
    const context = batchContext(
      googlesqlDialect,
      { tables, windows },
      table,
      unitOptions(table, {}),
      targets,
    );
    const sql = stagedSelect(table, context, targets);
    const tree = await service.resolve(sql, catalogOf(stored));
    expect(refusedByBigQuery(tree)).toEqual([]);
    const found = { ...complexityOf(tree), bytes: inlinedBytes(sql) };
    const most = ceilings[name] ?? anyTable;
    const within = {
      scans: Math.min(found.scans, most.scans),
      joins: Math.min(found.joins, most.joins),
      windows: Math.min(found.windows, most.windows),
      bytes: Math.min(found.bytes, most.bytes),
    };
    expect([name, found]).toEqual([name, within]);
  });
});

/** In a night's chain a later table reads what is staged of the earlier ones beside what stands. */
test.each(
  computed.filter(({ phase }) => phase !== 'raw').map((table) => [table.name, table] as const),
)('%s of one date, behind the tables that are staged before it', async (name, table) => {
  const night = targets.slice(-1);
  const dates = night.map(({ date }) => date);
  const earlier = computed.filter(({ phase }) => phase !== 'raw');
  const staged = new Map(
    earlier.map((one) => [one.name, { relation: `staged_${one.name}`, dates }]),
  );
  const windows = makeWindowResolver(calendar);
  const context = batchContext(
    googlesqlDialect,
    { tables, windows },
    table,
    unitOptions(table, {}),
    night,
    staged,
  );
  const sql = stagedSelect(table, context, night);
  const catalog = new Map([
    ...stored,
    ...earlier.map(
      (one) =>
        [
          `staged_${one.name}`,
          {
            columns: [...one.columns, string('exclusion_reason', ''), string('data_hash', '')].map(
              (column) => ({ name: column.name, type: googleSqlType(column.type) }),
            ),
          },
        ] as const,
    ),
  ]);
  const { scans } = complexityOf(await service.resolve(sql, catalogOf(catalog)));
  expect([name, scans]).toEqual([name, Math.min(scans, mostScans)]);
});

describe('what BigQuery refuses and GoogleSQL does not', () => {
  const resolve = (sql: string) => service.resolve(sql, catalogOf(stored));
  const shots = 'nba_raw.shots';

  test.each([
    [
      `SELECT (SELECT COUNT(*) FROM ${shots} AS s WHERE s.player_id = b.player_id) FROM nba_raw.player_box AS b`,
    ],
    [
      `WITH s AS (SELECT player_id FROM ${shots}) SELECT EXISTS (SELECT 1 FROM s WHERE s.player_id = b.player_id) FROM nba_raw.player_box AS b`,
    ],
    [`SELECT STRING_AGG(team_abbr ORDER BY team_abbr NULLS LAST) FROM ${shots}`],
    [
      `SELECT SUM(player_id) OVER (ORDER BY player_id DESC NULLS FIRST RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM ${shots}`,
    ],
  ])('is found: %s', async (sql) => {
    expect(refusedByBigQuery(await resolve(sql))).toHaveLength(1);
  });

  test.each([
    [`SELECT ARRAY(SELECT x FROM UNNEST([s.player_id]) AS x) FROM ${shots} AS s`],
    [`SELECT (SELECT COUNT(*) FROM ${shots}) AS n`],
    [`SELECT ROW_NUMBER() OVER (ORDER BY player_id NULLS LAST) FROM ${shots}`],
  ])('is not found where there is none: %s', async (sql) => {
    expect(refusedByBigQuery(await resolve(sql))).toEqual([]);
  });

  test.each(['SELECT [1] = [1]', 'SELECT ARRAY_FILTER([1, 2], x -> x > 1)', 'SELECT PI()'])(
    'is no feature of it: %s',
    async (sql) => {
      await expect(resolve(sql)).rejects.toThrow();
    },
  );
});

test('a WITH counts as often as it is mentioned', async () => {
  const sql = `WITH a AS (SELECT player_id FROM nba_raw.shots), b AS (SELECT x.player_id FROM a AS x JOIN a AS y USING (player_id))
SELECT 1 AS one FROM b, b AS c, a`;
  expect(complexityOf(await service.resolve(sql, catalogOf(stored)))).toMatchObject({
    scans: 5,
    joins: 4,
    windows: 0,
  });
  expect(inlinedBytes('WITH a AS (12), b AS (FROM a JOIN a) SELECT FROM b')).toBeGreaterThan(
    inlinedBytes('WITH a AS (12), b AS (FROM a JOIN x) SELECT FROM b'),
  );
});
