import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { openMemoryWarehouse } from '../../tests/support/memory-warehouse.ts';
import { tempFolder } from '../../tests/support/temp-folder.ts';
import { createStatements } from '../warehouse/duckdb/ddl.ts';
import { checkShape } from './check-shape.ts';
import { phaseFolders, readProcessors } from './read-processors.ts';
import { isComputed, loadTables, makeTableRegistry } from './table-registry.ts';

const folder = tempFolder('processors');
const source = (path: string) => new URL(`../${path}`, import.meta.url).href;

function writeProcessor(name: string, exported: string): void {
  for (const phase of phaseFolders) mkdirSync(join(folder, phase), { recursive: true });
  mkdirSync(join(folder, 'precompute', name));
  writeFileSync(
    join(folder, 'precompute', name, `${name}_processor.ts`),
    `
import { date, int64, string } from '${source('sql/column.ts')}';
import { defineTable } from '${source('table/table-definition.ts')}';
import { seasonToDate } from '${source('window/window.ts')}';

export const processor = defineTable({
  kind: 'computed',
  phase: 'precompute',
  name: '${exported}',
  dataset: 'nba_precompute',
  purpose: 'Games and points of each team in the season before a date.',
  partition: 'analysis_date',
  key: ['team_abbr', 'analysis_date'],
  cluster: ['team_abbr'],
  columns: [
    string('team_abbr', 'the team'),
    date('analysis_date', 'the date'),
    int64('games', 'games before the date', { unit: 'games' }),
    int64('points', 'points in them', { unit: 'points' }),
  ],
  inputs: [
    {
      table: 'team_offense_game_summary',
      windows: [seasonToDate],
      columns: ['game_date', 'season_year', 'team_abbr', 'points_scored'],
      required: true,
    },
  ],
  options: [],
  bootstrap: true,
  lookback: undefined,
  excludes: false,
  checks: [],
  expectedRows: () => ({ min: 1, max: 30, why: 'the teams of the league' }),
  rowsSql: ({ sql, input }) => \`
SELECT
  offense.team_abbr,
  target_dates.analysis_date,
  COUNT(*) AS games,
  \${sql.sum('offense.points_scored')} AS points
FROM target_dates
INNER JOIN \${input('team_offense_game_summary')} AS offense
  ON offense.game_date < target_dates.analysis_date
  AND offense.season_year = target_dates.season_year
GROUP BY offense.team_abbr, target_dates.analysis_date\`,
});
`,
  );
}

const processors = pathToFileURL(`${folder}/`);

it('a folder with a processor is a table, and nothing else needs to know of it', async () => {
  writeProcessor('team_recent_form', 'team_recent_form');
  const project = await loadTables();
  const tables = makeTableRegistry([...project.all, ...(await readProcessors(processors))]);
  const own = tables.computed.find(({ name }) => name === 'team_recent_form');
  if (!own || !isComputed(own)) throw new Error('not among the tables');
  const names = tables.computed.map(({ name }) => name);
  expect(names).toHaveLength(project.computed.length + 1);
  expect(names.indexOf(own.name)).toBeGreaterThan(names.indexOf('team_offense_game_summary'));
  const warehouse = await openMemoryWarehouse();
  try {
    await warehouse.commit(createStatements(tables.all));
    expect(await checkShape(warehouse.describe, warehouse.dialect, tables, own)).toEqual([]);
  } finally {
    await warehouse.close();
  }
});

it('a processor under another name than its folder is refused, by the name of the folder', async () => {
  writeProcessor('team_form', 'team_frm');
  await expect(readProcessors(processors)).rejects.toThrow(/team_form does not export/);
});
