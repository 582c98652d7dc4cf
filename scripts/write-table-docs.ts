/** Writes docs/tables/ from the definitions, and the tables of states in README and runbook: `npm run docs`. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { ledgerTables } from '../src/ledger/ledger-tables.ts';
import { withStateTables } from '../src/report/state-table.ts';
import { tablePages } from '../src/report/table-page.ts';
import { loadTables } from '../src/table/table-registry.ts';

const folder = new URL('../docs/tables/', import.meta.url);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const tables = await loadTables();
for (const [name, text] of tablePages(tables.all, ledgerTables)) {
  writeFileSync(new URL(name, folder), text);
}
for (const name of ['../README.md', '../docs/runbook.md']) {
  const page = new URL(name, import.meta.url);
  writeFileSync(page, withStateTables(readFileSync(page, 'utf8')));
}
