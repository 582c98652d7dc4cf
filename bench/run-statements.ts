/**
 * The floor: a DuckDB file opened, statements run one after the other, the file closed. Nothing is
 * planned, checked, recorded or told.
 *
 *   node bench/run-statements.ts <list of statements.json>
 */
import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import type { StatementList } from './statement-list.ts';

const list: StatementList = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const instance = await DuckDBInstance.create(list.database);
const connection = await instance.connect();
for (const statement of list.statements) await connection.run(statement);
connection.closeSync();
instance.closeSync();
