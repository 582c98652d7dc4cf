import { copyFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { gameDatesOf } from '../support/equal-hashes.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { changeFile, queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('diff');
const offense = 'team_offense_game_summary';
const zones = 'team_defense_zone_analysis';
let path: string;
let dates: readonly string[];
let day: string;
let copies = 0;

beforeAll(async () => {
  ({ path } = await simulatedWarehouse(folder, { gamesPerTeam: 16, postseason: false }));
  dates = await gameDatesOf(path);
  day = dates[10] ?? '';
  await prepare([
    'run',
    '--backfill',
    '--dates',
    dates.slice(0, 24).join(','),
    '--warehouse',
    path,
  ]);
});

function copy(): string {
  copies += 1;
  const target = join(folder, `copy-${copies}.duckdb`);
  copyFileSync(path, target);
  return target;
}

describe('diff', () => {
  test('of a date in order shows nothing, exits 0 and leaves the file alone', async () => {
    const before = statSync(path);
    const { exitCode, lines } = await backcourt(['diff', offense, day, '--warehouse', path]);
    expect(exitCode).toBe(0);
    expect(lines[1]).toMatch(/^0 added, 0 removed, 0 changed, \d+ unchanged$/);
    expect(lines.slice(2)).toEqual([
      'a run would write nothing: the rows come out equal',
      'nothing was written',
    ]);
    expect(statSync(path).mtimeMs).toBe(before.mtimeMs);
  });

  test('shows each changed column, old and new, as the run then writes it', async () => {
    const warehouse = copy();
    const [[team, assists] = []] = await queryFile(
      path,
      `SELECT team_abbr, assists::INT FROM nba_analytics.${offense} WHERE game_date = DATE '${day}' ORDER BY 1`,
    );
    await changeFile(
      warehouse,
      `UPDATE nba_raw.player_box SET ast = ast + 1 WHERE game_date = DATE '${day}' AND player_id =
        (SELECT MIN(player_id) FROM nba_raw.player_box WHERE game_date = DATE '${day}' AND team_abbr = '${team}');
      UPDATE backcourt.partitions SET data_hash = 'corrected' WHERE table_name = 'player_box' AND partition_date = DATE '${day}'`,
    );
    const { exitCode, lines } = await backcourt(['diff', offense, day, '--warehouse', warehouse]);
    expect(exitCode).toBe(0);
    expect(lines[0]).toContain('stale');
    expect(lines).toContain(`  ~ ${team}`);
    expect(lines).toContain(`      assists  ${assists} → ${Number(assists) + 1}`);
    const json = await backcourt(['diff', offense, day, '--json', '--warehouse', warehouse]);
    const [row] = json.stdout.split('\n');
    expect(JSON.parse(row ?? '')).toMatchObject({
      type: 'row',
      key: team,
      kind: 'changed',
      columns: expect.arrayContaining([
        { column: 'assists', was: String(assists), is: String(Number(assists) + 1) },
      ]),
    });

    await prepare(['run', '--stale', '--warehouse', warehouse]);
    const after = await backcourt(['diff', offense, day, '--warehouse', warehouse]);
    expect(after.stdout).toContain('0 added, 0 removed, 0 changed');
  });

  test('of what reads stale tables shows what run --stale then makes of it', async () => {
    const warehouse = copy();
    await changeFile(
      warehouse,
      `UPDATE nba_raw.player_box SET ast = ast + 9, tov = tov + 3 WHERE game_date = DATE '${day}';
      UPDATE backcourt.partitions SET data_hash = 'corrected' WHERE table_name = 'player_box' AND partition_date = DATE '${day}'`,
    );
    const later = dates[13] ?? '';
    const readers = [
      ['nba_precompute.player_daily_cache', 'cache_date'],
      ['nba_predictions.ml_feature_store', 'game_date'],
    ] as const;
    const rowsOf = ([table, partition]: (typeof readers)[number]) =>
      queryFile(warehouse, `SELECT data_hash FROM ${table} WHERE ${partition} = DATE '${later}'`);
    const before = await Promise.all(readers.map(rowsOf));
    const told: { readonly upstream: string; readonly changed: number; readonly blind: number }[] =
      [];
    for (const [table] of readers) {
      const name = table.split('.').at(-1) ?? '';
      const verb = ['diff', name, later, '--json', '--warehouse', warehouse];
      const last = async (argv: readonly string[]) =>
        JSON.parse((await backcourt(argv)).stdout.trimEnd().split('\n').at(-1) ?? '');
      const whole = await last(verb);
      const blind = await last([...verb, '--as-it-stands']);
      expect([whole.state, blind.state, blind.upstream]).toEqual([
        'stale',
        'stale',
        'as_it_stands',
      ]);
      expect(blind.upstream_units).toContainEqual({ table: 'player_game_summary', date: day });
      told.push({ upstream: whole.upstream, changed: whole.rows, blind: blind.rows });
    }
    await prepare(['run', '--stale', '--warehouse', warehouse]);
    const after = await Promise.all(readers.map(rowsOf));
    const changed = after.map((rows, index) => {
      const stood = new Set((before[index] ?? []).map(([hash]) => hash));
      return rows.filter(([hash]) => !stood.has(hash)).length;
    });
    expect(told.map((one) => one.changed)).toEqual(changed);
    expect(told.map(({ upstream }) => upstream)).toEqual(readers.map(() => 'recomputed'));
    expect(changed.every((count) => count > 0)).toBe(true);
    expect(told.map(({ blind }) => blind)).toEqual(readers.map(() => 0));
  });

  test('tells what it has left as it stands, by table and date', async () => {
    const warehouse = copy();
    await changeFile(
      warehouse,
      `UPDATE nba_raw.player_box SET ast = ast + 9 WHERE game_date = DATE '${day}';
      UPDATE backcourt.partitions SET data_hash = 'corrected' WHERE table_name = 'player_box' AND partition_date = DATE '${day}'`,
    );
    const verb = ['diff', 'player_daily_cache', dates[13] ?? '', '--warehouse', warehouse];
    const blind = await backcourt([...verb, '--as-it-stands']);
    expect(blind.lines).toContain('a run would work these first, which was not done here:');
    expect(blind.lines).toContain(`  player_game_summary  ${day}`);
    expect(blind.stdout).toContain('holds only for the tables before it as they stand now');
    const whole = await backcourt(verb);
    expect(whole.lines).toContain('what it reads was recomputed first, as a run does:');
    expect(whole.lines).toContain(`  player_game_summary  ${day}`);
    expect(whole.stdout).not.toContain('as they stand now');
  });

  test('reads what stands of a table before it that a run could not make again, and says so', async () => {
    const warehouse = copy();
    await changeFile(
      warehouse,
      `UPDATE nba_raw.player_box SET pts = pts + 7 WHERE game_date = DATE '${day}';
      UPDATE backcourt.partitions SET data_hash = 'corrected' WHERE table_name = 'player_box' AND partition_date = DATE '${day}'`,
    );
    const ran = copy();
    copyFileSync(warehouse, ran);
    expect((await backcourt(['run', '--stale', '--warehouse', ran])).exitCode).toBe(3);
    const verb = ['diff', 'player_daily_cache', dates[13] ?? '', '--warehouse', warehouse];
    const { lines, stdout, exitCode } = await backcourt(verb);
    expect(exitCode).toBe(0);
    expect(lines).toContain('of these, what stands there now was read all the same:');
    expect(stdout).toMatch(
      new RegExp(`^  team_offense_game_summary ${day}: a run would fail: check_failed: `, 'm'),
    );
    expect(stdout).toMatch(new RegExp(`^  player_game_summary ${day}: a run would not write`, 'm'));
    expect(stdout).toContain('0 added, 0 removed, 0 changed');
  });

  test('shows rows that come and go, and who is left out instead', async () => {
    const warehouse = copy();
    const later = dates[20] ?? '';
    await changeFile(
      warehouse,
      `DELETE FROM nba_precompute.${zones} WHERE analysis_date = DATE '${later}' AND team_abbr = 'BOS'`,
    );
    const added = await backcourt(['diff', zones, later, '--warehouse', warehouse]);
    expect(added.lines).toContain('  + BOS');
    const removed = await backcourt([
      ...['diff', zones, later, '--option', 'min_games=82', '--warehouse', path],
    ]);
    expect(removed.lines).toContain('  - BOS');
    expect(removed.lines).toContain('  BOS  not left out → INSUFFICIENT_DATA');
    expect(removed.exitCode).toBe(0);
  });

  test('of a date that cannot be computed says so', async () => {
    const early = await backcourt(['diff', zones, dates[0] ?? '', '--warehouse', path]);
    expect([early.exitCode, early.stdout]).toEqual([0, expect.stringContaining('bootstrap')]);
    const blocked = await backcourt([
      ...['diff', 'team_defense_game_summary', dates[30] ?? '', '--warehouse', path],
    ]);
    expect([blocked.exitCode, blocked.stdout]).toEqual([
      5,
      expect.stringContaining('fill it with'),
    ]);
    const raw = await backcourt(['diff', 'player_box', day, '--warehouse', path]);
    expect(raw.exitCode).toBe(2);
  });
});
