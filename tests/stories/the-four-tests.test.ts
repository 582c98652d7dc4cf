import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { announceRealData, realDataFolder, realFiles } from '../support/real-data.ts';
import { prepare } from '../support/run-command.ts';
import { type Ended, jobFile, runNode } from '../support/run-process.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cellOf, queryFile, tornPartitions } from '../support/warehouse-file.ts';

announceRealData('the four tests of the task');

type Job = readonly ['analytics' | 'precompute', string];
const teamZones: Job = ['precompute', 'team_defense_zone_analysis'];
const playerZones: Job = ['precompute', 'player_shot_zone_analysis'];
const factors: Job = ['precompute', 'player_composite_factors'];
const cache: Job = ['precompute', 'player_daily_cache'];
const store: Job = ['precompute', 'ml_feature_store'];
const analytics: readonly Job[] = [
  ['analytics', 'team_offense_game_summary'],
  ['analytics', 'team_defense_game_summary'],
  ['analytics', 'player_game_summary'],
  ['analytics', 'upcoming_team_game_context'],
  ['analytics', 'upcoming_player_game_context'],
];
const phase4 = [teamZones, playerZones, factors, cache, store];
const jobs = [...analytics, ...phase4];

function runJob([phase, table]: Job, args: readonly string[]): Promise<Ended> {
  return runNode(jobFile(phase, table), args);
}

function fileHash(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

describe.runIf(realDataFolder)('the four tests of the task, on real data', () => {
  const folder = tempFolder('four');
  const ingested = join(folder, 'ingested.duckdb');
  const withAnalytics = join(folder, 'analytics.duckdb');
  const withZones = join(folder, 'zones.duckdb');
  const withFactors = join(folder, 'factors.duckdb');
  const withCache = join(folder, 'cache.duckdb');
  /** A warehouse in which everything a job needs is done up to 2023-11-14, and its own table is not. */
  const readyFor: Readonly<Record<string, string>> = {
    [factors[1]]: withZones,
    [cache[1]]: withFactors,
    [store[1]]: withCache,
  };
  const startOf = ([, table]: Job) => readyFor[table] ?? withAnalytics;

  beforeAll(async () => {
    await prepare(['ingest', 'nba-stats', ...realFiles('2023-24'), '--warehouse', ingested]);
    const steps = [
      [ingested, analytics, withAnalytics],
      [withAnalytics, [teamZones, playerZones], withZones],
      [withZones, [factors], withFactors],
      [withFactors, [cache], withCache],
    ] as const;
    for (const [from, tables, to] of steps) {
      copyFileSync(from, to);
      await prepare([
        ...['run', '--backfill', '--start-date', '2023-10-24', '--end-date', '2023-11-14'],
        ...['--tables', tables.map(([, table]) => table).join(','), '--warehouse', to],
      ]);
    }
  });

  test.each(jobs)('1. a dry run of %s %s on 2023-11-01…07 writes nothing', async (...job) => {
    const warehouse = startOf(job);
    const before = fileHash(warehouse);
    const { exitCode, stdout, stderr, lines } = await runJob(job, [
      ...['--dry-run', '--start-date', '2023-11-01', '--end-date', '2023-11-07'],
      ...['--warehouse', warehouse],
    ]);

    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain('dry run: nothing was written');
    expect(lines).toContain('Skipping 2023-11-07 (no games scheduled)');
    for (const day of ['01', '02', '03', '04', '05', '06']) {
      const expected =
        job[0] === 'precompute'
          ? `2023-11-${day}  missing  would run: never written`
          : `2023-11-${day}  done  would skip: inputs unchanged`;
      expect(lines.filter((line) => line.startsWith(expected))).toHaveLength(1);
    }
    expect(fileHash(warehouse)).toBe(before);
  });

  test('1. without analytics a dry run tells what is missing upstream, and exits 5', async () => {
    const before = fileHash(ingested);
    const { exitCode, stdout } = await runJob(teamZones, [
      ...['--dry-run', '--start-date', '2023-11-01', '--end-date', '2023-11-07'],
      ...['--warehouse', ingested],
    ]);

    expect(exitCode).toBe(5);
    expect(stdout).toContain(
      '2023-11-01  blocked  team_defense_game_summary has no rows for this season before 2023-11-01',
    );
    expect(fileHash(ingested)).toBe(before);
  });

  test.each(phase4)('2. %s %s skips the bootstrap dates as a success', async (...job) => {
    const warehouse = join(folder, `bootstrap-${job[1]}.duckdb`);
    copyFileSync(withAnalytics, warehouse);
    const { exitCode, lines } = await runJob(job, [
      ...['--dates', '2023-10-24,2023-10-25,2023-10-26', '--warehouse', warehouse],
    ]);

    expect(exitCode).toBe(0);
    expect(lines.filter((line) => line.startsWith('Skipping'))).toEqual([
      'Skipping 2023-10-24 (bootstrap period)',
      'Skipping 2023-10-25 (bootstrap period)',
      'Skipping 2023-10-26 (bootstrap period)',
    ]);
    const table = `${job[1] === store[1] ? 'nba_predictions' : 'nba_precompute'}.${job[1]}`;
    expect(await cellOf(warehouse, `SELECT COUNT(*) FROM ${table}`)).toBe('0');
    expect(
      await cellOf(
        warehouse,
        `SELECT COUNT(*) FROM backcourt.partitions WHERE table_name = '${job[1]}'`,
      ),
    ).toBe('0');
  });

  test('3. a single date, 2023-11-15, for each phase-4 table', async () => {
    const warehouse = join(folder, 'single.duckdb');
    copyFileSync(withAnalytics, warehouse);
    for (const job of analytics)
      await runJob(job, ['--dates', '2023-11-15', '--warehouse', warehouse]);
    for (const [job, rows] of [
      [teamZones, 30],
      [playerZones, 348],
      [factors, 186],
      [cache, 186],
      [store, 186],
    ] as const) {
      const { exitCode, lines } = await runJob(job, [
        '--dates',
        '2023-11-15',
        '--warehouse',
        warehouse,
      ]);

      expect(exitCode).toBe(0);
      expect(lines[1]).toMatch(
        new RegExp(`^2023-11-15 {2}done {2}${rows} rows {2}\\d+\\.\\d\\d s$`),
      );
    }
  });

  test('4. the jobs in sequence on 2023-11-15', async () => {
    const warehouse = join(folder, 'sequence.duckdb');
    copyFileSync(withAnalytics, warehouse);
    const day = ['--start-date', '2023-11-15', '--end-date', '2023-11-15'];
    for (const job of jobs) {
      const { exitCode, lines } = await runJob(job, [...day, '--warehouse', warehouse]);
      expect([job[1], exitCode]).toEqual([job[1], 0]);
      expect(lines.some((line) => line.startsWith('2023-11-15  done  '))).toBe(true);
    }

    const rows = await queryFile(
      warehouse,
      `SELECT table_name, CAST(row_count AS INT), CAST(excluded_count AS INT)
FROM backcourt.partitions WHERE partition_date = '2023-11-15' ORDER BY 1`,
    );
    expect(rows).toEqual([
      ['game_results', 8, 0],
      ['ml_feature_store', 186, 60],
      ['player_box', 184, 0],
      ['player_composite_factors', 186, 60],
      ['player_daily_cache', 186, 60],
      ['player_game_summary', 184, 0],
      ['player_shot_zone_analysis', 348, expect.any(Number)],
      ['schedule', 8, 0],
      ['shots', 1391, 0],
      ['team_defense_game_summary', 16, 0],
      ['team_defense_zone_analysis', 30, 0],
      ['team_offense_game_summary', 16, 0],
      ['upcoming_player_game_context', 246, 0],
      ['upcoming_team_game_context', 16, 0],
    ]);
    expect(await tornPartitions(warehouse)).toEqual([]);
    const league = await queryFile(
      warehouse,
      `SELECT DISTINCT league_avg_source, CAST(league_paint_pct AS VARCHAR), CAST(league_mid_range_pct AS VARCHAR), CAST(league_three_pt_pct AS VARCHAR)
FROM nba_precompute.team_defense_zone_analysis`,
    );
    expect(league).toEqual([['last_30_days', '0.585', '0.421', '0.357']]);

    for (const job of jobs) {
      const { exitCode, lines } = await runJob(job, [...day, '--warehouse', warehouse]);
      expect([exitCode, lines.at(-1)]).toEqual([0, 'nothing to do']);
    }
  });
});
