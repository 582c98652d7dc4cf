import { resolve } from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { duckdbDialect } from '../../sql/duckdb-dialect.ts';
import {
  type Described,
  type Reader,
  type Row,
  type Staging,
  type Warehouse,
  WarehouseError,
} from '../warehouse.ts';
import { type Answer, ask } from './ask.ts';
import { type Claim, claimFile } from './claim-file.ts';
import { type ConnectRequest, connect, fileCatalog } from './connect.ts';
import { contentSql } from './content-sql.ts';
import { isDamage, toWarehouseError, withAdvice } from './errors.ts';
import { readRows } from './read-rows.ts';
import { readRowFileSql, writeRowFileSql } from './row-file-sql.ts';
import { settings } from './settings.ts';
import { sideBySide } from './side-by-side.ts';
import { attachStaging, dropStageSql, findStaged, stageSql } from './staging.ts';
import type { Writer } from './writer-note.ts';
import { yieldedType } from './yielded-type.ts';

export interface OpenDuckDb extends ConnectRequest {
  /** Says who writes, for the message another process gets; not used when reading. */
  readonly writer: Writer;
}

export type ExportFormat = 'parquet' | 'csv';

/** How a local file is written. */
export interface ExportForm {
  readonly format: ExportFormat;
  /** Of CSV alone: compressed as a whole. */
  readonly isGzip?: boolean;
}

/** A DuckDB warehouse, with what only this engine can do: reading and writing local files. */
export interface DuckDbWarehouse extends Warehouse {
  commitWhile: NonNullable<Warehouse['commitWhile']>;
  describe: NonNullable<Warehouse['describe']>;
  /** Carries out one SELECT that somebody has typed. @throws WarehouseError, see {@link ask}. */
  ask(sql: string): Promise<Answer>;
  /** Runs statements outside a transaction of their own: temporary relations and settings. */
  run(sql: string): Promise<void>;
  /** Writes the rows of a SELECT to a local file, without holding them in memory. @returns how many. */
  exportRows(select: string, path: string, form: ExportForm): Promise<number>;
}

/** What every connection of a warehouse begins with. */
const connectionSql: readonly string[] = [
  `USE ${fileCatalog}`,
  findStaged,
  ...settings,
  ...duckdbDialect.prelude,
];

/** @throws WarehouseError, see {@link connect}. */
export async function openDuckDb(request: OpenDuckDb): Promise<DuckDbWarehouse> {
  const opened = await connect(request);
  const { instance, connection } = opened;
  const writes = request.path !== ':memory:' && request.mode === 'write';
  try {
    const claim = writes ? claimFile(opened, request.writer, request.path) : undefined;
    await connection.run([attachStaging, ...connectionSql].join(';\n'));
    return makeWarehouse(request.path, instance, connection, claim, request.threads === 1);
  } catch (error) {
    connection.closeSync();
    instance.closeSync();
    throw toWarehouseError(error);
  }
}

function copyStatement(select: string, path: string, { format, isGzip }: ExportForm): string {
  const file = duckdbDialect.string(resolve(path));
  switch (format) {
    case 'parquet':
      return `COPY (${select}) TO ${file} (FORMAT parquet, COMPRESSION zstd)`;
    case 'csv':
      return `COPY (${select}) TO ${file} (FORMAT csv, HEADER true, COMPRESSION ${isGzip ? 'gzip' : 'none'})`;
  }
}

function makeWarehouse(
  location: string,
  instance: DuckDBInstance,
  connection: DuckDBConnection,
  claim: Claim | undefined,
  isSingleThreaded: boolean,
): DuckDbWarehouse {
  let beside: DuckDBConnection | undefined;
  let busyWith: string | undefined;
  let closed = false;
  let isMarked = claim === undefined;

  // Concurrent use of one connection has crashed the process; better an error with the culprit's name.
  async function alone<T>(what: string, work: () => Promise<T>): Promise<T> {
    if (busyWith !== undefined) throw new Error(`"${what}" while "${busyWith}" is running`);
    busyWith = what;
    try {
      return await work();
    } finally {
      busyWith = undefined;
    }
  }

  /** An error with the file it is about: the disk's say nothing of it, or of one beside it. */
  function located(error: unknown, sql: string): WarehouseError {
    const failure = toWarehouseError(error, sql);
    if (failure.kind !== 'surroundings' || location === ':memory:') return failure;
    return new WarehouseError('surroundings', `"${location}": ${withAdvice(failure.message)}`, sql);
  }

  const run = (sql: string) => runOn(connection, sql);

  async function runOn(asked: DuckDBConnection, sql: string): Promise<void> {
    try {
      await asked.run(sql);
    } catch (error) {
      throw located(error, sql);
    }
  }

  async function queryOn(asked: DuckDBConnection, sql: string): Promise<readonly Row[]> {
    const reader = await asked.runAndReadAll(sql).catch((error: unknown) => {
      throw located(error, sql);
    });
    return readRows(reader);
  }

  const query = (sql: string) => queryOn(connection, sql);

  /** Functions of the file; those of the dialect are temporary. */
  async function shadowedFunctions(): Promise<readonly string[]> {
    const rows = await query(`
SELECT lower(function_name) AS name
FROM duckdb_functions()
GROUP BY ALL
HAVING bool_or(database_name = current_database()) AND bool_or(internal)`);
    return rows.map(({ name }) => String(name));
  }

  async function describe(select: string): Promise<Described> {
    try {
      const rows = await query(`DESCRIBE ${select}`);
      const columns = rows.map((row) => ({
        name: String(row['column_name']),
        type: yieldedType(String(row['column_type'])),
      }));
      return { columns, error: undefined };
    } catch (error) {
      if (error instanceof WarehouseError && error.kind === 'definition') {
        return { error: error.message, line: error.line };
      }
      throw error;
    }
  }

  async function queryEach(selects: readonly string[]): Promise<readonly Row[]> {
    const rows: Row[] = [];
    for (const select of selects) rows.push(...(await query(select)));
    return rows;
  }

  /** What fails on the way into another file is told of that file, unless the warehouse is damaged. */
  async function copyOut(sql: string, path: string): Promise<number> {
    const reader = await connection.runAndReadAll(sql).catch((error: unknown) => {
      const failure = toWarehouseError(error, sql);
      if (failure.kind !== 'surroundings' || isDamage(failure.message)) throw located(error, sql);
      const why = withAdvice(failure.message);
      throw new WarehouseError('surroundings', `cannot write "${path}": ${why}`, sql);
    });
    return Number(reader.getRowsJson()[0]?.[0]);
  }

  async function runAll(statements: readonly string[]): Promise<void> {
    for (const statement of statements) await run(statement);
  }

  async function mark(): Promise<void> {
    await claim?.mark().catch((error: unknown) => {
      throw located(error, 'CHECKPOINT');
    });
    isMarked = true;
  }

  /** @param work what stands in the transaction; FALSE takes it back. */
  async function transaction(work: () => Promise<boolean>): Promise<boolean> {
    if (!isMarked) await mark();
    await run('BEGIN TRANSACTION');
    try {
      const isKept = await work();
      await run(isKept ? 'COMMIT' : 'ROLLBACK');
      return isKept;
    } catch (error) {
      // A runtime error aborts the transaction, after which COMMIT would answer OK and write nothing.
      await connection.run('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  async function commit(statements: readonly string[], question?: string): Promise<readonly Row[]> {
    await transaction(async () => {
      await runAll(statements);
      return true;
    });
    return question === undefined ? [] : query(question);
  }

  /** What is staged together is of few dates, and keeps hardly more than one core busy. */
  async function stageAll(stagings: readonly Staging[]): Promise<void> {
    const steps = stagings.map(({ name, select, reads }, index) => ({
      name,
      after: reads ?? stagings.slice(0, index).map((before) => before.name),
      weight: select.length,
      work: (lane: DuckDBConnection) => runOn(lane, stageSql(name, select)),
    }));
    const isAlone = isSingleThreaded || steps.length < 2;
    await sideBySide(steps, isAlone ? [connection] : [connection, await secondConnection()]);
  }

  async function secondConnection(): Promise<DuckDBConnection> {
    if (beside) return beside;
    const opened = await instance.connect();
    await opened.run(connectionSql.join(';\n'));
    beside = opened;
    return opened;
  }

  async function commitWhile(
    statements: readonly string[],
    rest: (reader: Reader) => Promise<readonly string[] | undefined>,
    question?: string,
  ): Promise<readonly Row[] | undefined> {
    const asked = await secondConnection();
    const reader = {
      dialect: duckdbDialect,
      query: (sql: string) => queryOn(asked, sql),
    };
    const isCommitted = await transaction(async () => {
      // Sending and looking both have to end before the transaction can.
      const [sent, found] = await Promise.allSettled([runAll(statements), rest(reader)]);
      if (sent.status === 'rejected') throw sent.reason;
      if (found.status === 'rejected') throw found.reason;
      if (found.value === undefined) return false;
      await runAll(found.value);
      return true;
    });
    if (!isCommitted) return undefined;
    return question === undefined ? [] : query(question);
  }

  return {
    location,
    dialect: duckdbDialect,
    sessionSql: [attachStaging, findStaged],
    run: (sql) => alone('run', () => run(sql)),
    query: (sql) => alone('query', () => query(sql)),
    describe: (select) => alone('describe', () => describe(select)),
    contentOf: (tables) =>
      alone('contentOf', async () =>
        String((await query(contentSql(tables, fileCatalog)))[0]?.['content']),
      ),
    shadowedFunctions: () => alone('shadowedFunctions', shadowedFunctions),
    ask: (sql) => alone('ask', () => ask(connection, sql)),
    queryEach: (selects) => alone('queryEach', () => queryEach(selects)),
    queriesAtOnce: 1,
    stageSql,
    stage: (name, select) => alone('stage', () => run(stageSql(name, select))),
    stageAll: (stagings, question) =>
      alone('stageAll', async () => {
        await stageAll(stagings);
        return query(question);
      }),
    dropStage: (...names) => alone('dropStage', () => runAll(names.map(dropStageSql))),
    commit: (statements, question) => alone('commit', () => commit(statements, question)),
    write: (statement) =>
      alone('write', async () => {
        if (!isMarked) await mark();
        await run(statement);
      }),
    commitWhile: (statements, rest, question) =>
      alone('commit', () => commitWhile(statements, rest, question)),
    exportRows: (select, path, form) =>
      alone('exportRows', () => copyOut(copyStatement(select, path, form), path)),
    writeRowFile: (select, columns, path) =>
      alone('writeRowFile', () => copyOut(writeRowFileSql(select, columns, path), path)),
    stageRowFile: (name, columns, path) =>
      alone('stageRowFile', () => run(stageSql(name, readRowFileSql(columns, path)))),
    close: async () => {
      if (closed) return;
      closed = true;
      beside?.closeSync();
      connection.closeSync();
      instance.closeSync();
      claim?.end();
    },
  };
}
