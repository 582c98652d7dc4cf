/** Who names another dataset for his tables is told what has become of those in the former one. */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { commandFile, runNode } from '../support/run-process.ts';
import { smallSeason } from '../support/small-season.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('own-dataset');
const season = smallSeason(folder);
const warehouse = join(folder, 'nba.duckdb');

const here = (...argv: readonly string[]) => runNode(commandFile, argv, { cwd: folder });
const intoDataset = (dataset: string) =>
  writeFileSync(
    join(folder, 'backcourt.config.ts'),
    `export const project = { backcourt: 'project', warehouse: 'nba.duckdb', dataset: '${dataset}' };\n`,
  );

beforeAll(() => {
  copyFileSync(season().computed, warehouse);
  mkdirSync(join(folder, 'tables'));
  writeFileSync(
    join(folder, 'tables/form.ts'),
    `export const table = {
  backcourt: 'table', name: 'form', purpose: 'A test.', each: 'player',
  measures: [{ kind: 'games', name: 'x', of: 'player_game_summary', over: { kind: 'seasonToDate' } }],
};
`,
  );
});

test('another dataset is told as that, and prune removes what was left in the former one', async () => {
  intoDataset('former');
  const run = ['run', '--backfill', '--dates', season().dates.slice(-2).join(',')];
  expect((await here(...run)).exitCode).toBe(0);
  intoDataset('other');
  const refused = await here('status');
  expect(refused.exitCode).toBe(8);
  expect(refused.stderr).toContain(
    'the setting "dataset" of the project has changed: the rows of form stand in former, and are looked for in other',
  );
  expect(refused.stderr).toContain("Write dataset: 'former' into backcourt.config.ts again");
  expect(refused.stderr).not.toContain('something else');
  expect((await here(...run, '--rewrite', '--tables', 'form')).exitCode).toBe(0);
  const told = await here('prune');
  expect(told.stdout).toMatch(
    /^former\.form: [\d,]+ rows of 2 dates stand, and it is no table here: the setting "dataset" has changed/m,
  );
  expect(told.stdout).toContain('prune --tables former.form --yes');
  const removed = await here('prune', '--tables', 'former.form', '--yes');
  expect([removed.exitCode, removed.stdout]).toEqual([
    0,
    expect.stringMatching(/^removed former\.form: [\d,]+ rows of 2 dates\n/),
  ]);
  const runs = await here('runs', '--last', '1', '--json');
  expect(JSON.parse(runs.stdout)).toMatchObject({
    ...{ verb: 'prune', request: 'former.form', exit_code: 0 },
  });
  expect((await here('prune')).stdout).toContain('every table that has rows is one here');
  const rows = await queryFile(
    warehouse,
    `SELECT (SELECT COUNT(*) FROM other.form) > 0, COUNT(*) FROM duckdb_tables() WHERE schema_name = 'former'`,
  );
  expect(rows).toEqual([[true, '0']]);
  expect((await here('status')).exitCode).toBe(0);
});
