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
  const temporary: string[] = [];
  try {
    for (const statement of splitScript(script)) {
      if (statement === 'BEGIN TRANSACTION') before = database.snapshot();
      else if (statement === 'COMMIT TRANSACTION') before = undefined;
      else result = await runStatement(database, statement, temporary);
    }
  } catch (error) {
    if (!(error instanceof GoogleSqlError)) throw error;
    throw new JobError(400, 'invalidQuery', error.message);
  } finally {
    if (before) database.restore(before);
    for (const table of temporary) database.drop(table);
  }
  return result;
}

async function runStatement(
  database: MemoryDatabase,
  statement: string,
  temporary: string[],
): Promise<Evaluated | undefined> {
  const ddl = parseDdl(statement);
  switch (ddl?.kind) {
    case 'create':
      database.create(ddl.table, ddl.columns);
      return undefined;
    case 'replace':
      database.drop(ddl.table);
      database.create(ddl.table, ddl.columns);
      return undefined;
    case 'createTemp':
      temporary.push(ddl.table);
      await database.createAs(ddl.table, ddl.select);
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
