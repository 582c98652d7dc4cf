import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeFiles } from '../../src/ingest/files/describe-files.ts';
import { sourceContents } from '../../src/ingest/source-contents.ts';
import { exampleFile, inputPages } from '../../src/report/input-page.ts';
import { loadTables } from '../../src/table/table-registry.ts';
import { createStatements } from '../../src/warehouse/duckdb/ddl.ts';
import { openMemoryWarehouse } from '../support/memory-warehouse.ts';
import { backcourt } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = new URL('../../docs/inputs/', import.meta.url);
const examples = tempFolder('example-rows');

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
    const warehouse = await openMemoryWarehouse();
    await warehouse.commit(createStatements((await loadTables()).all));
    try {
      const { files } = await describeFiles(warehouse, sourceContents, content.source, [path]);
      expect(files.map((file) => file.content.id)).toEqual([content.id]);
      const rows = await warehouse.query(await content.read(warehouse, files));
      expect(rows.map((row) => row['broken_rule'])).toEqual([null]);
    } finally {
      await warehouse.close();
    }
  },
);

test('ids of contents are their own, and ingest --help names each source', async () => {
  const ids = sourceContents.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const { stdout } = await backcourt(['ingest', '--help']);
  for (const { source, says } of sourceContents) {
    expect(stdout).toMatch(new RegExp(`^  ${source} .*${says}`, 'm'));
  }
});
