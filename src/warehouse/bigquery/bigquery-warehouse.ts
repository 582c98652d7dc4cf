import type { BigQuery, BigQueryOptions } from '@google-cloud/bigquery';
import { googlesqlDialect } from '../sql/googlesql-dialect.ts';
import type { Row, Warehouse } from '../warehouse.ts';
import { type BigQueryLocation, connect } from './connect.ts';
import { type CreatedTable, createTableStatement, stagingTableStatement } from './ddl.ts';
import { toWarehouseError } from './errors.ts';
import { makeJobRunner } from './job-runner.ts';
import { datasetId, qualifyNames } from './qualify-names.ts';
import { queryScripts } from './query-scripts.ts';
import { readRows } from './read-rows.ts';
import { loadField, writeRowLines } from './row-lines.ts';
import { queriesAtOnce, scriptsAtOnce, stagingDataset, stagingOptions } from './settings.ts';

export interface OpenBigQuery {
  readonly location: BigQueryLocation;
  /** Tells the staging tables of this process from those of another. */
  readonly session: string;
  /** Most bytes that one job may be billed for; `undefined` for no limit. */
  readonly maxBytes: number | undefined;
  /** Options of the client besides project and location. */
  readonly client?: BigQueryOptions;
}

/** A warehouse in BigQuery, with what only this engine can do. */
export interface BigQueryWarehouse extends Warehouse {
  /** Makes the datasets and tables that are not there; changes nothing that is. */
  createTables(tables: readonly CreatedTable[]): Promise<void>;
  /** Carries out statements about tables, for which there are no transactions. */
  define(statements: readonly string[]): Promise<void>;
  /** Bytes that a query would read, by a dry run, which costs nothing. */
  bytesOf(sql: string): Promise<number>;
}

/** Opens nothing yet: the first job finds out whether credentials and datasets are there. */
export async function openBigQuery(request: OpenBigQuery): Promise<BigQueryWarehouse> {
  const { location, session, maxBytes } = request;
  const client = await connect(location, request.client);
  const jobs = makeJobRunner(client, location, maxBytes);
  const staged = new Map<string, string>();
  const dataset = datasetId(location, stagingDataset);

  const run = (sql: string) => jobs.run(qualifyNames(location, sql, staged));
  const query = (sql: string) => read(qualifyNames(location, sql, staged));
  const stagingName = (name: string) => `${name}_${session}`;
  const stagingTable = (name: string) => `${location.projectId}.${dataset}.${stagingName(name)}`;

  async function read(qualified: string): Promise<readonly Row[]> {
    const rows: Row[] = [];
    await jobs.read(qualified, (page) => {
      for (const row of readRows(page.fields, page.rows)) rows.push(row);
    });
    return rows;
  }

  let answers = 0;
  const answerName = () => {
    answers += 1;
    return `answer_${answers}`;
  };

  // The length of a script counts with the names as they are sent.
  async function queryEach(selects: readonly string[]): Promise<readonly Row[]> {
    const qualified = selects.map((select) => qualifyNames(location, select, staged));
    const scripts = queryScripts(qualified, answerName);
    const rows: Row[] = [];
    for (let index = 0; index < scripts.length; index += scriptsAtOnce) {
      const some = scripts.slice(index, index + scriptsAtOnce);
      const told = await Promise.allSettled(some.map(read));
      for (const answer of told) {
        if (answer.status === 'rejected') throw answer.reason;
        rows.push(...answer.value);
      }
    }
    return rows;
  }

  const stageSql = (name: string, select: string) =>
    `CREATE OR REPLACE TABLE \`${stagingTable(name)}\`
${stagingOptions}
AS
${select}`;

  return {
    location: `bigquery://${location.projectId}${location.prefix === '' ? '' : `/${location.prefix}`}`,
    dialect: googlesqlDialect,
    query,
    queryEach,
    queriesAtOnce,
    stageSql,
    stage: async (name, select) => {
      await run(stageSql(name, select));
      staged.set(name, stagingTable(name));
    },
    stageAll: async (stagings, question) => {
      const script = stagings.map(({ name, select }) => {
        const statement = qualifyNames(location, stageSql(name, select), staged);
        staged.set(name, stagingTable(name));
        return statement;
      });
      return query(`${[...script, question].join(';\n')};`);
    },
    dropStage: async (...names) => {
      if (names.length > 0) await run(dropStatements(names.map(stagingTable)));
      for (const name of names) staged.delete(name);
    },
    // A script that ends inside a transaction, by an error or a lost machine, is rolled back.
    commit: async (statements, question) => {
      if (statements.length === 0) return question === undefined ? [] : query(question);
      const script = ['BEGIN TRANSACTION', ...statements, 'COMMIT TRANSACTION'];
      const sent = (statement: readonly string[]) => `${statement.join(';\n')};`;
      if (question !== undefined) return query(sent([...script, question]));
      await run(sent(script));
      return [];
    },
    write: run,
    createTables: async (tables) => {
      const datasets = [...new Set(tables.map((table) => table.dataset))];
      for (const name of datasets) await createDataset(client, location, name);
      await run(`${tables.map(createTableStatement).join(';\n')};`);
    },
    define: async (statements) => {
      if (statements.length > 0) await run(`${statements.join(';\n')};`);
    },
    bytesOf: (sql) => jobs.bytesOf(qualifyNames(location, sql, staged)),
    label: jobs.label,
    writeRowFile: (select, columns, path) =>
      writeRowLines(path, columns, (take) =>
        jobs.read(qualifyNames(location, select, staged), take),
      ),
    // Made before it is filled, for a load job cannot say when its table is to expire.
    stageRowFile: async (name, columns, path) => {
      await run(stagingTableStatement(stagingTable(name), columns));
      staged.set(name, stagingTable(name));
      await jobs.load({
        path,
        dataset,
        table: stagingName(name),
        fields: columns.map(loadField),
      });
    },
    close: async () => {
      const left = [...staged.values()];
      staged.clear();
      if (left.length > 0) await jobs.run(dropStatements(left)).catch(() => undefined);
    },
  };
}

function dropStatements(tables: readonly string[]): string {
  return tables.map((table) => `DROP TABLE IF EXISTS \`${table}\`;`).join('\n');
}

async function createDataset(
  client: BigQuery,
  location: BigQueryLocation,
  dataset: string,
): Promise<void> {
  try {
    const [exists] = await client.dataset(datasetId(location, dataset)).exists();
    if (!exists) {
      await client.createDataset(datasetId(location, dataset), { location: location.region });
    }
  } catch (error) {
    throw toWarehouseError(error);
  }
}
