import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { backcourt } from '../support/run-command.ts';
import { repositoryRoot } from '../support/run-process.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cellOf } from '../support/warehouse-file.ts';

const folder = tempFolder('examples');
const docs = resolve(repositoryRoot, 'docs/inputs');
const tables: Readonly<Record<string, string>> = {
  schedule: 'schedule_entries',
  'game-lines': 'game_lines',
  'player-props': 'player_props',
  injuries: 'injuries',
  players: 'players',
};

test('there is an example of each source', () => {
  expect(readdirSync(join(docs, 'examples')).sort()).toEqual(
    Object.keys(tables)
      .map((source) => `${source}.csv`)
      .sort(),
  );
});

test.each(Object.entries(tables))('the example of %s is loaded whole', async (source, table) => {
  const warehouse = join(folder, `${source}.duckdb`);
  const file = join(docs, 'examples', `${source}.csv`);
  const { exitCode, lines } = await backcourt(['ingest', source, file, '--warehouse', warehouse]);

  expect(exitCode).toBe(0);
  expect(lines.filter((line) => /^(dropped|refused)/.test(line))).toEqual([]);
  const rows = readFileSync(file, 'utf8').trimEnd().split('\n').length - 1;
  expect(Number(await cellOf(warehouse, `SELECT COUNT(*) FROM nba_raw.${table}`))).toBe(rows);
});

test.each(Object.entries(tables))('the page tells every column of %s', (source) => {
  const page = readFileSync(join(docs, `${source}.md`), 'utf8');
  const [header = ''] = readFileSync(join(docs, 'examples', `${source}.csv`), 'utf8').split('\n');

  for (const column of header.split(',')) expect(page).toContain(`\`${column}\``);
  expect(page).toContain(`backcourt ingest ${source}`);
});
