import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeFiles } from '../../src/ingest/files/describe-files.ts';
import type { IngestReport } from '../../src/ingest/files/ingest-report.ts';
import type { SourceContent } from '../../src/ingest/files/source-content.ts';
import { ingestFiles } from '../../src/ingest/ingest-files.ts';
import { sourceContents } from '../../src/ingest/source-contents.ts';
import { ledgerTables } from '../../src/ledger/ledger-tables.ts';
import { loadTables } from '../../src/table/table-registry.ts';
import { createStatements } from '../../src/warehouse/duckdb/ddl.ts';
import type { DuckDbWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { gameLog } from '../support/game-log.ts';
import { openMemoryWarehouse } from '../support/memory-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { renamed, writeCsv } from '../support/write-source.ts';

/** Player logs with names of their own: all that a second source of a table is. */
const [logs] = sourceContents.filter(({ id }) => id === 'player-logs');
if (!logs) throw new Error('no content player-logs');
const theirName = (column: string) => `their_${column.toLowerCase()}`;
const [shape] = logs.shapes;
const required = (shape?.required ?? []).flat();
const otherLogs: SourceContent = {
  ...logs,
  id: 'other-logs',
  source: logs.source,
  shapes: [
    {
      title: 'a log of another maker',
      maker: 'another maker',
      telling: theirName('MATCHUP'),
      required: required.map(theirName),
      names: Object.fromEntries(logs.columns.map(({ name }) => [name, theirName(name)])),
    },
  ],
};
const contents = [...sourceContents, otherLogs];
const tables = await loadTables();
const folder = tempFolder('second-source');
const first = { id: '0022300061', date: '2023-11-01', away: 'ATL', home: 'HOU' };
const second = { id: '0022300062', date: '2023-11-02', away: 'BOS', home: 'IND' };
const third = { id: '0022300063', date: '2023-11-02', away: 'MIA', home: 'DEN' };

let warehouse: DuckDbWarehouse;

beforeEach(async () => {
  warehouse = await openMemoryWarehouse();
  await warehouse.commit(createStatements([...ledgerTables, ...tables.all]));
});

afterEach(() => warehouse.close());

async function load(...paths: readonly string[]): Promise<IngestReport> {
  const { files } = await describeFiles(warehouse, contents, 'nba-stats', paths);
  return ingestFiles({
    warehouse,
    tables,
    files,
    dataKind: 'real',
    allowShrink: false,
    runId: 'ingest',
    codeVersion: 'test',
    now: '2026-01-01T00:00:00Z',
    elapsedMs: () => 0,
  });
}

const write = (name: string, games: readonly (typeof first)[], isOther: boolean) => {
  const rows = games.flatMap(gameLog);
  return writeCsv(folder, `${name}.csv`, isOther ? renamed(rows, theirName) : rows);
};

const stored = () =>
  warehouse.query('SELECT * FROM nba_raw.player_box ORDER BY nba_game_id, player_id');

test('a file of a second source fills the table as a file of the first does', async () => {
  const report = await load(write('theirs', [first, second], true));
  expect(report.dropped).toEqual([]);
  expect(report.files).toMatchObject([{ content: 'player_box', rows: 32 }]);
  const theirs = await stored();
  expect(theirs.length).toBe(32);

  const again = await load(write('ours', [first, second], false));
  expect(again.tables.find(({ table }) => table === 'player_box')?.changedDates).toEqual([]);
  expect(await stored()).toEqual(theirs);
});

test('files of two sources are loaded together, each for its dates', async () => {
  const report = await load(write('a', [first], false), write('b', [second], true));
  expect(report.refused).toEqual([]);
  expect((await stored()).map((row) => String(row['nba_game_id']))).toEqual([
    ...gameLog(first).map(() => first.id),
    ...gameLog(second).map(() => second.id),
  ]);
});

test('a date that two sources have is refused, with a row of each', async () => {
  const report = await load(write('c', [first, second], false), write('d', [third], true));
  expect(report.refused).toMatchObject([
    {
      table: 'player_box',
      date: '2023-11-02',
      violations: [
        { file: 'c.csv', row: 17, rule: expect.stringContaining('two sources') },
        { file: 'd.csv', row: 1 },
      ],
    },
  ]);
  expect(new Set((await stored()).map((row) => String(row['nba_game_id'])))).toEqual(
    new Set([first.id]),
  );
});

test('a content is found by its own columns alone', async () => {
  const path = write('e', [first], true);
  const { files } = await describeFiles(warehouse, contents, 'nba-stats', [path]);
  expect(files.map(({ content, name }) => [content.id, name])).toEqual([['other-logs', 'e.csv']]);
  await expect(
    describeFiles(warehouse, sourceContents, 'nba-stats', [join(folder, 'e.csv')]),
  ).rejects.toThrow('docs/inputs/nba-stats.md');
});
