import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadTables } from '../../src/table/table-registry.ts';
import { backcourt, type CommandResult, prepare } from '../support/run-command.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('json');
let path: string;
let files: readonly string[];

beforeAll(async () => {
  ({ path, files } = await simulatedWarehouse(folder, { postseason: false }));
});

type Line = Readonly<Record<string, unknown>>;

/** Every line of stdout as an object. @throws when one is none. */
function objects({ stdout }: Pick<CommandResult, 'stdout'>): readonly Line[] {
  expect(stdout === '' || stdout.endsWith('\n')).toBe(true);
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const value: unknown = JSON.parse(line);
      if (typeof value !== 'object' || value === null) throw new Error(`not an object: ${line}`);
      return { ...value };
    });
}

const types = (lines: readonly Line[]) => [...new Set(lines.map(({ type }) => type))];
const range = ['--start-date', '2023-10-23', '--end-date', '2023-11-10'];

test('run: header, a unit per table and date, summary', async () => {
  const result = await backcourt(['run', '--backfill', ...range, '--json', '--warehouse', path]);
  const lines = objects(result);

  expect(result.exitCode).toBe(0);
  expect(types(lines)).toEqual(['header', 'unit', 'summary']);
  const units = lines.filter(({ type }) => type === 'unit');
  const count = (await loadTables()).computed.length * 19;
  expect(units).toHaveLength(count);
  expect(units.every(({ table, date, outcome }) => table && date && outcome)).toBe(true);
  expect(lines.at(-1)).toMatchObject({
    total: count,
    failed: [],
    blocked: [],
    retry: [],
    skipped: { bootstrap: expect.any(Number), no_games: expect.any(Number) },
  });
  expect(lines[0]).toMatchObject({ data_kind: 'simulated', warehouse: path });
});

test('dry run, status, ingest', async () => {
  const dry = await backcourt([
    ...['run', '--backfill', '--dry-run', ...range, '--json', '--warehouse', path],
  ]);
  expect(types(objects(dry))).toEqual(['planned_unit', 'planned_table', 'plan']);
  const plan = await backcourt(['plan', '--backfill', ...range, '--json', '--warehouse', path]);
  expect(dry.stdout).toBe(plan.stdout);
  const status = await backcourt(['status', '--missing', '--json', '--warehouse', path]);
  expect(types(objects(status))).toEqual(['warehouse', 'coverage', 'unit', 'help']);
  const ingest = await backcourt([
    ...['ingest', 'simulated', ...files, '--json', '--warehouse', path],
  ]);
  expect(objects(ingest)).toEqual([
    expect.objectContaining({ type: 'ingest', data_kind: 'simulated', refused: [] }),
  ]);
});

test('blocked and failed units carry their reasons, and the summary agrees with the exit code', async () => {
  const result = await backcourt([
    ...['run', '--backfill', '--tables', 'team_defense_zone_analysis', '--json'],
    ...['--dates', '2023-12-30,2024-05-30', '--warehouse', path],
  ]);
  const lines = objects(result);

  expect(result.exitCode).toBe(5);
  const blocked = lines.filter(({ outcome }) => outcome === 'blocked');
  expect(blocked.length).toBeGreaterThan(0);
  for (const unit of blocked)
    expect(unit).toMatchObject({
      state: expect.any(String),
      reason: { kind: expect.any(String), text: expect.any(String) },
    });
  const summary = lines.at(-1);
  expect(summary?.['blocked']).toHaveLength(blocked.length);
});

describe('errors', () => {
  test.each([
    ['a wrong date', ['run', '--backfill', '--dates', '2023-02-30'], 2],
    ['no dates', ['run'], 2],
    ['an unknown table', ['run', '--backfill', '--dates', '2023-11-01', '--tables', 'nope'], 2],
    ['an unknown flag', ['run', '--is-backfill'], 2],
    ['a warehouse that is not there', ['status', '--warehouse', join(folder, 'nowhere')], 5],
    ['a file that is not there', ['ingest', 'simulated', join(folder, 'no.parquet')], 2],
  ])('%s is one object too', async (_, args, exitCode) => {
    const here = args.includes('--warehouse') ? [] : ['--warehouse', path];
    const result = await backcourt([...args, ...here, '--json']);

    expect(result.exitCode).toBe(exitCode);
    expect(objects(result)).toEqual([
      { type: 'error', message: expect.any(String), exit_code: exitCode },
    ]);
  });
});

test('the lines for people go to stderr', async () => {
  const warehouse = join(folder, 'people.duckdb');
  await prepare(['ingest', 'simulated', ...files, '--warehouse', warehouse]);
  const { stderr } = await backcourt([
    ...['run', '--backfill', '--tables', 'team_offense_game_summary', '--dates', '2023-10-24'],
    ...['--json', '--warehouse', warehouse],
  ]);

  expect(stderr).toMatch(/^2023-10-24 {2}done {2}/m);
});
