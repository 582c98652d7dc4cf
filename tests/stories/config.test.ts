import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { backcourt, prepare, runJob } from '../support/run-command.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cellOf, changeFile, partitionHashes, queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('config');
const table = 'team_defense_zone_analysis';
const inputs = 'team_offense_game_summary,team_defense_game_summary';
/** With its inputs made, and the table itself with the defaults over the last days. */
let path: string;
let days: readonly string[];
let copies = 0;

beforeAll(async () => {
  ({ path } = await simulatedWarehouse(folder));
  const read = await queryFile(
    path,
    'SELECT CAST(game_date AS VARCHAR) FROM nba_raw.schedule GROUP BY game_date ORDER BY game_date LIMIT 22',
  );
  const all = read.flat().map(String);
  days = all.slice(18);
  await prepare([
    ...['run', '--backfill', '--tables', inputs],
    ...['--start-date', all[0] ?? '', '--end-date', all.at(-1) ?? '', '--warehouse', path],
  ]);
});

function copy(): string {
  copies += 1;
  const target = join(folder, `copy-${copies}.duckdb`);
  copyFileSync(path, target);
  return target;
}

const on = (warehouse: string, line: string) =>
  backcourt([...line.split(' '), '--warehouse', warehouse]);
const runOf = (dates: readonly string[], more = '') =>
  `run --backfill --tables ${table} --dates ${dates.join(',')}${more}`;
const optionsOf = async (warehouse: string) =>
  (
    await queryFile(
      warehouse,
      `SELECT CAST(partition_date AS VARCHAR), options->>'min_games' FROM backcourt.partitions WHERE table_name = '${table}' ORDER BY 1`,
    )
  ).map(([date, value]) => `${date} ${value}`);

/** What is printed behind a text, as what is typed after `backcourt`, without the warehouse. */
function advised(stdout: string, label: string): string {
  const [, line] = new RegExp(`${label}: npx backcourt (.*) --warehouse `).exec(stdout) ?? [];
  return line ?? `(nothing printed behind "${label}")`;
}

test('a plain run leaves what was made with other options, tells it everywhere, and its advice brings it back', async () => {
  const [warehouse, usual] = [copy(), copy()];
  await on(usual, runOf(days));
  await on(warehouse, runOf(days, ' --option min_games=6 --option quality_threshold=60'));
  const before = await partitionHashes(warehouse);

  const plain = await on(warehouse, runOf(days));
  expect([plain.exitCode, await partitionHashes(warehouse)]).toEqual([0, before]);
  const told = `  ${table}  ${days[0]} to ${days.at(-1)}, 4 dates  min_games 6, today's 5; quality_threshold 60, today's 0`;
  expect(plain.lines).toContain(told);
  const status = await on(warehouse, 'status');
  expect(status.lines).toContain(told);
  const plan = await on(warehouse, `plan${runOf(days).slice(3)}`);
  expect(plan.lines).toContain(told);
  expect(plan.lines).toContain(`${table}  skip: 4 done`);
  const group = {
    ...{ table, dates: 4, first: days[0], last: days.at(-1) },
    options: [
      { name: 'min_games', stands: '6', today: '5' },
      { name: 'quality_threshold', stands: '60', today: '0' },
    ],
  };
  for (const line of [
    `${runOf(days)} --json`,
    'status --json',
    `plan${runOf(days).slice(3)} --json`,
  ]) {
    const objects = (await on(warehouse, line)).lines.map((text) => JSON.parse(text));
    const found = objects.flatMap(({ type, other_options, ...object }) => {
      if (type === 'summary') return other_options;
      return type === 'other_options' ? [object] : [];
    });
    expect(found, line).toEqual([group]);
  }
  const explained = await on(warehouse, `explain ${table} ${days[0]}`);
  expect(explained.lines[0]).toContain(
    "done, inputs unchanged; it keeps the options it was made with: min_games 6, today's 5",
  );

  const restate = advised(plain.stdout, "make it with today's");
  expect(advised(explained.stdout, "make it with today's options")).toBe(restate);
  expect((await on(warehouse, `${restate} --allow-shrink`)).exitCode).toBe(0);
  expect(await partitionHashes(warehouse)).toEqual(await partitionHashes(usual));
  const again = await on(warehouse, runOf(days));
  expect(again.stdout).not.toContain('other options');
});

test('what is stale is made again with the options that it stands with', async () => {
  const warehouse = copy();
  await on(warehouse, runOf(days, ' --option min_games=6'));
  await changeFile(
    warehouse,
    `UPDATE backcourt.partitions SET fingerprint = 'moved' WHERE table_name = '${table}'`,
  );
  const run = await on(warehouse, runOf(days));
  expect([run.exitCode, run.stdout]).toEqual([
    0,
    expect.stringContaining("min_games 6, today's 5"),
  ]);
  expect(run.stdout).toContain('4 unchanged');
  expect(await optionsOf(warehouse)).toEqual(days.map((day) => `${day} 6`));
});

test('of two options only the one that is asked for moves', async () => {
  const warehouse = copy();
  await on(warehouse, runOf(days, ' --option min_games=6 --option quality_threshold=10'));
  const run = await on(warehouse, runOf(days, ' --option min_games=7 --allow-shrink'));
  expect([run.exitCode, run.stdout]).toEqual([
    0,
    expect.stringContaining("4 dates  quality_threshold 10, today's 0"),
  ]);
  expect(await optionsOf(warehouse)).toEqual(days.map((day) => `${day} 7`));
});

test('options of the warehouse are for every run and job; the command line comes before them', async () => {
  const warehouse = copy();
  const [first = '', second = '', third = '', fourth = ''] = days;
  await on(warehouse, runOf([first]));
  const set = await on(warehouse, 'config set min_games=6');
  expect([set.exitCode, set.stdout]).toEqual([
    0,
    expect.stringContaining('min_games: 5 (default) → 6'),
  ]);
  // What stands is no business of a setting, but who sets one is told.
  expect(set.stdout).toContain(`${table}  ${first}  min_games 5, today's 6`);
  const run = await on(warehouse, runOf([first, second]));
  expect([run.exitCode, run.stdout]).toEqual([
    0,
    expect.stringContaining(`${table}  ${first}  min_games 5, today's 6`),
  ]);
  const job = await runJob(table, ['--dates', third, '--warehouse', warehouse]);
  expect(job.exitCode).toBe(0);
  await on(warehouse, runOf([fourth], ' --option min_games=7'));
  expect(await optionsOf(warehouse)).toEqual([
    ...[`${first} 5`, `${second} 6`],
    ...[`${third} 6`, `${fourth} 7`],
  ]);
  const restate = advised(run.stdout, "make it with today's");
  expect((await on(warehouse, restate)).exitCode).toBe(0);
  expect(await optionsOf(warehouse)).toEqual(days.map((day) => `${day} 6`));

  const unset = await on(warehouse, 'config unset min_games');
  expect(unset.stdout).toContain('min_games: 6 → 5 (default)');
  const kept = advised(unset.stdout, 'or keep these from now on');
  expect(kept).toBe('config set min_games=6');
  await on(warehouse, kept);
  expect((await on(warehouse, runOf(days))).stdout).not.toContain('other options');
});

test('a flag of an option is told and printed as it is typed', async () => {
  const warehouse = copy();
  const games = 'upcoming_team_game_context';
  const line = `run --backfill --tables ${games} --dates ${days[0]}`;
  const made = await on(warehouse, `${line} --option accept_closing_lines=true`);
  expect(made.exitCode).toBe(0);
  const plain = await on(warehouse, line);
  expect(plain.stdout).toContain(`${games}  ${days[0]}  accept_closing_lines true, today's false`);
  const kept = advised(plain.stdout, 'or keep these from now on');
  expect([kept, (await on(warehouse, kept)).exitCode]).toEqual([
    'config set accept_closing_lines=true',
    0,
  ]);

  // The same where a failed date is to be made again with the options that its attempt had.
  await on(warehouse, 'config unset accept_closing_lines');
  await changeFile(
    warehouse,
    `UPDATE backcourt.partitions SET state = 'failed', failure_kind = 'bad_data', failure_text = 'x' WHERE table_name = '${games}'`,
  );
  const explained = await on(warehouse, `explain ${games} ${days[0]}`);
  const mend = advised(explained.stdout, 'mend it with');
  expect(mend).toContain('--option accept_closing_lines=true');
  expect((await on(warehouse, mend)).exitCode).toBe(0);
});

test('config lists every option with where its value is from', async () => {
  const warehouse = copy();
  await on(warehouse, 'config set quality_threshold=10 accept_closing_lines=true');
  const { lines } = await on(warehouse, 'config --json');
  const objects = lines.map((line) => JSON.parse(line));
  expect(objects.map(({ name, value, from }) => [name, value, from].join(' ')).sort()).toEqual([
    'accept_closing_lines true warehouse',
    'bootstrap_days 7 default',
    'min_games 5 default',
    'quality_threshold 10 warehouse',
  ]);
  const minGames = objects.find(({ name }) => name === 'min_games');
  expect(minGames.tables).toContain(table);
});

test.each([
  ['config set', 'which option? give name=value'],
  ['config set min_game=5', 'unknown option "min_game"; did you mean "min_games"?'],
  ['config set min_games=0', 'option min_games="0" is not a whole number from 1 to 82'],
  ['config set analysis_date=2023-11-01', 'unknown option "analysis_date"'],
  ['config unset min_game', 'unknown option "min_game"; did you mean "min_games"?'],
  ['config forget min_games', 'config "forget": it is list, which shows all of them, set or unset'],
  ['config list min_games', 'config list takes no options'],
])('%s is a usage error that changes nothing', async (line, message) => {
  const { exitCode, stderr } = await on(path, line);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
  expect(await cellOf(path, 'SELECT options FROM backcourt.warehouse')).toBeNull();
});

test('a copy carries the options; a target keeps its own and says so', async () => {
  const warehouse = copy();
  await on(warehouse, 'config set min_games=6');
  const target = join(folder, 'target.duckdb');
  const line = ['copy', '--from', warehouse, '--to', target, '--tables', 'players,schedule'];
  await prepare(line);
  const kept = () => cellOf(target, 'SELECT options FROM backcourt.warehouse');
  expect(await kept()).toBe('{"min_games":6}');
  // What an earlier version has made has none yet.
  await changeFile(target, 'UPDATE backcourt.warehouse SET options = NULL');
  await prepare(line);
  expect(await kept()).toBe('{"min_games":6}');
  await on(target, 'config set min_games=8');
  const again = await backcourt(line);
  expect([again.exitCode, again.stderr]).toEqual([
    0,
    expect.stringContaining('keeps its own options, {"min_games":8}'),
  ]);
  expect(await kept()).toBe('{"min_games":8}');
});

test('a ledger of an earlier version is read without options, and takes them', async () => {
  const warehouse = copy();
  await changeFile(
    warehouse,
    `ALTER TABLE backcourt.warehouse DROP COLUMN options;
    UPDATE backcourt.warehouse SET format_version = 3`,
  );
  expect((await on(warehouse, 'config')).exitCode).toBe(0);
  expect((await on(warehouse, 'config set min_games=6')).exitCode).toBe(0);
  expect(await cellOf(warehouse, 'SELECT options FROM backcourt.warehouse')).toBe(
    '{"min_games":6}',
  );
});

test('a saved plan holds to the options that it was made with', async () => {
  const warehouse = copy();
  await on(warehouse, runOf(days, ' --option min_games=6'));
  const file = join(folder, 'plan.json');
  const planned = await on(
    warehouse,
    `plan${runOf(days).slice(3)} --restate-options --save ${file}`,
  );
  expect(planned.stdout).toContain('4 units would run');
  await on(warehouse, 'config set min_games=8');
  const moved = await on(warehouse, `run --plan ${file}`);
  expect([moved.exitCode, moved.stdout]).toEqual([4, expect.stringContaining('options')]);
  await on(warehouse, 'config unset min_games');
  expect((await on(warehouse, `run --plan ${file}`)).exitCode).toBe(0);
  expect(await optionsOf(warehouse)).toEqual(days.map((day) => `${day} 5`));
});
