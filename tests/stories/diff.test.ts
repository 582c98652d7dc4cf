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
