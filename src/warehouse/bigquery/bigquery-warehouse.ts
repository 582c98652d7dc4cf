import type { BigQueryOptions } from '@google-cloud/bigquery';
import { googlesqlDialect } from '../../sql/googlesql-dialect.ts';
import { type Row, type Warehouse, WarehouseError } from '../warehouse.ts';
import { type BigQueryLocation, connect, locationText } from './connect.ts';
import { createLacking } from './create-tables.ts';
import { type CreatedTable, stagingTableStatement } from './ddl.ts';
import { ledgerMoved } from './failure-rules.ts';
import { type JobText, makeJobRunner } from './job-runner.ts';
import { tablesOf } from './look-at-datasets.ts';
import { qualifyNames } from './qualify-names.ts';
import { queryScripts } from './query-scripts.ts';
import { readRows } from './read-rows.ts';
import { loadField, writeRowLines } from './row-lines.ts';
import { awaitOtherWriters } from './running-jobs.ts';
import { mostQueryCharacters, queriesAtOnce, scriptsAtOnce, stagingOptions } from './settings.ts';
import { makeStagingTables } from './staging-tables.ts';
import { realTiming, type Timing } from './timing.ts';
import {
  type FencedCommit,
  failedAfterCommitMessage,
  fenceStatements,
  lostFenceMessage,
  readWriter,
  writerTable,
} from './writer-fence.ts';

export interface OpenBigQuery {
  readonly location: BigQueryLocation;
  /** Names of datasets whose tables are written with project and prefix, besides those of Backcourt. */
  readonly datasets?: readonly string[];
  /** Tells the staging tables and jobs of this process from those of another. */
  readonly session: string;
  /** Most bytes that one job may be billed for; `undefined` for no limit. */
  readonly maxBytes: number | undefined;
  /** Who started the process, for whoever finds that it was faster. */
  readonly who?: string;
  /** Options of the client besides project and location. */
  readonly client?: BigQueryOptions;
  readonly timing?: Timing;
}

/** What a process does before it writes. */
export interface BeginWriting {
  /** Tables that the work needs; those that are not there are made. */
  readonly tables: readonly CreatedTable[];
  /** How long the jobs of another writer are waited for. */
  readonly waitSeconds: number;
}

/** A warehouse in BigQuery, with what only this engine can do. */
export interface BigQueryWarehouse extends Warehouse {
  /**
   * Before the first {@link Warehouse.commit}, and before the ledger is read that it rests on.
   * @throws WarehouseError `locked` when a job of another writer still runs.
   */
  beginWriting(request: BeginWriting): Promise<void>;
  /** Makes the datasets and tables that are not there; changes nothing that is. */
  createTables(tables: readonly CreatedTable[]): Promise<void>;
  /** TRUE when a table is there. @throws WarehouseError `surroundings` when it is, in another location. */
  hasTable(table: Pick<CreatedTable, 'dataset' | 'name'>): Promise<boolean>;
  /** Carries out statements about tables, for which there are no transactions. */
  define(statements: readonly string[]): Promise<void>;
  /** Bytes that a query would read, by a dry run, which costs nothing. */
  bytesOf(sql: string): Promise<number>;
  /** Cancels what is running in BigQuery, and waits some seconds for its end. */
  cancel(): Promise<void>;
}

/** Opens nothing yet: the first job finds out whether credentials and datasets are there. */
export async function openBigQuery(open: OpenBigQuery): Promise<BigQueryWarehouse> {
  const { location, session, maxBytes, who, timing = realTiming } = open;
  const client = await connect(location, open.client);
  // The generation of the ledger that this process knows: the one it has read, moved on by its own commits.
  // It is `undefined` while the process only reads.
  let generation: number | undefined;
  let mode: 'read' | 'write' = 'read';
  const ownCommits = new Set<string>();
  const place = { tool: 'backcourt', warehouse: location.prefix === '' ? 'none' : location.prefix };
  const labels = () => ({ ...place, mode });
  const jobs = makeJobRunner({ client, location, maxBytes, session, labels, timing });
  const staging = makeStagingTables(client, location, session);

  const qualify = (sql: string) => qualifyNames(location, sql, staging.tables(), open.datasets);
  const run = (sql: string) => jobs.run(qualify(sql));
  const define = async (statements: readonly string[]) => {
    if (statements.length > 0) await run(script(statements));
  };
  async function readAll(sql: JobText): Promise<readonly Row[]> {
    const rows: Row[] = [];
    await jobs.read(sql, (page) => {
      for (const row of readRows(page.fields, page.rows)) rows.push(row);
    });
    return rows;
  }

  let answers = 0;
  const answerName = () => {
    answers += 1;
    return `answer_${answers}`;
  };
  const query = (sql: string) => readAll(qualify(sql));
  const createTables = (tables: readonly CreatedTable[]) =>
    createLacking({ client, location, tables, request: jobs.request, define });

  // The length of a script counts with the names as they are sent.
  async function queryEach(selects: readonly string[]): Promise<readonly Row[]> {
    const qualified = selects.map(qualify);
    const scripts = queryScripts(qualified, answerName);
    const rows: Row[] = [];
    for (let index = 0; index < scripts.length; index += scriptsAtOnce) {
      const some = scripts.slice(index, index + scriptsAtOnce);
      const told = await Promise.allSettled(some.map(readAll));
      for (const answer of told) {
        if (answer.status === 'rejected') throw answer.reason;
        rows.push(...answer.value);
      }
    }
    return rows;
  }

  const stageSql = (table: string, select: string) =>
    `CREATE OR REPLACE TABLE \`${table}\`
${stagingOptions}
AS
${select}`;

  const commitText = (
    fenced: FencedCommit,
    statements: readonly string[],
    question: string | undefined,
  ) =>
    qualify(
      script([
        'BEGIN TRANSACTION',
        ...fenceStatements(fenced),
        ...statements,
        'COMMIT TRANSACTION',
        ...(question === undefined ? [] : [question]),
      ]),
    );

  // A script that ends inside a transaction, by an error or a lost machine, is rolled back.
  async function commit(
    statements: readonly string[],
    question: string | undefined,
  ): Promise<readonly Row[]> {
    if (statements.length === 0) return question === undefined ? [] : query(question);
    if (generation === undefined) throw new Error('a commit before beginWriting');
    const seen = generation;
    const tried: string[] = [];
    const holder = who === undefined ? jobs.holder() : `${jobs.holder()} of ${who}`;
    const text = (jobId: string) => {
      tried.push(jobId);
      ownCommits.add(jobId);
      return commitText({ generation: seen, holder, jobId }, statements, question);
    };
    try {
      const rows = await readAll(text);
      generation = seen + 1;
      return rows;
    } catch (error) {
      if (!(error instanceof WarehouseError) || !error.message.includes(ledgerMoved)) throw error;
      const found = await query(readWriter);
      const faster = String(found[0]?.['job_id']);
      // The other writer is this very commit: an earlier attempt seemed to fail after it had taken effect.
      if (tried.includes(faster)) {
        generation = Number(found[0]?.['generation']);
        return question === undefined ? [] : query(question);
      }
      if (ownCommits.has(faster)) {
        throw new WarehouseError('surroundings', failedAfterCommitMessage(faster), error.sql);
      }
      throw new WarehouseError(
        'locked',
        lostFenceMessage(locationText(location), found),
        error.sql,
      );
    }
  }

  return {
    location: locationText(location),
    dialect: googlesqlDialect,
    query,
    queryEach,
    queriesAtOnce,
    stageSql: (name, select) => stageSql(staging.next(name), select),
    stage: async (name, select) => {
      const table = staging.make(name);
      await run(stageSql(table, select));
      staging.use(name, table);
      await staging.sweep();
    },
    stageAll: async (stagings, question) => {
      const statements = stagings.map(({ name, select }) => {
        const table = staging.make(name);
        const statement = qualify(stageSql(table, select));
        // Statements that follow in the same script read the relation from this table already.
        staging.use(name, table);
        return statement;
      });
      const rows = await query(script([...statements, question]));
      await staging.sweep();
      return rows;
    },
    dropStage: (...names) => staging.drop(names),
    commit,
    fits: (statements, question) => {
      const fenced = {
        generation: generation ?? 0,
        holder: 'x'.repeat(200),
        jobId: 'x'.repeat(200),
      };
      return commitText(fenced, statements, question).length <= mostQueryCharacters;
    },
    write: run,
    beginWriting: async ({ tables, waitSeconds }) => {
      const others = { client, location, waitSeconds, timing, request: jobs.request };
      await awaitOtherWriters({ ...others, labels: { ...place, mode: 'write' } });
      mode = 'write';
      await createTables([...tables, writerTable]);
      const [found] = await query(readWriter);
      generation = Number(found?.['generation']);
    },
    createTables,
    hasTable: async ({ dataset, name }) => {
      const there = await tablesOf(client, jobs.request, location, dataset);
      return there?.some((table) => table.name === `${dataset}.${name}`) ?? false;
    },
    define,
    bytesOf: (sql) => jobs.bytesOf(qualify(sql)),
    label: jobs.label,
    writeRowFile: (select, columns, path) =>
      writeRowLines(path, columns, (take) => jobs.read(qualify(select), take)),
    // The table is made before it is filled, for a load job cannot say when its table is to expire.
    stageRowFile: async (name, columns, path) => {
      const table = staging.make(name);
      await run(stagingTableStatement(table, columns));
      await jobs.load({ path, ...staging.target(table), fields: columns.map(loadField) });
      staging.use(name, table);
      await staging.sweep();
    },
    cancel: jobs.cancel,
    close: async () => {
      await jobs.cancel();
      await staging.close();
    },
  };
}

function script(statements: readonly string[]): string {
  return `${statements.join(';\n')};`;
}
