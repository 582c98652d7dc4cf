/** A file of a project that is wrong in itself stops nothing but its table, and is named. */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { commandFile, runNode } from '../support/run-process.ts';
import { smallSeason } from '../support/small-season.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('own-faults');
const season = smallSeason(folder);
const warehouse = join(folder, 'nba.duckdb');
beforeAll(() => copyFileSync(season().computed, warehouse));

const table = (name: string) => `
export const table = {
  backcourt: 'table', name: '${name}', purpose: 'A test.', each: 'player',
  measures: [{ kind: 'games', name: 'x', of: 'player_game_summary', over: { kind: 'seasonToDate' } }],
};
`;

/** Something that happens after all files were read: the command prints its first line. */
const throwsAtFirstLine = `const write = process.stdout.write;
process.stdout.write = function (...given) {
  process.stdout.write = write;
  setTimeout(() => { throw new Error('after'); }, 0);
  return write.apply(this, given);
};`;

/** A command in a project of some files. */
function inProject(
  name: string,
  files: Readonly<Record<string, string>>,
  argv: readonly string[],
  settings = '',
) {
  const here = join(folder, name);
  mkdirSync(join(here, 'tables'), { recursive: true });
  writeFileSync(
    join(here, 'backcourt.config.ts'),
    settings.includes('await')
      ? settings
      : `export const project = { backcourt: 'project', dataset: '${name}', ${settings} };\n`,
  );
  for (const [file, text] of Object.entries(files)) writeFileSync(join(here, 'tables', file), text);
  return runNode(commandFile, [...argv, '--warehouse', warehouse], { cwd: here });
}
const run = () => ['run', '--backfill', '--dates', season().dates.slice(-2).join(',')];

test('code that never ends, leaves, rejects or keeps the process is that of one file', async () => {
  const { exitCode, stderr } = await inProject(
    'faults',
    {
      'exits.ts': `process.exit(0);${table('exits')}`,
      'keeps.ts': `setInterval(() => {}, 1000);${table('keeps')}`,
      'rejects.ts': `Promise.reject(new Error('rej'));\nawait new Promise((r) => setTimeout(r, 9));${table('rejects')}`,
      'throws_late.ts': `setTimeout(() => { throw new Error('late'); }, 1);\nawait new Promise((r) => setTimeout(r, 50));${table('throws_late')}`,
      'waits.ts': `setInterval(() => {}, 1000);\nawait new Promise(() => {});${table('waits')}`,
      // When the next file is read, and when all are.
      'later.ts': `setTimeout(() => { throw new Error('next'); }, 20);${table('later')}`,
      'latest.ts': `${throwsAtFirstLine}${table('latest')}`,
      'sound.ts': table('sound'),
      '1st.sql': 'SELECT 1',
      'seen.tsx': table('seen'),
    },
    run(),
  );
  expect(exitCode).toBe(3);
  for (const [file, what] of [
    ['exits.ts', 'it calls process.exit'],
    ['rejects.ts', 'line 1: rej'],
    ['throws_late.ts', 'line 1: late'],
    ['waits.ts', 'it has not come to an end after 10 s'],
    ['later.ts', 'line 1: next'],
    ['latest.ts', 'line 4: after; it was read before'],
    ['1st.sql', 'lower case letters'],
    ['seen.tsx', 'is passed over'],
  ])
    expect(stderr, file).toMatch(new RegExp(`warning: tables/${file}.*${what}`));
  expect(stderr).not.toMatch(/unexpected|\n +at /);
  const rows = await queryFile(
    warehouse,
    'SELECT (SELECT COUNT(*) FROM faults.sound) > 0, (SELECT COUNT(*) FROM faults.keeps) > 0',
  );
  expect(rows).toEqual([[true, true]]);
});

test('a config that never ends is given up', async () => {
  const waiting = 'setInterval(() => {}, 1000);\nawait new Promise(() => {});\n';
  const { exitCode, stderr } = await inProject('waiting', {}, ['status'], waiting);
  expect([exitCode, stderr]).toEqual([
    2,
    expect.stringContaining('backcourt.config.ts: it has not come to an end after 10 s'),
  ]);
});

test('a folder of tables that is not there is told', async () => {
  const { exitCode, stderr } = await inProject('typo', {}, ['status'], "tables: 'tabels'");
  expect([exitCode, stderr]).toEqual([0, 'warning: there is no folder tabels, and no own table\n']);
});

test('no table is begun with a word of SQL for its name', async () => {
  const { exitCode, stderr } = await runNode(commandFile, ['new', 'table', 'both'], {
    cwd: join(folder, 'typo'),
  });
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('"both" is a word of SQL')]);
});
