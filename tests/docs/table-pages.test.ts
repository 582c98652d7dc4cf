import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ledgerTables } from '../../src/ledger/ledger-tables.ts';
import { tablePages } from '../../src/report/table-page.ts';
import { loadTables } from '../../src/table/table-registry.ts';

const folder = new URL('../../docs/tables/', import.meta.url);

test('docs/tables is what the definitions say; npm run docs writes it', async () => {
  const pages = tablePages((await loadTables()).all, ledgerTables);
  expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort());
  for (const [name, text] of pages) {
    expect(readFileSync(new URL(name, folder), 'utf8'), name).toBe(text);
  }
});
