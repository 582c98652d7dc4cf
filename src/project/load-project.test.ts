import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tempFolderOfTest } from '../../tests/support/temp-folder.ts';
import { loadTables } from '../table/table-registry.ts';
import { addOwnTables, readProject } from './load-project.ts';
import { ownFiles } from './own-files.ts';

const sql = (reads = 'player_game_summary', column = 'x') => `-- A test.
-- each: player
-- reads: ${reads}
-- column: ${column} INT64
SELECT universal_player_id, as_of, 1 AS ${column} FROM ${reads.split(' ')[0]}
`;
const games = 'player_game_summary season to date';
const own = (name: string) => `${name} on the day`;

/** A file that exports a table, or what is written in its stead. */
const words = (name: string, measures: string) => `export const table = {
  backcourt: 'table', name: '${name}', purpose: 'A test.', each: 'player', measures: [${measures}],
};
`;
const average = (name: string) =>
  `{ kind: 'games', name: '${name}', of: 'player_game_summary', over: { kind: 'seasonToDate' } }`;

/** A project with some files. @param config what follows \`export const\`. */
function folderWith(files: Readonly<Record<string, string>>, settings = '') {
  const folder = tempFolderOfTest('load-project');
  mkdirSync(join(folder, 'tables'));
  const config = settings.includes('export')
    ? settings
    : `export const project = { backcourt: 'project', ${settings} };\n`;
  writeFileSync(join(folder, 'backcourt.config.mjs'), config);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(folder, 'tables', file, '..'), { recursive: true });
    writeFileSync(join(folder, 'tables', file), text);
  }
  return folder;
}

async function loaded(folder: string) {
  const project = await readProject(folder);
  const builtIn = await loadTables();
  const tables = await addOwnTables(builtIn, project);
  return {
    made: tables.computed.filter(({ phase }) => phase === 'own').map(({ name }) => name),
    broken: Object.fromEntries(
      tables.broken.map(({ file, error }) => [file.split('/').at(-1), error]),
    ),
  };
}

test('a file that is wrong is left out, named with what is wrong', async () => {
  const folder = folderWith({
    'good.sql': sql(games),
    'b_case.sql': sql(games),
    'B_Case.sql': sql(games),
    'Player_Game_Summary.sql': sql(games),
    '1b.sql': sql(games),
    'b space.sql': sql(games),
    "b'q.sql": sql(games),
    'ilike.sql': sql(games),
    'taken_column.sql': sql(games, 'verbose'),
    'taken_word.mjs': words('taken_word', average('both')),
    'proxy.mjs': "export const table = new Proxy({}, { get() { throw new Error('boo'); } });\n",
    'getter.mjs': "export const table = { get backcourt() { throw new Error('boo'); } };\n",
    'rejects.mjs': "Promise.reject(new Error('rej'));\nawait 1;\n",
    'none.mjs': 'export const tabel = 1;\n',
  });
  mkdirSync(join(folder, 'tables', 'd.sql'));
  symlinkSync(join(folder, 'nothing.sql'), join(folder, 'tables', 'l.sql'));
  const { made, broken } = await loaded(folder);
  expect(made).toEqual(['b_case', 'good']);
  const letters = 'lower case letters, digits and _ only';
  const told: Readonly<Record<string, string>> = {
    'B_Case.sql': letters,
    'Player_Game_Summary.sql': letters,
    '1b.sql': letters,
    'b space.sql': letters,
    "b'q.sql": letters,
    'ilike.sql': 'a word of SQL',
    'taken_column.sql': 'column "verbose": the name is a word of SQL',
    'taken_word.mjs': 'measure "both": the name is a word of SQL',
    'proxy.mjs': 'boo',
    'getter.mjs': 'boo',
    'none.mjs': 'it exports no "table": export const table = playerTable({ … })',
    'd.sql': 'it cannot be read',
    'l.sql': 'it cannot be read',
  };
  for (const [file, what] of Object.entries(told)) expect(broken[file], file).toContain(what);
});

test('a cycle is named, and what reads it is left out with it', async () => {
  const { made, broken } = await loaded(
    folderWith({
      'cyc_a.sql': sql(own('cyc_b')),
      'cyc_b.sql': sql(own('cyc_a')),
      'self.sql': sql(own('self')),
      'reader.sql': sql(own('self')),
      'sound.sql': sql(games),
      'of_sound.sql': sql(own('sound')),
    }),
  );
  expect(made).toEqual(['sound', 'of_sound']);
  expect(broken['cyc_a.sql']).toContain('cyc_a → cyc_b → cyc_a is a cycle');
  expect(broken['cyc_b.sql']).toContain('cyc_b → cyc_a → cyc_b is a cycle');
  expect(broken['self.sql']).toContain('self → self is a cycle');
  expect(broken['reader.sql']).toContain('it reads self, which is wrong itself');
});

describe('what a config says', () => {
  test.each([
    ["dataset: 'memory'", 'dataset: is not for own tables'],
    ["dataset: 'warehouse_file'", 'dataset: is not for own tables'],
    ["dataset: 'backcourt_staging'", 'dataset: is not for own tables'],
    ["datset: 'mine'", 'config.mjs: there is no setting "datset"; did you mean "dataset"?'],
    ['export const config = {};', 'it exports no "project": export const project = defineProject('],
    ['export const project = new Proxy({}, { get() { throw new Error("boo"); } });', 'boo'],
    ['export const project = process.exit(0);', 'it calls process.exit'],
  ])('%s is told', async (settings, what) => {
    await expect(readProject(folderWith({}, settings))).rejects.toThrow(what);
  });

  test('a folder of tables may be named by its whole path', async () => {
    const folder = folderWith({ 'good.sql': sql(games) });
    const other = folderWith({}, `tables: '${join(folder, 'tables')}'`);
    expect((await loaded(other)).made).toEqual(['good']);
  });

  test('a folder of tables that is not there, or is none, is told', async () => {
    const folder = folderWith({ 'good.sql': sql(games) });
    expect(ownFiles(join(folder, 'tabels')).passedOver.join()).toMatch(/no folder .*tabels/);
    const file = ownFiles(join(folder, 'tables', 'good.sql'));
    expect(file.passedOver.join()).toMatch(/good\.sql is no folder/);
  });
});

test('tables that are passed over for their ending or folder are told, and nothing else is', () => {
  const folder = folderWith({
    'good.sql': sql(games),
    'a.cts': words('a', average('x')),
    'b.tsx': words('b', average('x')),
    'C.TS': words('c', average('x')),
    'd.SQL': sql(games),
    'sub/e.ts': words('e', average('x')),
    'sub/helper.ts': 'export const ten = 10;\n',
    'good.test.ts': words('good', average('x')),
    'README.md': '-- each: player',
    'node_modules/f/f.js': words('f', average('x')),
  });
  const { files, passedOver } = ownFiles(join(folder, 'tables'));
  expect(files.map((path) => path.split('/').at(-1))).toEqual(['good.sql']);
  expect(
    passedOver.map((line) => /(\S+) is passed over/.exec(line)?.[1]?.split('tables/')[1]),
  ).toEqual(expect.arrayContaining(['a.cts', 'b.tsx', 'C.TS', 'd.SQL', 'sub/e.ts']));
  expect(passedOver).toHaveLength(5);
});
