import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeFiles } from '../../src/ingest/files/describe-files.ts';
import type { SourceContent } from '../../src/ingest/files/source-content.ts';
import { sourceContents } from '../../src/ingest/source-contents.ts';
import { exampleFile, exampleOf, inputPages } from '../../src/report/input-page.ts';
import { loadTables } from '../../src/table/table-registry.ts';
import { createStatements } from '../../src/warehouse/duckdb/ddl.ts';
import type { DuckDbWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { openMemoryWarehouse } from '../support/memory-warehouse.ts';
import { backcourt } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = new URL('../../docs/inputs/', import.meta.url);
const examples = tempFolder('example-rows');
let warehouse: DuckDbWarehouse;

beforeAll(async () => {
  warehouse = await openMemoryWarehouse();
  await warehouse.commit(createStatements((await loadTables()).all));
});
afterAll(() => warehouse?.close());

test('docs/inputs has a page of each source as it is declared; npm run docs writes it', () => {
  for (const [name, text] of inputPages(sourceContents)) {
    expect(readFileSync(new URL(name, folder), 'utf8'), name).toBe(text);
  }
});

test.each(sourceContents)(
  'the example row of $id is recognised and breaks no rule',
  async (content) => {
    const path = join(examples, `${content.id}.csv`);
    writeFileSync(path, `${exampleFile(content.columns)}\n`);
    const { files } = await describeFiles(warehouse, sourceContents, content.source, [path]);
    expect(files.map((file) => file.content.id)).toEqual([content.id]);
    const rows = await warehouse.query(await content.read(warehouse, files));
    expect(rows.map((row) => row['broken_rule'])).toEqual([null]);
  },
);

const shapes = sourceContents.flatMap((content) =>
  content.shapes.flatMap((shape) =>
    shape.example ? [{ content, shape, example: shape.example }] : [],
  ),
);

describe('with the game of the examples in a schedule', () => {
  beforeAll(async () => {
    await warehouse.run(`INSERT INTO nba_raw.schedule BY NAME SELECT '0023500001' AS nba_game_id,
    '20351023_NYK_BOS' AS game_id, DATE '2035-10-23' AS game_date, 2035 AS season_year, 'regular_season' AS game_type,
    'BOS' AS home_team_abbr, 'NYK' AS away_team_abbr, 'BOS' AS team_a_abbr, 'NYK' AS team_b_abbr`);
  });

  async function read(content: SourceContent, file: string) {
    const { files } = await describeFiles(warehouse, sourceContents, undefined, [file]);
    const [row] = await warehouse.query(await content.read(warehouse, files));
    return { shape: files[0]?.shape, row };
  }
  /** What the example of the columns says, by the id of its content. */
  const plainRows = new Map<string, Awaited<ReturnType<typeof read>>['row']>();
  async function plainRow(content: SourceContent) {
    if (!plainRows.has(content.id)) {
      const path = join(examples, `${content.id}-plain.csv`);
      writeFileSync(path, `${exampleFile(content.columns)}\n`);
      plainRows.set(content.id, (await read(content, path)).row);
    }
    return plainRows.get(content.id);
  }

  test.each(shapes)(
    'the example row of $shape.title says what that of the columns does',
    async ({ content, shape, example }) => {
      const path = join(examples, `${content.id}-${content.shapes.indexOf(shape)}.csv`);
      writeFileSync(path, `${exampleOf(example)}\n`);
      const expected = await plainRow(content);
      const actual = await read(content, path);
      expect(actual.shape).toBe(shape);
      expect(actual.row?.['broken_rule']).toBe(null);
      for (const column of [
        'nba_game_id',
        'game_date',
        'player_id',
        'player_lookup',
        'home_team_abbr',
        'marks_home',
        'pts',
        'tipoff_at',
        'line',
        'total',
        'made',
        'birth_date',
        'status',
      ]) {
        if (actual.row?.[column] === null || expected?.[column] === null) continue;
        expect(actual.row?.[column], column).toEqual(expected?.[column]);
      }
    },
  );
});

test('ids of contents are their own, and ingest --help names each source', async () => {
  const ids = sourceContents.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const { stdout } = await backcourt(['ingest', '--help']);
  for (const { source, says } of sourceContents) {
    expect(stdout).toMatch(new RegExp(`^  ${source} .*${says}`, 'm'));
  }
});
