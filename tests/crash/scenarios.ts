/**
 * Work that is killed: what stands there before, the command line, and what an undisturbed run of it
 * leaves. Everything is a copy of a small simulated warehouse, made once.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writeSimulatedLeague } from '../../simulation/write-simulated-league.ts';
import { between, gameDatesOf } from '../support/equal-hashes.ts';
import { prepare } from '../support/run-command.ts';
import { commandFile, type Ended, repositoryRoot, startNode } from '../support/run-process.ts';
import { changeFile, queryFile } from '../support/warehouse-file.ts';
import type { Order, Step, StepList } from './order.ts';

const killer = resolve(repositoryRoot, 'tests/crash/kill-at-step.ts');

export interface Scenario {
  readonly name: string;
  /** The warehouse before; `undefined` when there is none yet. */
  readonly start: string | undefined;
  /** The command line without its warehouse. */
  readonly args: readonly string[];
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
  readonly steps: readonly Step[];
  readonly totalMs: number;
}

/** Hashes and fingerprint of every recorded partition. Empty where nothing is recorded. */
export async function recordedUnits(path: string): Promise<ReadonlyMap<string, string>> {
  if (!existsSync(path)) return new Map();
  const rows = await queryFile(
    path,
    `SELECT table_name || ' ' || CAST(partition_date AS VARCHAR),
concat_ws(' ', state, row_count, excluded_count, data_hash, key_hash, projection_hashes, fingerprint)
FROM backcourt.partitions ORDER BY ALL`,
  ).catch((error: Error) => {
    // Killed before the first commit: the file has no tables yet.
    if (/Table with name .*partitions.* does not exist/.test(error.message)) return [];
    throw error;
  });
  return new Map(rows.map(([unit, content]) => [String(unit), String(content)]));
}

/** Runs a command line that gets an order; it ends by itself or is killed. */
export function runUnderOrder(
  args: readonly string[],
  warehouse: string,
  order: Order,
): Promise<Ended> {
  return runLineUnderOrder([...args, '--warehouse', warehouse], order);
}

/** {@link runUnderOrder} for a whole command line. @param env added to the environment. */
export function runLineUnderOrder(
  line: readonly string[],
  order: Order,
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const given = { ...env, BACKCOURT_CRASH: JSON.stringify(order) };
  return startNode(commandFile, line, { preload: killer, env: given }).ended;
}

/** A fresh copy of what stood there before a scenario, or the place where nothing stands yet. */
export function startOver({ start }: Scenario, folder: string, name: string): string {
  const path = join(folder, `${name}.duckdb`);
  removeWarehouse(path);
  if (start !== undefined) copyFileSync(start, path);
  return path;
}

/** Removes a warehouse with what a killed process leaves beside it. */
export function removeWarehouse(path: string): void {
  for (const suffix of ['', '.wal', '.writer.json']) rmSync(`${path}${suffix}`, { force: true });
}

const scenarioNames = [
  'ingest into nothing',
  'ingest of corrections',
  'run of everything',
  'run after corrections',
  'run day by day',
] as const;

export type ScenarioName = (typeof scenarioNames)[number];

/** All of them, or those asked for. */
export async function makeScenarios(
  folder: string,
  wanted: readonly ScenarioName[] = scenarioNames,
): Promise<readonly Scenario[]> {
  const directory = join(folder, 'league');
  mkdirSync(directory);
  const league = { directory, seasons: 1, firstSeasonYear: 2023, gamesPerTeam: 6 } as const;
  const files = await writeSimulatedLeague({ ...league, postseason: false });
  const [logs = '', shots = ''] = files;
  const all = join(folder, 'all.duckdb');
  await prepare(['ingest', 'simulated', ...files, '--warehouse', all]);
  const dates = await gameDatesOf(all);
  const corrections = await correct(folder, logs, shots, dates.slice(2, 5));
  // Runs do without shots: three quarters of the rows, whose hashes are checked after every kill.
  const ingested = join(folder, 'ingested.duckdb');
  await prepare(['ingest', 'simulated', logs, '--warehouse', ingested]);

  const computed = join(folder, 'computed.duckdb');
  copyFileSync(ingested, computed);
  const season = ['run', '--backfill', ...between(dates[0], dates.at(-1))];
  await prepare([...season, '--warehouse', computed]);
  const corrected = join(folder, 'corrected.duckdb');
  copyFileSync(computed, corrected);
  const [correctedLogs = ''] = corrections;
  await prepare(['ingest', 'simulated', correctedLogs, '--warehouse', corrected]);

  const someDays = between(dates[7], dates[8]);
  const filled = join(folder, 'filled.duckdb');
  copyFileSync(ingested, filled);
  await prepare(['run', '--backfill', ...between(dates[0], dates[6]), '--warehouse', filled]);

  const ingest = ['ingest', 'simulated'];
  const works = {
    'ingest into nothing': { start: undefined, args: [...ingest, ...files] },
    'ingest of corrections': { start: all, args: [...ingest, ...corrections] },
    'run of everything': { start: ingested, args: season },
    'run after corrections': { start: corrected, args: [...season, '--batch-days', '5'] },
    'run day by day': {
      start: filled,
      args: ['run', '--backfill', ...someDays, '--batch-days', '1'],
    },
  };
  const scenarios: Scenario[] = [];
  for (const name of wanted) {
    const { start, args } = works[name];
    scenarios.push(await makeScenario(folder, name, start, args));
  }
  return scenarios;
}

/** What an undisturbed run of a command line does to a copy of a warehouse, and leaves. */
export async function makeScenario(
  folder: string,
  name: string,
  start: string | undefined,
  args: readonly string[],
): Promise<Scenario> {
  const list = join(folder, 'steps.json');
  const place = { name, start, args, after: new Map(), steps: [], totalMs: 0 };
  const before = start === undefined ? new Map<string, string>() : await recordedUnits(start);
  const undisturbed = startOver({ ...place, before }, folder, 'undisturbed');
  const ended = await runUnderOrder(args, undisturbed, { kind: 'list', to: list });
  if (ended.exitCode !== 0) throw new Error(`${name}: ${ended.exitCode}\n${ended.stderr}`);
  const { steps, totalMs }: StepList = JSON.parse(readFileSync(list, 'utf8'));
  const after = await recordedUnits(undisturbed);
  return { name, start, args, before, after, steps, totalMs };
}

/** Another assist for everybody on some days, and other distances of their shots. */
async function correct(
  folder: string,
  logs: string,
  shots: string,
  days: readonly string[],
): Promise<readonly string[]> {
  const target = (path: string) => path.replace(/^.*\//, `${folder}/`);
  const isoDays = days.map((day) => `'${day}'`).join(', ');
  const plainDays = days.map((day) => `'${day.replaceAll('-', '')}'`).join(', ');
  await changeFile(
    ':memory:',
    `COPY (SELECT * REPLACE (CASE WHEN left(GAME_DATE, 10) IN (${isoDays}) THEN AST + 1 ELSE AST END AS AST)
FROM read_parquet('${logs}')) TO '${target(logs)}' (FORMAT parquet)`,
  );
  await changeFile(
    ':memory:',
    `COPY (SELECT * REPLACE (CASE WHEN CAST(GAME_DATE AS VARCHAR) IN (${plainDays}) AND SHOT_DISTANCE BETWEEN 1 AND 5
  THEN SHOT_DISTANCE - 1 ELSE SHOT_DISTANCE END AS SHOT_DISTANCE)
FROM read_parquet('${shots}')) TO '${target(shots)}' (FORMAT parquet)`,
  );
  return [target(logs), target(shots)];
}
