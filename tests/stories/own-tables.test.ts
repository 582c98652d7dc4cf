import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { between } from '../support/equal-hashes.ts';
import { commandFile, runNode } from '../support/run-process.ts';
import { smallSeason } from '../support/small-season.ts';
import { tempFolder } from '../support/temp-folder.ts';
import {
  cellOf,
  changeFile,
  differingUnits,
  partitionHashes,
  queryFile,
} from '../support/warehouse-file.ts';

const folder = tempFolder('own-tables');
const season = smallSeason(folder);
const project = join(folder, 'project');
const warehouse = join(project, 'nba.duckdb');

/** A command in the project, as a person types it. */
const here = (...argv: readonly string[]) => runNode(commandFile, argv, { cwd: project });
const whole = () => ['run', '--backfill', ...between(season().dates[0], season().dates.at(-1))];

const form = (measures: string) => `import * as m from 'backcourt';

export const table = m.playerTable({ name: 'form', purpose: 'Form.', measures: [${measures}] });
`;
const writeTable = (name: string, text: string) =>
  writeFileSync(join(project, 'tables', `${name}.ts`), text);
const steals =
  "m.average('steals', { of: 'player_game_summary.steals', over: m.lastGames(10), decimals: 1 })";
const streak =
  "m.streak('scored', { of: 'player_game_summary', where: { points: { atLeast: 1 } } })";

beforeAll(async () => {
  const made = await runNode(commandFile, ['new', 'project', 'project'], { cwd: folder });
  expect([made.exitCode, made.stderr]).toEqual([0, '']);
  copyFileSync(season().computed, warehouse);
});

test('a new project works as it stands, with one command', async () => {
  const { exitCode, stderr } = await here(...whole());
  expect([exitCode, stderr]).toEqual([0, '']);
  const rows = await queryFile(
    warehouse,
    `SELECT COUNT(*), COUNT(three_pt_pct_last_10) > 0, COUNT(shooter_rank) > 0,
  COUNT(*) = (SELECT COUNT(*) FROM nba_analytics.upcoming_player_game_context)
FROM my_tables.shooting_form`,
  );
  expect(rows).toEqual([[expect.anything(), true, true, true]]);
  const again = await here(...whole());
  expect([again.exitCode, again.stdout.trimEnd().endsWith('nothing to do')]).toEqual([0, true]);
  const proof = ['verify', '--no-lookahead', '--tables', 'shooting_form', '--sample', '2'];
  expect((await here(...proof)).exitCode).toBe(0);
});

test('values of six built-in tables are what the words make of the same games', async () => {
  writeTable(
    'like_built_in',
    `import * as m from 'backcourt';

const of = 'player_game_summary.points';
const defense = 'team_defense_game_summary';
export const table = m.playerTable({
  name: 'like_built_in',
  purpose: 'What built-in tables say too.',
  measures: [
    m.average('points_5', { of, over: m.lastGames(5), decimals: 1 }),
    m.average('points_season', { of, over: m.seasonToDate, decimals: 1 }),
    m.deviation('points_std', { of, over: m.lastGames(10), decimals: 2 }),
    m.average('minutes', { of: 'player_game_summary.seconds_played', over: m.lastGames(10), dividedBy: 60, decimals: 1 }),
    m.average('usage', { of: 'player_game_summary.usage_rate', over: m.lastGames(10), decimals: 2 }),
    m.games('games', { of: 'player_game_summary', over: m.seasonToDate }),
    m.games('games_7', { of: 'player_game_summary', over: m.lastDays(7) }),
    m.average('minutes_7', { of: 'player_game_summary.seconds_played', over: m.lastDays(7), dividedBy: 60, decimals: 1 }),
    m.average('pace', { of: 'team_offense_game_summary.pace', over: m.lastGames(10), decimals: 1 }),
    m.average('their_defense', { of: \`\${defense}.defensive_rating\`, whose: 'opponent', over: m.lastGames(10), decimals: 2 }),
    m.value('rest', { of: 'upcoming_player_game_context.days_rest' }),
    m.average('points_10', { of, over: m.lastGames(10), decimals: 1 }),
    m.average('minutes_season', { of: 'player_game_summary.seconds_played', over: m.seasonToDate, dividedBy: 60, decimals: 1 }),
    m.average('usage_season', { of: 'player_game_summary.usage_rate', over: m.seasonToDate, decimals: 2 }),
    m.average('team_rating', { of: 'team_offense_game_summary.offensive_rating', over: m.lastGames(10), decimals: 2 }),
    m.games('games_14', { of: 'player_game_summary', over: m.lastDays(14) }),
    m.rate('paint_pct', { of: 'player_game_summary.paint_makes', per: 'paint_attempts', over: m.lastGames(10), decimals: 3 }),
    m.rate('three_pct', { of: 'player_game_summary.zone_three_pt_makes', per: 'zone_three_pt_attempts', over: m.lastGames(10), decimals: 3 }),
    m.rate('paint_rate', { of: 'player_game_summary.paint_attempts', per: 'paint_attempts + mid_range_attempts + zone_three_pt_attempts', over: m.lastGames(10), times: 100, decimals: 2 }),
    m.rate('true_shooting', { of: '50 * player_game_summary.points', per: '100 * fg_attempts + 44 * ft_attempts', missing: 'zero', over: m.lastGames(10), decimals: 3 }),
    m.average('points_10_of_all', { of, over: m.lastGames(10), missing: 'zero', digits: 5, decimals: 1 }),
    m.average('their_pace', { of: 'team_offense_game_summary.pace', whose: 'opponent', over: m.lastGames(10), decimals: 1 }),
    m.rate('their_free_throws', { of: \`\${defense}.opp_ft_attempts\`, per: 'opp_fg_attempts', times: 100, whose: 'opponent', over: m.lastGames(10), decimals: 1 }),
    m.rate('paint_per_game', { of: 'player_game_summary.paint_attempts', per: 'has_shot_zones', over: m.lastGames(10), decimals: 1 }),
    m.rate('paint_rate_20', { of: 'player_game_summary.paint_attempts', per: 'paint_attempts + mid_range_attempts + zone_three_pt_attempts', over: m.lastGames(20), times: 100, decimals: 2 }),
    m.rate('assisted_rate', { of: 'player_game_summary.assisted_fg_makes', per: 'assisted_fg_makes + unassisted_fg_makes', over: m.lastGames(10), times: 100, decimals: 2 }),
  ],
});
`,
  );
  writeTable(
    'like_teams',
    `import * as m from 'backcourt';

const games = 'team_offense_game_summary';
const defense = 'team_defense_game_summary';
export const table = m.teamTable({
  name: 'like_teams',
  purpose: 'What built-in tables of teams say too.',
  measures: [
    m.streak('wins', { of: games, where: { win_flag: true } }),
    m.streak('losses', { of: games, where: { win_flag: false } }),
    m.last('margin', { of: \`\${games}.margin_of_victory\` }),
    m.games('games_14', { of: games, over: m.lastDays(14) }),
    m.average('rating', { of: \`\${defense}.defensive_rating\`, over: m.lastGames(15), decimals: 2 }),
    m.average('allowed', { of: \`\${defense}.points_allowed\`, over: m.lastGames(15), decimals: 1 }),
    m.average('their_pace', { of: \`\${defense}.opponent_pace\`, over: m.lastGames(15), decimals: 1 }),
    m.rate('paint_allowed', { of: \`\${defense}.opp_paint_makes\`, per: 'opp_paint_attempts', over: m.lastGames(15), decimals: 3 }),
    m.rate('paint_points', { of: \`\${defense}.opp_paint_makes\`, per: 'has_shot_zones', times: 2, over: m.lastGames(15), decimals: 1 }),
    m.rate('three_allowed', { of: \`\${defense}.opp_zone_three_pt_makes\`, per: 'opp_zone_three_pt_attempts', over: m.lastGames(15), decimals: 3 }),
  ],
});
`,
  );
  const made = await here(...whole());
  expect([made.exitCode, made.stderr]).toEqual([0, '']);
  // A trend is 0 while its windows hold the same games, and nobody's fault.
  expect(made.stdout).not.toContain('_is_constant');
  const different = await queryFile(
    warehouse,
    `SELECT
  COUNT(*) > 100,
  COUNT(CASE WHEN points_5 IS DISTINCT FROM cached.points_avg_last_5
    OR points_season IS DISTINCT FROM cached.points_avg_season
    OR points_std IS DISTINCT FROM cached.points_std_last_10
    OR minutes IS DISTINCT FROM cached.minutes_avg_last_10
    OR usage IS DISTINCT FROM cached.usage_rate_last_10
    OR pace IS DISTINCT FROM cached.team_pace_last_10
    OR points_10 IS DISTINCT FROM cached.points_avg_last_10
    OR points_10_of_all IS DISTINCT FROM cached.points_avg_last_10
    OR true_shooting IS DISTINCT FROM cached.ts_pct_last_10
    OR minutes_season IS DISTINCT FROM cached.minutes_avg_season
    OR usage_season IS DISTINCT FROM cached.player_usage_rate_season
    OR team_rating IS DISTINCT FROM cached.team_off_rating_last_10
    OR games IS DISTINCT FROM cached.games_played_season
    OR games_7 IS DISTINCT FROM cached.games_in_last_7_days
    OR games_14 IS DISTINCT FROM cached.games_in_last_14_days
    OR minutes_7 IS DISTINCT FROM cached.avg_minutes_per_game_last_7 THEN 1 END),
  COUNT(CASE WHEN 2 * zones.games_with_shot_zones >= zones.games_in_sample_10 AND (
    paint_pct IS DISTINCT FROM zones.paint_pct_last_10
    OR three_pct IS DISTINCT FROM zones.three_pt_pct_last_10
    OR paint_rate IS DISTINCT FROM zones.paint_rate_last_10
    OR paint_per_game IS DISTINCT FROM zones.paint_attempts_per_game
    OR paint_rate_20 IS DISTINCT FROM coalesce(zones.paint_rate_last_20, paint_rate_20)
    OR assisted_rate IS DISTINCT FROM zones.assisted_rate_last_10) THEN 1 END),
  COUNT(CASE WHEN games IS DISTINCT FROM upcoming.games_played_season
    OR games_7 IS DISTINCT FROM upcoming.games_in_last_7_days
    OR minutes_7 IS DISTINCT FROM upcoming.avg_minutes_per_game_last_7
    OR their_defense IS DISTINCT FROM upcoming.opponent_def_rating_last_10
    OR their_pace IS DISTINCT FROM upcoming.opponent_pace_last_10
    OR their_free_throws IS DISTINCT FROM upcoming.opponent_ft_rate_allowed
    OR rest IS DISTINCT FROM upcoming.days_rest THEN 1 END),
  COUNT(CASE WHEN CAST(points_5 AS DOUBLE) IS DISTINCT FROM store.features[1] THEN 1 END)
FROM my_tables.like_built_in AS own
JOIN nba_analytics.upcoming_player_game_context AS upcoming USING (universal_player_id, game_date)
JOIN nba_precompute.player_daily_cache AS cached
  ON cached.universal_player_id = own.universal_player_id AND cached.cache_date = own.game_date
JOIN nba_predictions.ml_feature_store AS store
  ON store.universal_player_id = own.universal_player_id AND store.game_date = own.game_date
JOIN nba_precompute.player_shot_zone_analysis AS zones
  ON zones.universal_player_id = own.universal_player_id AND zones.analysis_date = own.game_date`,
  );
  expect(different).toEqual([[true, '0', '0', '0', '0']]);
  expect(
    await queryFile(
      warehouse,
      `SELECT COUNT(*) > 50, COUNT(CASE WHEN coalesce(wins, 0) <> upcoming.team_win_streak_entering
    OR coalesce(losses, 0) <> upcoming.team_loss_streak_entering
    OR margin IS DISTINCT FROM upcoming.last_game_margin
    OR games_14 <> upcoming.games_in_last_14_days THEN 1 END)
FROM my_tables.like_teams JOIN nba_analytics.upcoming_team_game_context AS upcoming USING (team_abbr, game_date)`,
    ),
  ).toEqual([[true, '0']]);
  expect(
    await queryFile(
      warehouse,
      `SELECT COUNT(*) > 50, COUNT(CASE WHEN rating IS DISTINCT FROM zones.defensive_rating_last_15
    OR allowed IS DISTINCT FROM zones.opponent_points_per_game
    OR their_pace IS DISTINCT FROM zones.opponent_pace
    OR 2 * zones.games_with_shot_zones >= zones.games_in_sample AND (
      paint_allowed IS DISTINCT FROM zones.paint_pct_allowed_last_15
      OR paint_points IS DISTINCT FROM zones.paint_points_allowed_per_game
      OR three_allowed IS DISTINCT FROM zones.three_pt_pct_allowed_last_15) THEN 1 END)
FROM my_tables.like_teams AS own JOIN nba_precompute.team_defense_zone_analysis AS zones
  ON zones.team_abbr = own.team_abbr AND zones.analysis_date = own.game_date`,
    ),
  ).toEqual([[true, '0']]);
});

test('a changed definition is made anew, and nothing else; one date and all dates are the same', async () => {
  writeTable('form', form(steals));
  expect((await here(...whole(), '--tables', 'form')).exitCode).toBe(0);
  const before = await partitionHashes(warehouse);
  writeTable('form', form(`${steals}, ${streak}`));
  const changed = await here(...whole(), '--tables', 'form');
  expect([changed.exitCode, changed.stderr]).toEqual([
    0,
    expect.stringContaining('my_tables.form: its columns have changed; it is made anew, and'),
  ]);
  expect(await cellOf(warehouse, 'SELECT COUNT(scored) > 0 FROM my_tables.form')).toBe(true);
  const after = await partitionHashes(warehouse);
  const oneDay = ['--tables', 'form', '--dates', season().dates.at(-1) ?? ''];
  expect((await here('run', '--rewrite', '--backfill', ...oneDay)).exitCode).toBe(0);
  expect(await partitionHashes(warehouse)).toEqual(after);
  const others = differingUnits(before, after).filter((unit) => !unit.startsWith('form '));
  expect(others).toEqual([]);
});

test('a table that is wrong stops itself and nothing else', async () => {
  writeTable('form', form(steals.replace('.steals', '.steels')));
  writeTable('of_form', form("m.value('s', { of: 'form.steals' })").replace("'form'", "'of_form'"));
  writeTable('no_syntax', "import * as m from 'backcourt';\n\nexprt const table = {};\n");
  writeTable('no_value', '\nexport const table = ofNothing.name;\n');
  writeTable(
    'shooting_form',
    readFileSync(join(project, 'tables/shooting_form.ts'), 'utf8').replace(
      'times: 100',
      'times: 1000',
    ),
  );
  const told =
    'tables/form.ts: measure "steals": player_game_summary has no column "steels"; did you mean "steals"?';
  const { exitCode, stdout, stderr } = await here(...whole());
  expect(exitCode).toBe(3);
  expect(stderr).toContain(`warning: ${told}; the table is left out`);
  expect(stderr).toContain('tables/of_form.ts: it reads form, which is wrong itself');
  expect(stderr).toContain('warning: tables/no_syntax.ts: line 3: ');
  expect(stderr).toContain('warning: tables/no_value.ts: line 2: ofNothing is not defined');
  expect(stdout).toContain(`form  all dates  its definition fails: ${told}`);
  expect(stdout).toContain('run --backfill --tables no_syntax,no_value,form,of_form ');
  // The one that could be made was.
  expect(
    await cellOf(warehouse, 'SELECT MAX(three_pt_pct_last_10) > 100 FROM my_tables.shooting_form'),
  ).toBe(true);
  const named = await here('run', '--backfill', '--tables', 'form');
  expect([named.exitCode, named.stderr]).toEqual([2, expect.stringContaining(`error: ${told}`)]);
  const status = await here('status');
  expect([status.exitCode, status.stdout.includes('shooting_form')]).toEqual([0, true]);
  for (const name of ['of_form', 'no_syntax', 'no_value'])
    rmSync(join(project, 'tables', `${name}.ts`));
  writeTable('form', form(steals));
  expect((await here(...whole())).exitCode).toBe(0);
});

test('a query is proven before its first row is written', async () => {
  const sql = (more: string) => `-- What he has scored against tonight's opponent.
-- each: player
-- reads: upcoming_player_game_context on the day
-- reads: player_game_summary season to date
-- column: met INT64 games: his games against it
-- column: points INT64 points: his points in them
SELECT tonight.universal_player_id, tonight.as_of, COUNT(*) AS met, SUM(game.points) AS points
FROM upcoming_player_game_context AS tonight
INNER JOIN player_game_summary AS game
  ON game.universal_player_id = tonight.universal_player_id${more}
  AND game.opponent_team_abbr = tonight.opponent_team_abbr
GROUP BY tonight.universal_player_id, tonight.as_of
`;
  const path = join(project, 'tables', 'met_before.sql');
  writeFileSync(path, sql(''));
  const mixed = await here(...whole(), '--tables', 'met_before');
  expect(mixed.exitCode).toBe(3);
  expect(mixed.stdout).toMatch(
    /its definition fails: tables\/met_before\.sql: \d{4}-\d\d-\d\d mixes dates: .*; row \d+, met: (\d+|NULL) and \d+; nothing was written/,
  );
  expect(await cellOf(warehouse, 'SELECT COUNT(*) FROM my_tables.met_before')).toBe('0');
  writeFileSync(path, sql(' AND game.as_of = tonight.as_of'));
  const sound = await here(...whole(), '--tables', 'met_before');
  expect([sound.exitCode, sound.stderr]).toEqual([0, '']);
  const [row] = await queryFile(
    warehouse,
    `SELECT COUNT(*) > 1000, SUM(met) > 0, COUNT(CASE WHEN met IS DISTINCT FROM (
      SELECT nullif(COUNT(*), 0) FROM nba_analytics.player_game_summary AS game
      WHERE game.universal_player_id = own.universal_player_id AND game.is_active
        AND game.opponent_team_abbr = own.opponent_team_abbr AND game.game_date < own.game_date) THEN 1 END)
FROM my_tables.met_before AS own`,
  );
  expect(row).toEqual([true, true, '0']);
  // A night of one date goes the same way, and is not put to the proof again.
  expect(
    (await here(...whole(), '--tables', 'met_before')).stdout.trimEnd().endsWith('nothing to do'),
  ).toBe(true);
});

test('a query that takes more memory than there is works fewer dates at a time, or fails alone', async () => {
  const query = (bytes: string) => `-- Something large.
-- each: player
-- reads: player_game_summary season to date
-- column: x INT64
SELECT universal_player_id, as_of, length(list(repeat('x', ${bytes}) || points)) AS x
FROM player_game_summary
GROUP BY universal_player_id, as_of
`;
  const large = join(project, 'tables', 'large.sql');
  const [games = ''] = (
    await queryFile(
      warehouse,
      `SELECT COUNT(*) FROM nba_analytics.player_game_summary AS game
INNER JOIN (SELECT DISTINCT game_date FROM nba_analytics.upcoming_player_game_context) AS day ON game.game_date < day.game_date`,
    )
  ).flat();
  const few = Math.round((900 * 2 ** 20) / Number(games));
  writeFileSync(large, query(String(few)));
  const fits = await here(...whole(), '--tables', 'large');
  expect([fits.exitCode, fits.stderr], fits.stdout).toEqual([0, '']);
  expect(await cellOf(warehouse, 'SELECT COUNT(x) > 0 FROM my_tables.large')).toBe(true);

  writeFileSync(large, query('200000'));
  const fails = await here(...whole(), '--tables', 'large,shooting_form', '--rewrite');
  expect(fails.exitCode).toBe(3);
  expect(fails.stdout).toMatch(
    /large takes more than there is: Out of Memory Error: .*; let it read fewer/,
  );
  expect(fails.stdout).toMatch(/units: 16 written/);
  rmSync(large);
  await here('prune', '--tables', 'large', '--yes');
}, 600_000);

test('a macro of the file that takes the place of a function of DuckDB stops a run', async () => {
  await changeFile(warehouse, 'CREATE MACRO main.abs(x) AS 42; CREATE MACRO main.mine(x) AS x');
  const refused = await here(
    'run',
    '--backfill',
    '--rewrite',
    '--dates',
    season().dates.at(-1) ?? '',
  );
  expect([refused.exitCode, refused.stderr]).toEqual([
    8,
    expect.stringContaining('has a macro "abs", which takes the place'),
  ]);
  await changeFile(warehouse, 'DROP MACRO main.abs');
  expect((await here(...whole())).exitCode).toBe(0);
  await changeFile(warehouse, 'DROP MACRO main.mine');
});

test('own tables are described, explained, exported and copied like the others', async () => {
  const date = season().dates.at(-1) ?? '';
  const described = await here('describe', 'form');
  expect(described.stdout).toContain(
    'R(Σ player_game_summary.steals/games, 1) over his games among the last 10 before d',
  );
  expect((await here('explain', 'form', date)).stdout).toContain('player_game_summary');
  expect((await here('diff', 'form', date)).exitCode).toBe(0);
  const out = join(folder, 'form.csv');
  expect((await here('export', 'form', '--out', out)).exitCode).toBe(0);
  expect(readFileSync(out, 'utf8')).toContain('steals');
  const labelled = join(folder, 'labelled.parquet');
  const flags = ['--with-labels', '--out', labelled] as const;
  expect((await here('export', 'form', ...flags)).exitCode).toBe(0);
  // Of each game that he played a row that says what became of it, by the box scores themselves.
  expect(
    await queryFile(
      warehouse,
      `SELECT COUNT(*) > 100, COUNT(*) = COUNT(CASE WHEN row.actual_points = game.points THEN 1 END)
FROM '${labelled}' AS row
INNER JOIN nba_analytics.player_game_summary AS game
  ON game.game_id = row.game_id AND game.universal_player_id = row.universal_player_id
WHERE row.played`,
    ),
  ).toEqual([[true, true]]);
  writeTable('clash', form(steals.replace("'steals'", "'played'")).replace("'form'", "'clash'"));
  const clash = await here('export', 'clash', ...flags, '--overwrite');
  expect([clash.exitCode, clash.stderr]).toEqual([2, expect.stringContaining('adds "played"')]);
  rmSync(join(project, 'tables', 'clash.ts'));
  const copy = join(folder, 'copy.duckdb');
  const copied = await here('copy', '--from', warehouse, '--to', copy);
  expect([copied.exitCode, copied.stderr]).toEqual([0, '']);
  expect(differingUnits(await partitionHashes(warehouse), await partitionHashes(copy))).toEqual([]);
});

test('the project is found where the command is called, or named; never in a folder above', async () => {
  const inside = join(project, 'notes');
  mkdirSync(inside, { recursive: true });
  const above = await runNode(commandFile, ['tables'], { cwd: inside });
  expect([above.exitCode, above.stdout.includes('my_tables')]).toEqual([0, false]);
  const named = await runNode(commandFile, ['--project', '..', 'status'], { cwd: inside });
  expect([named.exitCode, named.stdout.includes('form')]).toEqual([0, true]);
  const env = { BACKCOURT_PROJECT: project };
  const byVariable = await runNode(commandFile, ['tables'], { cwd: inside, env });
  expect(byVariable.stdout).toContain('my_tables');
  const wrong = await runNode(commandFile, ['--project', inside, 'status']);
  expect([wrong.exitCode, wrong.stderr]).toEqual([
    2,
    `error: ${inside}: there is no backcourt.config.ts in this folder; new project writes what one begins with\n`,
  ]);
});

test('without the project the warehouse is whole, and its own tables stay', async () => {
  const before = await partitionHashes(warehouse);
  const plain = (...argv: readonly string[]) =>
    runNode(commandFile, [...argv, '--warehouse', warehouse], { cwd: folder });
  expect((await plain(...whole())).stdout.trimEnd().endsWith('nothing to do')).toBe(true);
  const status = await plain('status');
  expect([status.exitCode, status.stdout]).toEqual([
    0,
    expect.stringMatching(
      /^form: [\d,]+ rows of \d+ dates stand, and it is no table here: its file is gone, or its project is not in force$/m,
    ),
  ]);
  expect((await here('status')).stdout).not.toContain('no table here');
  // What goes elsewhere goes without them, and says so.
  const day = ['--dates', season().dates.at(-1) ?? ''];
  const behind =
    /^form: [\d,]+ rows of (\d+) dates? stand, and it is no table here: .*\n(?:.* no table here: .*\n)*left behind: own tables go along with their project; call it in its folder, or with --project <folder>$/m;
  const to = (name: string) => ['copy', '--from', warehouse, '--to', join(folder, name)];
  const copied = await runNode(commandFile, [...to('plain.duckdb'), ...day], { cwd: folder });
  expect([copied.exitCode, behind.exec(copied.stdout)?.[1]]).toEqual([0, '1']);
  const json = await runNode(commandFile, [...to('json.duckdb'), ...day, '--json'], {
    cwd: folder,
  });
  expect(json.stdout).toMatch(/^\{"type":"stranger_table","table":"form","dates":1,"rows":\d+\}$/m);
  const some = [...to('some.duckdb'), ...day, '--tables', 'player_game_summary'];
  expect((await runNode(commandFile, some, { cwd: folder })).stdout).not.toContain('left behind');
  expect((await here(...to('own.duckdb'), ...day)).stdout).not.toContain('left behind');
  const snapshot = [...whole(), '--snapshot', join(folder, 'snapshot'), '--json'];
  const shot = await plain(...snapshot);
  expect([shot.exitCode, shot.stderr]).toEqual([0, expect.stringMatching(behind)]);
  expect(shot.stdout).toMatch(/^\{"type":"stranger_table","table":"form"/m);
  expect((await plain('query', 'SELECT COUNT(*) AS n FROM my_tables.form')).exitCode).toBe(0);
  expect(differingUnits(before, await partitionHashes(warehouse))).toEqual([]);
});

test('rows whose file is gone are told by prune, and removed where they are named', async () => {
  writeTable('of_old', form(steals).replace("'form'", "'of_old'"));
  expect((await here(...whole(), '--tables', 'of_old')).exitCode).toBe(0);
  rmSync(join(project, 'tables/of_old.ts'));
  const before = await partitionHashes(warehouse);
  const stands = /^of_old: [\d,]+ rows of \d+ dates stand, and it is no table here/m;
  const told = await here('prune');
  expect([told.exitCode, told.stdout]).toEqual([0, expect.stringMatching(stands)]);
  expect(told.stdout).toContain('backcourt prune --tables of_old --yes');
  expect((await here('prune', '--before', '2024-01-01')).stdout).toMatch(stands);
  const asked = await here('prune', '--tables', 'of_old', '--json');
  expect(JSON.parse(asked.stdout)).toMatchObject({
    ...{ type: 'removed_table', table: 'of_old', done: false },
    rows: expect.any(Number),
  });
  expect(await partitionHashes(warehouse)).toEqual(before);
  const isHere = await here('prune', '--tables', 'form', '--yes');
  expect([isHere.exitCode, isHere.stderr]).toEqual([
    2,
    expect.stringContaining('form is a table here; prune removes those whose file is gone'),
  ]);
  expect((await here('prune', '--tables', 'of_odl')).stderr).toContain('did you mean "of_old"?');
  const plain = ['prune', '--tables', 'of_old', '--yes', '--warehouse', warehouse];
  const elsewhere = await runNode(commandFile, plain, { cwd: folder });
  expect([elsewhere.exitCode, elsewhere.stderr]).toEqual([
    2,
    expect.stringContaining('own tables stand in the dataset of a project'),
  ]);
  const removed = await here('prune', '--tables', 'of_old', '--yes');
  expect([removed.exitCode, removed.stdout]).toEqual([
    0,
    expect.stringMatching(/^removed of_old: [\d,]+ rows of \d+ dates/),
  ]);
  expect(JSON.parse((await here('runs', '--last', '1', '--json')).stdout)).toMatchObject({
    ...{ verb: 'prune', request: 'of_old', exit_code: 0 },
  });
  expect((await here('prune')).stdout).toContain('every table that has rows is one here');
  const gone = await here('query', 'SELECT COUNT(*) AS n FROM my_tables.of_old');
  expect(gone.exitCode).not.toBe(0);
  const others = differingUnits(before, await partitionHashes(warehouse));
  expect(others.filter((unit) => !unit.startsWith('of_old '))).toEqual([]);
  expect(others.length).toBeGreaterThan(0);
});

test('new writes over nothing, and says what is next', async () => {
  const again = await runNode(commandFile, ['new', 'project', 'project'], { cwd: folder });
  expect([again.exitCode, again.stderr]).toEqual([
    2,
    expect.stringContaining('backcourt.config.ts" exists, and is left as it is'),
  ]);
  expect((await here('new', 'table', 'form')).stderr).toContain('there is a table "form" already');
  expect((await here('new', 'table', 'player_game_summary')).exitCode).toBe(2);
  expect((await here('new', 'table', '../x')).exitCode).toBe(2);
  expect((await here('new', 'table', 'edge', '--each', 'team')).exitCode).toBe(0);
  expect((await here(...whole(), '--tables', 'edge')).exitCode).toBe(0);
  const nowhere = await runNode(commandFile, ['new', 'table', 'x'], { cwd: folder });
  expect([nowhere.exitCode, nowhere.stderr]).toEqual([
    2,
    expect.stringContaining('make a project first'),
  ]);
  await runNode(commandFile, ['new', 'project', 'My Features!'], { cwd: folder });
  const made = readFileSync(join(folder, 'My Features!', 'package.json'), 'utf8');
  expect(JSON.parse(made)).toMatchObject({ name: 'my-features' });
});
