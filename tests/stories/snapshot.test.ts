import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backcourt } from '../support/run-command.ts';
import { smallSeason } from '../support/small-season.ts';
import { brokenFiles, filesBelow, manifestFiles } from '../support/snapshot-of.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('snapshot');
const season = smallSeason(folder);
const run = (...flags: readonly string[]) =>
  backcourt(['run', '--backfill', ...flags, '--warehouse', season().computed]);

test('all tables are handed on as the files of a manifest, also where nothing is to be computed', async () => {
  const snapshot = join(folder, 'readers');
  const date = ['--dates', season().dates[3] ?? ''];
  const first = await run(...date, '--snapshot', snapshot);
  expect([first.exitCode, first.stderr]).toEqual([0, '']);
  const paths = manifestFiles(snapshot).map((file) => file.path);
  expect(new Set(paths.map((path) => path.split('/')[0]))).toContain('ml_feature_store');
  expect([await brokenFiles(snapshot), filesBelow(snapshot)]).toEqual([[], paths.toSorted()]);
  const again = await run(...date, '--snapshot', snapshot);
  expect(again.lines.at(-1)).toMatch(/, 0 written, 0 removed; /);
});

test.each([
  ['a file', () => season().computed, 'it is a file'],
  ['a place where nothing can be', () => '/proc/backcourt', 'it cannot be made'],
  ['a place elsewhere', () => 's3://bucket/readers', 'a folder of this machine'],
  ["another's manifest", () => join(folder, 'other'), 'is of no snapshot'],
  ['a snapshot of real data', () => join(folder, 'real'), 'holds real data'],
])('%s is refused before anything is computed', async (_, place, why) => {
  for (const [name, text] of [
    ['other', '{"name":"an extension"}'],
    ['real', '{"type":"backcourt snapshot","data_kind":"real","files":[]}'],
  ] as const) {
    if (existsSync(join(folder, name))) continue;
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'manifest.json'), text);
  }
  const refused = await run('--rewrite', '--dates', season().dates[3] ?? '', '--snapshot', place());
  expect([refused.exitCode, refused.stdout, refused.stderr]).toEqual([
    2,
    '',
    expect.stringContaining(why),
  ]);
});
