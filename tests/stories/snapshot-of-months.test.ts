import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { between, gameDatesOf } from '../support/equal-hashes.ts';
import { backcourt } from '../support/run-command.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { brokenFiles, filesBelow, manifestFiles } from '../support/snapshot-of.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cellOf, changeFile } from '../support/warehouse-file.ts';

const folder = tempFolder('snapshot-months');
const snapshot = join(folder, 'readers');
let path: string;
let dates: readonly string[];

const run = (...flags: readonly string[]) =>
  backcourt(['run', '--backfill', ...flags, '--warehouse', path]);
const paths = () => manifestFiles(snapshot).map((file) => file.path);
const manifest = () => readFileSync(join(snapshot, 'manifest.json'), 'utf8');

beforeAll(async () => {
  ({ path } = await simulatedWarehouse(folder, { gamesPerTeam: 20, postseason: false }));
  dates = await gameDatesOf(path);
});

test('a file per table and month, of which only what changes is written again', async () => {
  const first = await run(...between(dates[0], dates[17]), '--snapshot', snapshot);
  expect([first.exitCode, first.stderr]).toEqual([0, '']);
  const before = paths();
  expect(first.lines.at(-1)).toMatch(
    new RegExp(
      `^snapshot ${snapshot}: ${before.length} files with .* ${before.length} written, 0 `,
    ),
  );
  expect([await brokenFiles(snapshot), filesBelow(snapshot)]).toEqual([[], [...before].sort()]);
  for (const [table, dataset] of [
    ['player_box', 'nba_raw'],
    ['ml_feature_store', 'nba_predictions'],
  ] as const) {
    const source = `read_parquet('${snapshot}/${table}/*.parquet')`;
    const stored = `${dataset}.${table}`;
    const count = (from: string) => cellOf(path, `SELECT CAST(COUNT(*) AS INT) FROM ${from}`);
    expect([table, await count(source)]).toEqual([table, await count(stored)]);
  }
  const features = `read_parquet('${snapshot}/ml_feature_store/*.parquet')`;
  const decimals = `(SELECT * FROM (DESCRIBE FROM ${features}) WHERE column_type LIKE '%DECIMAL%')`;
  expect(await cellOf(path, `SELECT CAST(COUNT(*) AS INT) FROM ${decimals}`)).toBe(0);

  const made = manifest();
  const inode = statSync(join(snapshot, 'manifest.json')).ino;
  const again = await run(...between(dates[0], dates[17]), '--snapshot', snapshot);
  expect(again.lines.at(-1)).toMatch(/, 0 written, 0 removed; /);
  expect([manifest(), statSync(join(snapshot, 'manifest.json')).ino]).toEqual([made, inode]);

  // What somebody has put there is nobody's to remove.
  writeFileSync(join(snapshot, 'ml_feature_store', 'notes.txt'), 'mine');
  const second = await run(...between(dates[18], dates.at(-1)), '--snapshot', snapshot);
  const after = paths();
  const written = after.filter((file) => !before.includes(file));
  expect(written.length).toBeGreaterThan(5);
  expect(after.filter((file) => before.includes(file)).length).toBeGreaterThan(3);
  expect(second.lines.at(-1)).toContain(`, ${written.length} written, 0 removed; `);
  // Who has read the manifest before still finds his files, until the next snapshot.
  const both = [...new Set([...before, ...after]), 'ml_feature_store/notes.txt'].sort();
  expect([await brokenFiles(snapshot), filesBelow(snapshot)]).toEqual([[], both]);
  const third = await run(...between(dates[0], dates.at(-1)), '--snapshot', snapshot);
  expect(third.lines.at(-1)).toContain(`, 0 written, ${both.length - 1 - after.length} removed; `);
  expect(filesBelow(snapshot)).toEqual([...after, 'ml_feature_store/notes.txt'].sort());
});

test('rows that something else has changed are not handed on, and the snapshot stays', async () => {
  const copy = join(folder, 'changed.duckdb');
  copyFileSync(path, copy);
  const made = manifest();
  await changeFile(
    copy,
    `UPDATE nba_analytics.player_game_summary SET points = 99 WHERE game_date = DATE '${dates[3]}';
UPDATE backcourt.partitions SET data_hash = 'another' WHERE table_name = 'player_game_summary' AND partition_date = DATE '${dates[3]}'`,
  );
  const refused = await backcourt([
    ...['run', '--backfill', '--tables', 'ml_feature_store', '--dates', dates[5] ?? ''],
    ...['--snapshot', snapshot, '--json', '--warehouse', copy],
  ]);
  expect([refused.exitCode, refused.stderr]).toEqual([
    7,
    expect.stringContaining(`${dates[3]}  player_game_summary:`),
  ]);
  expect(manifest()).toBe(made);
  expect(await brokenFiles(snapshot)).toEqual([]);
});
