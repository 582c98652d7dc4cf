import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadTables } from '../../src/table/table-registry.ts';
import { gameDatesOf } from '../support/equal-hashes.ts';
import { linesOf } from '../support/lines.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { changeFile } from '../support/warehouse-file.ts';
import { normalise, withoutTables } from './normalise.ts';

const folder = tempFolder('golden');
const offense = 'team_offense_game_summary';
const defense = 'team_defense_game_summary';
const zones = 'team_defense_zone_analysis';
const shown = [
  ...[offense, defense, zones],
  ...['player_box', 'shots', 'schedule', 'game_results'],
];
const others = (await loadTables()).all
  .map(({ name }) => name)
  .filter((name) => !shown.includes(name));

/** Game dates of the made-up season; the first twenty have been computed. */
let dates: readonly string[];
const variants: Record<
  'fresh' | 'done' | 'corrected' | 'restated' | 'failed' | 'tampered',
  string
> = {
  fresh: join(folder, 'fresh.duckdb'),
  done: join(folder, 'done.duckdb'),
  corrected: join(folder, 'corrected.duckdb'),
  restated: join(folder, 'restated.duckdb'),
  failed: join(folder, 'failed.duckdb'),
  tampered: join(folder, 'tampered.duckdb'),
};
let copies = 0;

beforeAll(async () => {
  const { path } = await simulatedWarehouse(folder, { gamesPerTeam: 16, postseason: false });
  dates = await gameDatesOf(path);
  copyFileSync(path, variants.fresh);
  const first = dates.slice(0, 20).join(',');
  const chosen = `${offense},${defense},${zones}`;
  await prepare(['run', '--backfill', '--tables', chosen, '--dates', first, '--warehouse', path]);
  copyFileSync(path, variants.done);
  copyFileSync(path, variants.corrected);
  await changeFile(
    variants.corrected,
    `UPDATE nba_raw.player_box SET ast = ast + 1 WHERE game_date = DATE '${dates[9]}' AND player_id =
      (SELECT MIN(player_id) FROM nba_raw.player_box WHERE game_date = DATE '${dates[9]}');
    UPDATE backcourt.partitions SET data_hash = '00000000deadbeef', recorded_at = recorded_at + INTERVAL 1 DAY
      WHERE table_name = 'player_box' AND partition_date = DATE '${dates[9]}'`,
  );
  copyFileSync(variants.corrected, variants.restated);
  await prepare(['run', '--stale', '--warehouse', variants.restated]);
  copyFileSync(path, variants.failed);
  await changeFile(
    variants.failed,
    `UPDATE nba_raw.player_box SET nba_game_id = 'X' || nba_game_id WHERE game_date = DATE '${dates[21]}'
      AND team_abbr = (SELECT MIN(team_abbr) FROM nba_raw.player_box WHERE game_date = DATE '${dates[21]}')`,
  );
  await backcourt([
    ...['run', '--backfill', '--tables', offense, '--dates', `${dates[20]},${dates[21]}`],
    ...['--warehouse', variants.failed],
  ]);
  copyFileSync(path, variants.tampered);
  await changeFile(
    variants.tampered,
    `UPDATE nba_analytics.${offense} SET assists = assists + 1 WHERE game_date = DATE '${dates[12]}'
      AND team_abbr = (SELECT MIN(team_abbr) FROM nba_analytics.${offense} WHERE game_date = DATE '${dates[12]}')`,
  );
});

interface Case {
  readonly name: string;
  readonly on: keyof typeof variants;
  /** `#9` is the tenth game date. */
  readonly args: string;
}

const cases: readonly Case[] = [
  {
    name: 'plan',
    on: 'fresh',
    args: `plan --backfill --tables ${offense},${defense} --dates #0,#1,#2`,
  },
  {
    name: 'plan-with-history',
    on: 'done',
    args: `plan --backfill --tables ${offense},${zones} --dates #0,#18,#19,#20`,
  },
  { name: 'plan-blocked', on: 'fresh', args: `plan --backfill --tables ${defense} --dates #0,#1` },
  {
    name: 'plan-stale',
    on: 'corrected',
    args: `plan --stale --tables ${offense},${defense},${zones} --dates #8,#9,#10`,
  },
  {
    name: 'plan-sql-nothing',
    on: 'fresh',
    args: `plan --backfill --tables ${defense} --dates 2023-07-04 --sql`,
  },
  { name: 'run', on: 'fresh', args: `run --backfill --tables ${offense},${defense} --dates #0,#1` },
  {
    name: 'run-dry-run',
    on: 'fresh',
    args: `run --backfill --tables ${offense},${defense} --dates #0,#1 --dry-run`,
  },
  { name: 'run-stale', on: 'corrected', args: `run --stale --tables ${offense},${defense}` },
  { name: 'retry-failing', on: 'failed', args: 'retry' },
  { name: 'retry-nothing', on: 'done', args: 'retry' },
  { name: 'status', on: 'corrected', args: 'status' },
  { name: 'status-season', on: 'failed', args: 'status --season 2023 --failed' },
  { name: 'explain', on: 'done', args: `explain ${defense} #10 --key BOS` },
  { name: 'explain-stale', on: 'corrected', args: `explain ${defense} #9` },
  { name: 'explain-failed', on: 'failed', args: `explain ${offense} #21` },
  { name: 'diff', on: 'corrected', args: `diff ${offense} #9` },
  { name: 'diff-equal', on: 'done', args: `diff ${offense} #9` },
  { name: 'changes', on: 'restated', args: 'changes --since 2020-01-01' },
  { name: 'changes-none', on: 'done', args: 'changes --since 2020-01-01' },
  {
    name: 'verify',
    on: 'done',
    args: `verify --tables ${offense},${zones} --sample 2 --seed golden`,
  },
  {
    name: 'verify-difference',
    on: 'tampered',
    args: `verify --tables ${offense} --sample 0 --hashes --batch-equals-daily --seed golden`,
  },
];

function copyOf(variant: keyof typeof variants): string {
  copies += 1;
  const target = join(folder, `copy-${copies}.duckdb`);
  copyFileSync(variants[variant], target);
  return target;
}

async function output(
  { on, args }: Case,
  ...more: readonly string[]
): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }> {
  const warehouse = copyOf(on);
  const words = args.replace(/#(\d+)/g, (_, index) => dates[Number(index)] ?? '').split(' ');
  const terminal = more.includes('terminal');
  const json = more.filter((flag) => flag.startsWith('--'));
  const result = await backcourt([...words, ...json, '--warehouse', warehouse], { terminal });
  const clean = (text: string) => withoutTables(normalise(text, [warehouse]), others);
  return { ...result, stdout: clean(result.stdout), stderr: result.stderr };
}

describe.each(cases)('$name', (one) => {
  let inPipe: { readonly exitCode: number; readonly stdout: string } | undefined;

  test('in a pipe', async () => {
    const { exitCode, stdout, stderr } = await output(one);
    inPipe = { exitCode, stdout };
    expect(stderr).toBe('');
    await expect(`$ backcourt ${one.args}\n${stdout}[exit ${exitCode}]\n`).toMatchFileSnapshot(
      `expected/${one.name}.txt`,
    );
  });

  test('at a terminal: the same lines, and one line that is rewritten on stderr', async () => {
    const terminal = await output(one, 'terminal');
    expect({ exitCode: terminal.exitCode, stdout: terminal.stdout }).toEqual(inPipe);
    const works = /^(run|retry)/.test(one.name) && !/dry-run|nothing/.test(one.name);
    // Nothing but rewriting: each piece begins by taking the line away, the last leaves it empty.
    const rewrite = `\r${String.fromCharCode(27)}[K`;
    const pieces = terminal.stderr.split(rewrite);
    expect(pieces[0]).toBe('');
    expect(pieces.at(-1)).toBe('');
    expect(terminal.stderr.includes('\n')).toBe(false);
    expect(pieces.length > 2).toBe(works);
  });

  test('as JSON', async () => {
    const { exitCode, stdout } = await output(one, '--json');
    for (const line of linesOf(stdout)) expect(JSON.parse(line)).toBeTypeOf('object');
    await expect(`${stdout}[exit ${exitCode}]\n`).toMatchFileSnapshot(
      `expected/${one.name}.json.txt`,
    );
  });
});

test('a saved plan that no longer holds', async () => {
  const warehouse = copyOf('done');
  const file = join(folder, 'plan.json');
  const args = ['--backfill', '--tables', offense, '--dates', `${dates[20]},${dates[21]}`];
  await prepare(['plan', ...args, '--save', file, '--warehouse', warehouse]);
  await prepare(['run', ...args, '--warehouse', warehouse]);
  const { exitCode, stdout } = await backcourt(['run', '--plan', file, '--warehouse', warehouse]);
  const text = normalise(stdout.replaceAll(file, 'plan.json'), [warehouse]);
  await expect(`${text}[exit ${exitCode}]\n`).toMatchFileSnapshot('expected/run-plan-moved.txt');
  writeFileSync(file, 'not a plan');
  const broken = await backcourt(['run', '--plan', file, '--warehouse', warehouse]);
  expect(broken.exitCode).toBe(2);
});

test.each([
  'plan',
  'run',
  'status',
  'retry',
  'verify',
  'explain',
  'diff',
  'copy',
  'serve',
  'changes',
  'fetch',
  'morning',
  'new',
])('help of %s: every flag in a line or two, an example, 80 columns, one screen', async (verb) => {
  const { exitCode, stdout, lines } = await backcourt([verb, '--help']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain(`\nExample:\n  backcourt ${verb}`);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(lines.length).toBeLessThanOrEqual(42);
  await expect(stdout).toMatchFileSnapshot(`expected/help-${verb}.txt`);
});
