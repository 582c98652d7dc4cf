import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { announceRealData, realDataFolder, realFiles } from '../support/real-data.ts';
import { backcourt, type CommandResult, prepare, runJob } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { changeFile, differingUnits, partitionHashes } from '../support/warehouse-file.ts';
import { storedHashes } from './engines.ts';
import { type GoogleSqlService, startGoogleSql } from './googlesql/googlesql-service.ts';
import { type MemoryDatabase, makeMemoryDatabase } from './googlesql/memory-database.ts';
import { type OpenStandIn, openStandIn } from './open-stand-in.ts';

announceRealData('the four tests of the task on the stand-in');

const analytics = [
  'team_offense_game_summary',
  'team_defense_game_summary',
  'player_game_summary',
  'upcoming_team_game_context',
  'upcoming_player_game_context',
];
const [teamZones, playerZones, factors, cache, store] = [
  'team_defense_zone_analysis',
  'player_shot_zone_analysis',
  'player_composite_factors',
  'player_daily_cache',
  'ml_feature_store',
] as const;
const phase4 = [teamZones, playerZones, factors, cache, store];
/** The weeks are loaded one by one, as they would be in a season: the server takes small messages. */
const weeks = [
  ['2023-10-24', '2023-10-30'],
  ['2023-10-31', '2023-11-06'],
  ['2023-11-07', '2023-11-15'],
];

describe.runIf(realDataFolder)('the four tests of the task, on real data in BigQuery', () => {
  const folder = tempFolder('bigquery-four');
  const duckdb = join(folder, 'four.duckdb');
  let service: GoogleSqlService;
  let database: MemoryDatabase;
  let open: OpenStandIn;
  type Snapshot = ReturnType<MemoryDatabase['snapshot']>;
  /** By table, a warehouse in which all that its job needs is done up to 2023-11-14. */
  const readyFor = new Map<string, Snapshot>();
  let ingested: Snapshot;

  const surroundings = () => ({ bigQueryClient: open.client });
  const onStandIn = (...argv: readonly string[]) =>
    backcourt([...argv, '--warehouse', open.place], surroundings());
  const job = (table: string, ...argv: readonly string[]): Promise<CommandResult> =>
    runJob(table, [...argv, '--warehouse', open.place], surroundings());

  async function both(...argv: readonly string[]): Promise<void> {
    const there = await onStandIn(...argv);
    expect([argv, there.exitCode, there.stderr]).toEqual([argv, 0, '']);
    await prepare([...argv.filter((word) => !isBatch(word)), '--warehouse', duckdb]);
    expect(differingUnits(await partitionHashes(duckdb), storedHashes(database))).toEqual([]);
  }

  beforeAll(async () => {
    service = await startGoogleSql();
    database = makeMemoryDatabase(service);
    open = await openStandIn(database);
    for (const [index, [first, last]] of weeks.entries()) {
      const files = realFiles('2023-24').map((_, place) =>
        join(folder, `${index}-${place}.parquet`),
      );
      for (const [place, source] of realFiles('2023-24').entries()) {
        await changeFile(
          ':memory:',
          `COPY (SELECT * FROM read_parquet('${source}')
WHERE replace(substr(CAST(GAME_DATE AS VARCHAR), 1, 10), '-', '')[1:8] BETWEEN replace('${first}', '-', '') AND replace('${last}', '-', ''))
TO '${files[place]}' (FORMAT parquet)`,
        );
      }
      await both('ingest', 'nba-stats', ...files);
    }
    ingested = database.snapshot();
    const steps = [
      [analytics, [teamZones, playerZones, ...analytics]],
      [[teamZones, playerZones], [factors]],
      [[factors], [cache]],
      [[cache], [store]],
    ] as const;
    for (const [tables, ready] of steps) {
      await both(
        ...['run', '--backfill', '--start-date', '2023-10-24', '--end-date', '2023-11-14'],
        ...['--tables', tables.join(','), '--batch-days=7'],
      );
      for (const table of ready) readyFor.set(table, database.snapshot());
    }
  });
  afterAll(async () => {
    await open?.close();
    await service?.stop();
  });

  function goTo(snapshot: Snapshot | undefined): void {
    if (!snapshot) throw new Error('not ready');
    database.restore(snapshot);
  }

  /** The tables as they are, with which nothing may have been written. */
  function expectUntouched(before: Snapshot): void {
    for (const [name, table] of [...before].filter(([key]) => key.includes('.'))) {
      expect(database.tables().get(name)).toBe(table);
    }
  }

  test.each([...analytics, ...phase4])(
    '1. a dry run of %s on 2023-11-01…07 writes nothing',
    async (table) => {
      goTo(readyFor.get(table));
      const before = database.snapshot();
      const days = ['--start-date', '2023-11-01', '--end-date', '2023-11-07'];
      const { exitCode, stdout, stderr, lines } = await job(table, '--dry-run', ...days);
      expect([exitCode, stderr]).toEqual([0, '']);
      expect(stdout).toContain('dry run: nothing was written');
      expect(lines).toContain('Skipping 2023-11-07 (no games scheduled)');
      for (const day of ['01', '02', '03', '04', '05', '06']) {
        const expected = analytics.includes(table)
          ? `2023-11-${day}  done  would skip: inputs unchanged`
          : `2023-11-${day}  missing  would run: never written`;
        expect(lines.filter((line) => line.startsWith(expected))).toHaveLength(1);
      }
      expectUntouched(before);
    },
  );

  test('1. without analytics a dry run tells what is missing upstream, and exits 5', async () => {
    goTo(ingested);
    const { exitCode, stdout } = await job(
      teamZones,
      ...['--dry-run', '--start-date', '2023-11-01', '--end-date', '2023-11-07'],
    );
    expect(exitCode).toBe(5);
    expect(stdout).toContain(
      '2023-11-01  blocked  team_defense_game_summary has no rows for this season before 2023-11-01',
    );
    expectUntouched(ingested);
  });

  test.each(phase4)('2. %s skips the bootstrap dates as a success', async (table) => {
    goTo(readyFor.get(teamZones));
    const { exitCode, lines } = await job(table, '--dates', '2023-10-24,2023-10-25,2023-10-26');
    expect(exitCode).toBe(0);
    expect(lines.filter((line) => line.startsWith('Skipping'))).toEqual([
      'Skipping 2023-10-24 (bootstrap period)',
      'Skipping 2023-10-25 (bootstrap period)',
      'Skipping 2023-10-26 (bootstrap period)',
    ]);
    expect([...storedHashes(database).keys()].filter((unit) => unit.startsWith(table))).toEqual([]);
  });

  test('3. a single date, 2023-11-15, for each phase-4 table, and all of it as on DuckDB', async () => {
    goTo(readyFor.get(teamZones));
    const here = join(folder, 'single.duckdb');
    copyFileSync(duckdb, here);
    for (const table of phase4) {
      await changeFile(
        here,
        `DELETE FROM ${table === store ? 'nba_predictions' : 'nba_precompute'}.${table}; DELETE FROM backcourt.partitions WHERE table_name = '${table}'`,
      );
    }
    for (const table of [...analytics, ...phase4]) {
      const there = await job(table, '--dates', '2023-11-15');
      const expected = await runJob(table, ['--dates', '2023-11-15', '--warehouse', here]);
      expect([table, there.exitCode, rowsLine(there)]).toEqual([table, 0, rowsLine(expected)]);
    }
    expect(differingUnits(await partitionHashes(here), storedHashes(database))).toEqual([]);
  });

  test('4. the jobs in sequence on 2023-11-15', async () => {
    goTo(readyFor.get(teamZones));
    const day = ['--start-date', '2023-11-15', '--end-date', '2023-11-15'];
    for (const table of [...analytics, ...phase4]) {
      const { exitCode, lines } = await job(table, ...day);
      expect([table, exitCode]).toEqual([table, 0]);
      expect(lines.some((line) => line.startsWith('2023-11-15  done  '))).toBe(true);
    }
    const league = database
      .rows('nba_precompute.team_defense_zone_analysis')
      .map((row) => [
        row['league_paint_pct'],
        row['league_mid_range_pct'],
        row['league_three_pt_pct'],
      ]);
    expect(new Set(league.map(String))).toEqual(new Set(['0.585,0.421,0.357']));
    for (const [table, rows] of [
      [teamZones, 30],
      [playerZones, 348],
      [factors, 186],
      [cache, 186],
      [store, 186],
    ] as const) {
      expect(storedHashes(database).get(`${table} 2023-11-15`)).toMatch(
        new RegExp(`^done ${rows} `),
      );
    }
    for (const table of [...analytics, ...phase4]) {
      const { exitCode, lines } = await job(table, ...day);
      expect([exitCode, lines.at(-1)]).toEqual([0, 'nothing to do']);
    }
  });
});

const isBatch = (word: string) => word.startsWith('--batch-days');

/** What a job says of its one date, but for the time it took. */
function rowsLine({ lines }: CommandResult): string {
  return (lines.find((line) => line.startsWith('2023-11-15')) ?? '').replace(/ {2}[\d.]+ s.*/, '');
}
