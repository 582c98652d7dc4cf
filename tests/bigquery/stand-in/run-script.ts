import type { Evaluated } from '../googlesql/googlesql-service.ts';
import { GoogleSqlError } from '../googlesql/googlesql-service.ts';
import type { MemoryDatabase } from '../googlesql/memory-database.ts';
import { JobError } from './job-error.ts';
import { parseDdl } from './parse-ddl.ts';
import { splitScript } from './split-script.ts';

/**
 * Carries out the statements of a job. A transaction is a snapshot of all tables: what fails inside
 * of it, or ends without a commit, leaves no trace.
 * @throws JobError as BigQuery would answer.
 */
export async function runScript(
  database: MemoryDatabase,
  script: string,
): Promise<Evaluated | undefined> {
  let before: ReturnType<MemoryDatabase['snapshot']> | undefined;
  let result: Evaluated | undefined;
  let touched = false;
  try {
    for (const statement of splitScript(script)) {
      if (statement === 'BEGIN TRANSACTION') before = database.snapshot();
      else if (statement === 'COMMIT TRANSACTION') before = undefined;
      else if (statement === 'END IF') continue;
      else if (statement.startsWith('IF @@row_count = 0 THEN RAISE')) {
        if (touched) continue;
        throw new JobError(400, 'invalidQuery', /'(.*)'$/.exec(statement)?.[1] ?? '');
      } else {
        const [, table] = /^UPDATE ([\w.]+)/.exec(statement) ?? [];
        const rows = table && JSON.stringify(database.rows(table));
        const found = await runStatement(database, statement);
        touched = table !== undefined && JSON.stringify(database.rows(table)) !== rows;
        if (/^(SELECT|WITH)/.test(statement)) result = found;
      }
    }
  } catch (error) {
    if (!(error instanceof GoogleSqlError)) throw error;
    throw new JobError(400, 'invalidQuery', error.message);
  } finally {
    if (before) database.restore(before);
  }
  return result;
}

async function runStatement(
  database: MemoryDatabase,
  statement: string,
): Promise<Evaluated | undefined> {
  const ddl = parseDdl(statement);
  switch (ddl?.kind) {
    case 'create':
      if (database.has(ddl.table)) return undefined;
      database.create(ddl.table, ddl.columns);
      if (ddl.select !== undefined) {
        const names = ddl.columns.map(({ name }) => name).join(', ');
        await database.change(`INSERT INTO ${ddl.table} (${names})\n${ddl.select}`);
      }
      return undefined;
    case 'setOptions':
      return undefined;
    case 'replace':
      database.drop(ddl.table);
      database.create(ddl.table, ddl.columns);
      return undefined;
    case 'createAs':
      await database.createAs(ddl.table, ddl.select);
      return undefined;
    case 'drop':
      database.drop(ddl.table);
      return undefined;
    case undefined:
      break;
  }
  if (!/^(INSERT|UPDATE|DELETE)\b/.test(statement)) return database.query(statement);
  await database.change(statement);
  return undefined;
}
