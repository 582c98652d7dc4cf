/** Writes docs/api/, docs/tables/, docs/features.md and the pages of docs/inputs/ from the definitions, and the tables of states in README and runbook: `npm run docs`. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { sourceContents } from '../src/ingest/source-contents.ts';
import { ledgerTables } from '../src/ledger/ledger-tables.ts';
import { featurePage } from '../src/report/feature-page.ts';
import { inputPages } from '../src/report/input-page.ts';
import { withStateTables } from '../src/report/state-table.ts';
import { tablePages } from '../src/report/table-page.ts';
import { loadTables } from '../src/table/table-registry.ts';
import { apiPages } from './api-pages.ts';

const folder = new URL('../docs/tables/', import.meta.url);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const tables = await loadTables();
for (const [name, text] of tablePages(tables.all, ledgerTables)) {
  writeFileSync(new URL(name, folder), text);
}

writeFileSync(new URL('../docs/features.md', import.meta.url), featurePage());
const inputs = new URL('../docs/inputs/', import.meta.url);
for (const [name, text] of inputPages(sourceContents)) writeFileSync(new URL(name, inputs), text);
for (const name of ['../README.md', '../docs/runbook.md']) {
  const page = new URL(name, import.meta.url);
  writeFileSync(page, withStateTables(readFileSync(page, 'utf8')));
}

const api = new URL('../docs/api/', import.meta.url);
rmSync(api, { recursive: true, force: true });
mkdirSync(api, { recursive: true });
for (const [name, text] of apiPages().pages) writeFileSync(new URL(name, api), text);
