import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadTables } from '../../src/table/table-registry.ts';
import { scheduleRows } from '../support/daily-league.ts';
import { loadRows } from '../support/load-rows.ts';
import { announceRealData, realDataFolder, realFiles } from '../support/real-data.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { jobFile, runNode, runShellLine } from '../support/run-process.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cellOf, partitionHashes, queryFile } from '../support/warehouse-file.ts';

announceRealData('upstream validation on real data');

const folder = tempFolder('missing inputs');
const zones = ['team_defense_zone_analysis', 'player_shot_zone_analysis'] as const;
let path: string;
let dates: readonly string[];
let copies = 0;

beforeAll(async () => {
  ({ path } = await simulatedWarehouse(folder));
  const rows = await queryFile(
    path,
    'SELECT DISTINCT CAST(game_date AS VARCHAR) FROM nba_raw.schedule ORDER BY 1 LIMIT 25',
  );
  dates = rows.map(([date]) => String(date));
});

function copy(source = path): string {
  copies += 1;
  const target = join(folder, `copy-${copies}.duckdb`);
  copyFileSync(source, target);
  return target;
}

function helpIn(lines: readonly string[]): string {
  const help = lines.find((line) => line.trim().startsWith('help: '));
  if (help === undefined) throw new Error(`no help in:\n${lines.join('\n')}`);
  return help.trim().slice('help: '.length);
}

describe.each(zones)('%s without analytics', (table) => {
  test('is blocked, writes nothing, and names the command that helps', async () => {
    const warehouse = copy();
    const before = await partitionHashes(warehouse);
    const day = dates[20] ?? '';
    const blocked = await runNode(jobFile('precompute', table), [
      ...['--dates', `${dates[19]},${day}`, '--warehouse', warehouse],
    ]);

    expect(blocked.exitCode).toBe(5);
    expect(blocked.stdout).toMatch(
      new RegExp(`^${day} {2}blocked {2}\\w+ has no rows for this season`, 'm'),
    );
    expect(await cellOf(warehouse, `SELECT COUNT(*) FROM nba_precompute.${table}`)).toBe('0');
    expect(await partitionHashes(warehouse)).toEqual(before);
    const recorded = "SELECT exit_code FROM backcourt.runs WHERE verb = 'run'";
    expect(await cellOf(warehouse, recorded)).toBe('5');

    const help = await runShellLine(helpIn(blocked.lines));
    expect(help.exitCode).toBe(0);
    const filled = await runNode(jobFile('precompute', table), [
      ...['--dates', day, '--warehouse', warehouse],
    ]);
    expect(filled.exitCode).toBe(0);
    expect(filled.stdout).not.toContain('warning');
    expect(filled.stdout).toMatch(new RegExp(`^${day} {2}done`, 'm'));
  });

  test('a dry run names a command that can be pasted too', async () => {
    const warehouse = copy();
    const { exitCode, stdout } = await backcourt([
      ...['run', '--backfill', '--dry-run', '--tables', table, '--dates', dates[20] ?? ''],
      ...['--warehouse', warehouse],
    ]);

    expect(exitCode).toBe(5);
    const help = /fill it with: (.*)$/m.exec(stdout)?.[1] ?? '';
    expect(help).toMatch(/^npx backcourt run --backfill --tables /);
    expect(help).toContain(`--warehouse '${warehouse}'`);
  });
});

test('a same-date input without a partition blocks, and its help fills it', async () => {
  const warehouse = copy();
  const day = dates[3] ?? '';
  const blocked = await runNode(jobFile('analytics', 'team_defense_game_summary'), [
    ...['--dates', day, '--warehouse', warehouse],
  ]);

  expect(blocked.exitCode).toBe(5);
  expect(blocked.stdout).toContain(`team_offense_game_summary has no partition for ${day}`);
  const help = helpIn(blocked.lines);
  expect(help).toContain(`--tables team_offense_game_summary --dates ${day}`);
  expect((await runShellLine(help)).exitCode).toBe(0);
  const filled = await backcourt([
    ...['run', '--backfill', '--tables', 'team_defense_game_summary', '--dates', day],
    ...['--warehouse', warehouse],
  ]);
  expect(filled.exitCode).toBe(0);
});

test('all tables in one run are worked in their order, whatever order they are named in', async () => {
  const warehouse = copy();
  const { exitCode, lines } = await backcourt([
    ...['run', '--backfill', '--start-date', dates[0] ?? '', '--end-date', dates[24] ?? ''],
    ...['--tables', 'player_shot_zone_analysis,team_defense_zone_analysis,player_game_summary'],
    ...['--warehouse', warehouse],
  ]);
  expect(exitCode).toBe(5);
  expect(lines.some((line) => line.includes('team_offense_game_summary has no partition'))).toBe(
    true,
  );

  const all = await backcourt([
    ...['run', '--backfill', '--start-date', dates[0] ?? '', '--end-date', dates[20] ?? ''],
    ...['--batch-days', '7', '--warehouse', warehouse],
  ]);
  expect(all.exitCode).toBe(0);
  const day = all.lines.filter((line) => line.startsWith(dates[20] ?? '?'));
  const { computed } = await loadTables();
  expect(day.map((line) => line.split(/ {2,}/)[1])).toEqual(computed.map(({ name }) => name));
});

describe('in daily mode a lookback gap is refused, in backfill mode it is a warning', () => {
  test('the same date, both ways', async () => {
    const warehouse = copy();
    const inputs = 'team_offense_game_summary,team_defense_game_summary';
    const schedule = await loadRows(folder, warehouse, 'schedule', await scheduleRows(warehouse));
    expect(schedule.exitCode).toBe(0);
    // Daily mode makes up for the last week; what is absent before it is a gap.
    const kept = [...dates.slice(0, 6), dates[19] ?? ''];
    await prepare([
      ...['run', '--backfill', '--tables', inputs, '--dates', kept.join(',')],
      ...['--warehouse', warehouse],
    ]);
    const day = ['--tables', zones[0], '--dates', dates[20] ?? '', '--warehouse', warehouse];
    const daily = await backcourt(['run', ...day]);
    expect(daily.exitCode).toBe(5);
    expect(daily.stdout).toMatch(/blocked {2}only \d+\/15 Phase 3 days available/);
    expect(await cellOf(warehouse, `SELECT COUNT(*) FROM nba_precompute.${zones[0]}`)).toBe('0');

    const backfill = await backcourt(['run', '--backfill', ...day]);
    expect(backfill.exitCode).toBe(0);
    expect(backfill.stdout).toMatch(
      new RegExp(`^warning: ${dates[20]}: Only \\d+/15 Phase 3 days available$`, 'm'),
    );
    const option = await backcourt(['run', ...day, '--option', 'backfill_mode=true']);
    expect(option.exitCode).toBe(0);
  });
});

test('in daily mode a context of players without their season is refused, and its help fills it', async () => {
  const warehouse = copy();
  const schedule = await loadRows(folder, warehouse, 'schedule', await scheduleRows(warehouse));
  expect(schedule.exitCode).toBe(0);
  const day = dates[20] ?? '';
  const summaries = 'team_offense_game_summary,team_defense_game_summary,player_game_summary';
  await prepare([
    ...['run', '--backfill', '--tables', summaries, '--warehouse', warehouse],
    ...['--start-date', dates[14] ?? '', '--end-date', dates[19] ?? ''],
  ]);
  const table = 'upcoming_player_game_context';
  const run = ['run', '--tables', `upcoming_team_game_context,${table}`, '--dates', day];
  const daily = await backcourt([...run, '--warehouse', warehouse]);
  expect(daily.exitCode).toBe(5);
  expect(daily.stdout).toMatch(/blocked {2}only \d+\/30 Phase 3 days available/);
  expect(await cellOf(warehouse, `SELECT COUNT(*) FROM nba_analytics.${table}`)).toBe('0');

  const backfill = await backcourt([...run, '--backfill', '--warehouse', warehouse]);
  expect(backfill.exitCode).toBe(0);
  expect(backfill.stdout).toMatch(
    new RegExp(`^warning: ${day}: Only \\d+/30 Phase 3 days available$`, 'm'),
  );

  expect((await runShellLine(helpIn(daily.lines))).exitCode).toBe(0);
  const ready = await backcourt([...run, '--warehouse', warehouse]);
  // What daily mode goes on to behind it has gaps of its own.
  expect(ready.stdout).toMatch(new RegExp(`^${day} {2}${table} +done`, 'm'));
  expect(ready.stdout).not.toContain(' only ');
  const rows = `SELECT COUNT(*) FROM nba_analytics.${table}`;
  expect(Number(await cellOf(warehouse, rows))).toBeGreaterThan(0);
});

describe.runIf(realDataFolder)('upstream validation on real data', () => {
  const ingested = join(folder, 'real.duckdb');
  const inputs = 'team_offense_game_summary,team_defense_game_summary,player_game_summary';
  beforeAll(async () => {
    await prepare(['ingest', 'nba-stats', ...realFiles('2023-24'), '--warehouse', ingested]);
  });

  /** Fills the analytics of the days of a range but some; then asks for zone tables on a day. */
  async function run(
    table: string,
    day: string,
    absent: readonly string[],
    { from = '2023-10-24', options = [] as readonly string[] } = {},
  ) {
    const warehouse = copy(ingested);
    const rows = await queryFile(
      warehouse,
      `SELECT DISTINCT CAST(game_date AS VARCHAR) FROM nba_raw.schedule
WHERE game_date >= '${from}' AND game_date < '${day}' ORDER BY 1`,
    );
    const filled = rows
      .flat()
      .map(String)
      .filter((date) => !absent.includes(date));
    await prepare([
      ...['run', '--backfill', '--tables', inputs, '--dates', filled.join(',')],
      ...['--warehouse', warehouse],
    ]);
    return backcourt([
      ...['run', '--backfill', '--tables', table, '--dates', day, '--warehouse', warehouse],
      ...options,
    ]);
  }

  async function warnings(...request: Parameters<typeof run>) {
    const { exitCode, lines } = await run(...request);
    expect(exitCode).toBe(0);
    return lines.filter((line) => line.startsWith('warning: '));
  }

  test('complete: by the first clause, by the schedule of a young season, after the all-star break', async () => {
    expect(await warnings(zones[0], '2023-11-15', [])).toEqual([]);
    expect(await warnings(zones[0], '2023-11-02', [])).toEqual([]);
    expect(await warnings(zones[1], '2024-02-22', [], { from: '2024-01-15' })).toEqual([]);
  });

  test('L 10 on 2023-11-15: one date may be absent, two may not', async () => {
    expect(await warnings(zones[1], '2023-11-15', ['2023-11-10'])).toEqual([]);
    expect(await warnings(zones[1], '2023-11-15', ['2023-11-10', '2023-11-12'])).toEqual([
      'warning: 2023-11-15: Only 7/10 Phase 3 days available',
    ]);
  });

  test('after the all-star break one absent date of four is a gap', async () => {
    expect(await warnings(zones[1], '2024-02-22', ['2024-02-14'], { from: '2024-01-15' })).toEqual([
      'warning: 2024-02-22: Only 3/10 Phase 3 days available',
    ]);
  });

  const half = ['10-29', '10-30', '10-31', '11-01', '11-02', '11-03', '11-04'].map(
    (day) => `2023-${day}`,
  );

  test('2023-11-05 with the first of its dates alone', async () => {
    const options = ['--option', 'min_games=1'];
    expect(await warnings(zones[0], '2023-11-05', half.slice(1), { options })).toEqual([
      'warning: 2023-11-05: Only 6/15 Phase 3 days available',
    ]);
  });

  test('the warning is there whatever becomes of the date', async () => {
    const { stdout } = await run(zones[0], '2023-11-05', half.slice(1));
    expect(stdout).toContain('2023-11-05: Only 6/15 Phase 3 days available');
  });
});
