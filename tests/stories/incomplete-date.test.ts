import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { alertServer } from '../support/alert-server.ts';
import { type DailyLeague, dailyLeague } from '../support/daily-league.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { servedApp } from '../support/served-app.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { changeFile, queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('incomplete-date');
const path = join(folder, 'w.duckdb');
const on = ['--warehouse', path];
let league: DailyLeague;
let days: readonly string[];
let day: string;
let games: number;
let short: readonly string[];

/** The logs of all days; of one day those of its first game are missing. */
beforeAll(async () => {
  league = await dailyLeague(folder);
  days = league.dates.slice(0, 6);
  day = days[3] ?? '';
  const [logs = '', shots = ''] = await league.logs(days[0] ?? '', days.at(-1) ?? '');
  const all = await queryFile(
    league.whole,
    `SELECT nba_game_id FROM nba_raw.schedule WHERE game_date = '${day}' ORDER BY 1`,
  );
  games = all.length;
  short = ['logs', 'shots'].map((name) => join(folder, `short-${name}.parquet`));
  const without = (from: string, to = '') =>
    `COPY (SELECT * FROM '${from}' WHERE GAME_ID <> '${all[0]?.[0]}') TO '${to}' (FORMAT parquet)`;
  await changeFile(
    join(folder, 'scratch.duckdb'),
    `${without(logs, short[0])}; ${without(shots, short[1])}`,
  );
  await prepare(['ingest', 'schedule', league.schedule, ...on]);
  await prepare(['ingest', 'simulated', ...short, ...on]);
});

test('a date of which a game has no result is worked, and every verb says so', async () => {
  const found = `${games - 1} of ${games} games have a result`;
  expect(games).toBeGreaterThan(1);
  const run = await backcourt(['run', '--backfill', '--dates', days.join(','), ...on]);
  expect(run.stdout).toContain('1 game of the schedule without a result, on 1 date');
  expect(run.stdout).toContain(`${day}  ${found}`);
  const status = await backcourt(['status', ...on]);
  expect(status.stdout).toContain(`${day}  ${found}`);
  const told = (await backcourt(['status', '--json', ...on])).stdout
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  const incomplete = { date: day, games, with_result: games - 1, text: found };
  expect(told).toContainEqual({ type: 'incomplete', ...incomplete });
  const { app } = await servedApp(path);
  const ask = async (address: string) =>
    (await app.request(`http://localhost/api/${address}`)).json();
  expect(await ask('coverage')).toMatchObject({ incomplete: [incomplete] });
  expect(await ask(`dates/${day}`)).toMatchObject({ incomplete });
  expect(await ask(`dates/${days[0]}`)).toMatchObject({ incomplete: null });
  expect(await ask(`units/team_offense_game_summary/${day}`)).toMatchObject({ incomplete });
  const explained = await backcourt(['explain', 'team_offense_game_summary', day, ...on]);
  expect(explained.stdout).toContain(found);
  const proven = await backcourt(['verify', '--quality', '--sample', '0', ...on]);
  expect(proven.stdout).toContain('of dates of which some games have no result, as status tells:');
});

test('a score that a schedule file has is no result: the date is worked as far as its logs go', async () => {
  const scored = join(folder, 'scored.csv');
  await changeFile(
    join(folder, 'scratch.duckdb'),
    `COPY (
  SELECT *, 'final' AS status, 101 AS home_points, 99 AS away_points
  FROM read_csv('${league.schedule}', all_varchar = true)
  WHERE game_date = '${day}'
) TO '${scored}' (FORMAT csv)`,
  );
  const other = ['--warehouse', join(folder, 'scored.duckdb')];
  await prepare(['ingest', 'simulated', ...short, ...other]);
  const told = await backcourt(['ingest', 'schedule', scored, ...other]);
  expect(told.stdout).toContain(`no box score of 1 game of the schedule, on ${day}`);
  const run = await backcourt(['run', '--backfill', '--dates', days.join(','), ...other]);
  expect(run.stdout).toContain(`${day}  ${games - 1} of ${games} games have a result`);
  expect(run.stdout).not.toContain('check_failed');
  expect(run.exitCode).toBe(0);
});

test('the alert of a daily run that the hole holds up says so', async () => {
  const server = await alertServer();
  const { exitCode } = await backcourt(['run', '--dates', day, '--alert-url', server.url, ...on], {
    today: days[5] ?? '',
  });
  expect(exitCode).toBe(5);
  expect(JSON.parse(server.received[0]?.body ?? '')).toMatchObject({
    text: expect.stringContaining('1 game of the schedule without a result, on 1 date'),
    counts: { incomplete: 1 },
    incomplete: [{ date: day, games, with_result: games - 1 }],
  });
});

test('a run says which dates before its own lack games, also one of which nothing is loaded', async () => {
  const hole = ['--warehouse', join(folder, 'hole.duckdb')];
  await prepare(['ingest', 'schedule', league.schedule, ...hole]);
  for (const [first, last] of [
    [days[0], days[2]],
    [days[4], days[5]],
  ]) {
    const files = await league.logs(first ?? '', last ?? '');
    await prepare(['ingest', 'simulated', ...files, ...hole]);
  }
  const found = `${day}  0 of ${games} games have a result`;
  const run = (dates: readonly (string | undefined)[]) =>
    backcourt(['run', '--backfill', '--dates', dates.join(','), ...hole]);
  expect((await run(days.slice(0, 3))).stdout).not.toContain('without a result');
  const after = await run([days[4]]);
  expect(after.stdout).toContain(found);
  expect(after.stdout).toContain('and of those that look back on them, are short of them');
  // Nothing that is computed of that evening can be made by a run.
  for (const table of ['team_defense_game_summary', 'player_game_summary']) {
    const explained = (await backcourt(['explain', table, day, ...hole])).stdout;
    expect(explained).toMatch(/mend it with: npx backcourt ingest simulated <files>/);
  }
  const blocked = await run([day]);
  expect(blocked.stdout).toContain('npx backcourt ingest simulated <files>');
  expect(blocked.stdout).not.toContain('help: npx backcourt run');
  await run([days[5]]);
  // Rows of the days up to the hole cannot know of it; of a later day only those of teams that missed a game do.
  const teams = `SELECT team_a_abbr FROM nba_raw.schedule WHERE game_date = '${day}'
UNION SELECT team_b_abbr FROM nba_raw.schedule WHERE game_date = '${day}'`;
  const told = "list_contains(data_quality_issues, 'missing_upstream_games')";
  for (const [table, touched] of [
    ['upcoming_team_game_context', `team_abbr IN (${teams})`],
    [
      'upcoming_player_game_context',
      `(team_abbr IN (${teams}) OR opponent_team_abbr IN (${teams}))`,
    ],
  ]) {
    const counts = await queryFile(
      hole[1] ?? '',
      `SELECT count_if(${told} AND game_date > '${day}' AND ${touched}), count_if(${told} <> (game_date > '${day}' AND ${touched}))
FROM nba_analytics.${table}`,
    );
    expect(Number(counts[0]?.[0]), table).toBeGreaterThan(0);
    expect(Number(counts[0]?.[1]), table).toBe(0);
  }
});

test('nothing of the kind is said once the log is there', async () => {
  const files = await league.logs(days[0] ?? '', days.at(-1) ?? '');
  await prepare(['ingest', 'simulated', ...files, ...on]);
  const run = await backcourt(['run', '--backfill', '--dates', days.join(','), ...on]);
  const told = [run, await backcourt(['status', ...on])].map(({ stdout }) => stdout);
  expect(told.join()).not.toContain('without a result');
});
