import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openWarehouse, plan, run as runAsFunction } from '../../src/api/warehouse.ts';
import { knownOf } from '../../src/table/table-definition.ts';
import { loadTables } from '../../src/table/table-registry.ts';
import { type DailyLeague, dailyLeague, dailyWarehouse } from '../support/daily-league.ts';
import { backcourt, type CommandResult, runJob } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import {
  cellOf,
  differingUnits,
  partitionHashes,
  queryFile,
  tornPartitions,
} from '../support/warehouse-file.ts';

const folder = tempFolder('daily');
const summaries = [
  'team_offense_game_summary',
  'player_game_summary',
  'team_defense_game_summary',
] as const;
const defense = 'team_defense_zone_analysis';
const afterDefense = [
  'player_composite_factors',
  'player_daily_cache',
  'ml_feature_store',
  'ml_feature_store_v2',
];

const { computed } = await loadTables();
/** Tables that are made in the morning, before the games of their date. */
const beforeTheDay = computed.filter((table) => knownOf(table) !== 'after_the_day');

let league: DailyLeague;
/** Everything up to two days before `today` is loaded and computed; the log of yesterday is not there. */
let early: string;
/** The same with the log of yesterday, and nothing computed from it. */
let ready: string;
let yesterday: string;
let today: string;
let copies = 0;

beforeAll(async () => {
  league = await dailyLeague(folder);
  const first = league.dates.indexOf('2023-11-12');
  [yesterday, today] = [league.dates[first] ?? '', league.dates[first + 1] ?? ''];
  early = await dailyWarehouse(league, join(folder, 'early.duckdb'), league.dates[first - 1] ?? '');
  ready = copyOf(early);
  await load(ready, yesterday);
});

function copyOf(path: string): string {
  copies += 1;
  const target = join(folder, `copy-${copies}.duckdb`);
  copyFileSync(path, target);
  return target;
}

async function load(warehouse: string, day: string): Promise<void> {
  const files = await league.logs(day, day);
  const { exitCode, stderr } = await backcourt([
    ...['ingest', 'simulated', ...files, '--warehouse', warehouse],
  ]);
  expect([exitCode, stderr]).toEqual([0, '']);
}

function run(warehouse: string, clock: string, ...args: readonly string[]): Promise<CommandResult> {
  return backcourt(['run', ...args, '--warehouse', warehouse], { today: clock });
}

/** `table date` → state of the units that a run or a plan tells of in JSON. */
function statesIn({ lines }: CommandResult): Readonly<Record<string, string>> {
  const units = lines
    .map((line) => JSON.parse(line))
    .filter(({ type }) => type === 'unit' || type === 'planned_unit');
  return Object.fromEntries(units.map(({ table, date, state }) => [`${table} ${date}`, state]));
}

test('without the log of yesterday today is blocked; when it arrives, one run does everything', async () => {
  const warehouse = copyOf(early);
  const before = await partitionHashes(warehouse);
  const blocked = await run(warehouse, today, '--dates', today);

  expect(blocked.exitCode).toBe(5);
  expect(blocked.lines[0]).toContain(`daily run of ${computed.length} tables: 2023-11-13, `);
  expect(blocked.stdout).toMatch(
    new RegExp(`^${today}  ${defense} +blocked  no result for ${yesterday} .10 of 10 games.$`, 'm'),
  );
  expect(blocked.stdout).toContain('help: npx backcourt ingest simulated <files> --warehouse ');
  expect(await partitionHashes(warehouse)).toEqual(before);

  await load(warehouse, yesterday);
  const done = await run(warehouse, today, '--dates', today, '--json');
  expect(done.exitCode).toBe(0);
  expect(JSON.parse(done.lines[0] ?? '')).toMatchObject({
    type: 'header',
    verb: 'daily run of',
    first: today,
    dates: 1,
    added: summaries.map((table) => ({ table, dates: [yesterday], why: 'upstream' })),
  });
  const states = statesIn(done);
  for (const table of summaries) {
    expect(states[`${table} ${yesterday}`]).toBe('done');
    expect(states[`${table} ${today}`]).toBe('not_yet');
  }
  const units = Object.keys(states).filter((unit) => states[unit] === 'done');
  expect(units.sort()).toEqual(
    [
      ...summaries.map((table) => `${table} ${yesterday}`),
      ...beforeTheDay.map(({ name }) => `${name} ${today}`),
    ].sort(),
  );
  expect(done.stderr).toContain(`Skipping ${today} (9 of 9 games not final yet)  ${summaries[0]}`);
  expect(await tornPartitions(warehouse)).toEqual([]);

  const again = await run(warehouse, today, '--dates', today);
  expect([again.exitCode, again.lines.at(-1)]).toEqual([0, 'nothing to do']);
});

test('the log of yesterday is not there: its summaries wait, two days later they are blocked', async () => {
  const onTables = ['--tables', summaries.join(','), '--option', 'skip_downstream_trigger=true'];
  const morning = await run(early, today, ...onTables, '--dates', yesterday);
  expect(morning.exitCode).toBe(0);
  expect(morning.stdout).toContain(`Skipping ${yesterday} (10 of 10 games not final yet)`);

  const later = await run(early, '2023-11-14', ...onTables, '--dates', yesterday);
  expect(later.exitCode).toBe(5);
  expect(later.stdout).toContain(`no result for ${yesterday} (10 of 10 games)`);
});

test('without a schedule file nothing is computed, and why is said once, with the command for history', async () => {
  const warehouse = copyOf(league.whole);
  const { exitCode, lines } = await run(warehouse, '2023-11-13', '--dates', '2023-11-12');
  expect(exitCode).toBe(5);
  const why = `${computed.length} tables  2023-11-12  blocked: no schedule file for season 2023-24: a missing player log would look like a day without games; history is for --backfill, today's games need one`;
  const help = `help: npx backcourt run --backfill --dates 2023-11-12 --warehouse ${warehouse}`;
  expect(lines.slice(lines.indexOf('blocked:'))).toEqual(['blocked:', `  ${why}`, `  ${help}`]);

  const plan = await backcourt(['plan', '--warehouse', warehouse], { today: '2023-11-13' });
  expect(plan.lines.filter((line) => /no schedule file/.test(line))).toHaveLength(1);
  expect(plan.lines.filter((line) => line.startsWith('help:'))).toEqual([
    `help: npx backcourt run --backfill --start-date ${league.dates[0]} --end-date 2023-11-13 --warehouse ${warehouse}`,
  ]);

  const first = ['--dates', `${league.dates[0]}`, '--tables', summaries.join(',')];
  expect((await run(warehouse, '2024-11-13', '--backfill', ...first)).exitCode).toBe(0);
});

test('a run of which everything is blocked is one of the runs; one with nothing to do is not', async () => {
  const warehouse = copyOf(early);
  const runs = async () => (await backcourt(['runs', '--json', '--warehouse', warehouse])).lines;
  const before = await runs();
  expect((await run(warehouse, today, '--dates', today)).exitCode).toBe(5);
  const [latest = '', ...others] = await runs();
  expect(others).toEqual(before);
  expect(JSON.parse(latest)).toMatchObject({ verb: 'run', exit_code: 5, written: 0, blocked: 8 });

  const nothing = ['--dates', `${league.dates[0]}`, '--backfill'];
  expect((await run(warehouse, today, ...nothing)).exitCode).toBe(0);
  expect(await runs()).toHaveLength(before.length + 1);
});

test('as a function it does what the command does: gaps block, and what follows runs too', async () => {
  const [byFunction, byCommand] = [copyOf(ready), copyOf(ready)];
  const warehouse = await openWarehouse({ warehouse: byFunction, mode: 'write' });
  const lacking = await openWarehouse({ warehouse: copyOf(early), mode: 'write' });
  try {
    const dates = [yesterday];
    const only = { tables: [defense], dates };
    const tablesOf = async (mode: 'daily' | 'history') =>
      (await plan(warehouse, { ...only, mode })).units.map(({ table }) => table).sort();
    expect(await tablesOf('history')).toEqual([defense]);
    expect(await tablesOf('daily')).toEqual(expect.arrayContaining([...afterDefense, defense]));
    await expect(runAsFunction(warehouse, { mode: 'daily' })).rejects.toThrow('which dates?');

    expect(await runAsFunction(lacking, { dates, mode: 'daily' })).toMatchObject({
      exitCode: 5,
      blocked: expect.arrayContaining([
        expect.objectContaining({ reason: expect.stringContaining('no result for 2023-11-12') }),
      ]),
    });
    const made = await runAsFunction(warehouse, { dates, mode: 'daily' });
    expect(made).toMatchObject({ exitCode: 0, written: computed.length, blocked: [], failed: [] });
  } finally {
    await lacking.close();
    await warehouse.close();
  }
  expect((await run(byCommand, '2023-11-14', '--dates', yesterday)).exitCode).toBe(0);
  const [one, other] = [await partitionHashes(byFunction), await partitionHashes(byCommand)];
  expect(differingUnits(one, other)).toEqual([]);
});

describe('tables downstream of those asked for', () => {
  const only = ['--tables', defense];

  test('run on the same date, told by header, dry run and plan alike', async () => {
    const warehouse = copyOf(ready);
    const others = 'upcoming_team_game_context,player_shot_zone_analysis';
    const waiting = await run(warehouse, today, '--tables', others, '--dates', today);
    // What follows from them needs one table more: it says which, and is not made from a part.
    expect(waiting.exitCode).toBe(5);
    expect(waiting.stdout).toContain(`blocked  ${defense} has no partition for ${today}`);
    expect(waiting.stdout).toContain(
      `help: npx backcourt run --tables player_daily_cache,player_composite_factors,${defense} --dates ${today}`,
    );
    const args = [...only, '--dates', today];
    const planned = await backcourt(['plan', ...args, '--json', '--warehouse', warehouse], {
      today,
    });
    const dry = await run(warehouse, today, ...args, '--dry-run', '--json');
    const text = await run(warehouse, today, ...args, '--dry-run');
    expect(text.stdout).toContain(
      `added ${afterDefense.join(', ')}: downstream of ${defense} (--option skip_downstream_trigger=true leaves them out)`,
    );
    const ran = await run(warehouse, today, ...args, '--json');
    expect(ran.exitCode).toBe(0);
    expect(Object.keys(statesIn(planned))).toEqual(Object.keys(statesIn(ran)));
    expect(Object.keys(statesIn(dry))).toEqual(Object.keys(statesIn(ran)));
    expect(Object.keys(statesIn(ran))).toEqual(
      expect.arrayContaining(afterDefense.map((table) => `${table} ${today}`)),
    );
    const request = JSON.parse(
      String(
        await cellOf(
          warehouse,
          "SELECT request FROM backcourt.runs WHERE verb = 'run' ORDER BY started_at DESC LIMIT 1",
        ),
      ),
    );
    expect(request).toMatchObject({
      tables: [defense],
      backfill_mode: false,
      skip_downstream_trigger: false,
    });
  });

  test('are left out on demand, and always in backfill mode', async () => {
    const skipped = await run(
      ready,
      today,
      ...[...only, '--dates', today, '--dry-run', '--json'],
      ...['--option', 'skip_downstream_trigger=true'],
    );
    const tables = Object.keys(statesIn(skipped)).map((unit) => unit.split(' ')[0]);
    expect(tables).not.toContain('ml_feature_store');
    const backfill = await run(
      ready,
      today,
      ...['--backfill', ...only, '--dates', today, '--dry-run', '--json'],
    );
    expect(Object.keys(statesIn(backfill))).toEqual([`${defense} ${today}`]);

    const contradiction = await run(
      ready,
      today,
      ...['--backfill', ...only, '--dates', today],
      ...['--option', 'skip_downstream_trigger=false'],
    );
    expect(contradiction.exitCode).toBe(2);
    expect(contradiction.stderr).toContain('backfill mode triggers nothing downstream');
  });

  test('a job runs its table alone, and by daily rules with backfill_mode=false', async () => {
    const args = ['--dates', today, '--dry-run', '--json', '--warehouse', ready];
    const asJob = await runJob(defense, args);
    expect(Object.keys(statesIn(asJob))).toEqual([`${defense} ${today}`]);

    const daily = await runJob(defense, [...args, '--option', 'backfill_mode=false']);
    const tables = Object.keys(statesIn(daily)).map((unit) => unit.split(' ')[0]);
    expect(tables).toEqual(expect.arrayContaining([defense, ...afterDefense]));

    const noSchedule = await runJob(defense, [
      ...['--dates', '2023-11-12', '--dry-run', '--warehouse', league.whole],
      ...['--option', 'backfill_mode=false'],
    ]);
    expect([noSchedule.exitCode, noSchedule.stdout]).toEqual([
      5,
      expect.stringContaining('no schedule file for season 2023-24'),
    ]);
  });
});

test('a saved daily plan is carried out with what was added, and refused once something moved', async () => {
  const warehouse = copyOf(ready);
  const file = join(folder, 'daily-plan.json');
  const on = ['--warehouse', warehouse];
  const saved = await backcourt(['plan', '--dates', today, '--save', file, ...on], { today });
  expect(saved.exitCode).toBe(0);
  const ran = await backcourt(['run', '--plan', file, ...on], { today });
  expect(ran.exitCode).toBe(0);
  expect(ran.stdout).toContain(`added ${summaries.join(', ')} for ${yesterday}`);
  expect(
    await queryFile(
      warehouse,
      `SELECT state FROM backcourt.partitions WHERE table_name = '${summaries[0]}' AND partition_date = '${yesterday}'`,
    ),
  ).toEqual([['done']]);
  expect((await backcourt(['run', '--plan', file, ...on], { today })).exitCode).toBe(4);
});
