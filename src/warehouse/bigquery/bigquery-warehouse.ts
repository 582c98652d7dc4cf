import { setTimeout as sleep } from 'node:timers/promises';
import type { BigQuery, BigQueryOptions, Job } from '@google-cloud/bigquery';
import { googlesqlDialect } from '../sql/googlesql-dialect.ts';
import { type Warehouse, WarehouseError } from '../warehouse.ts';
import { type BigQueryLocation, connect } from './connect.ts';
import { type CreatedTable, createTableStatement } from './ddl.ts';
import { describeFailure, isTransient, toWarehouseError } from './errors.ts';
import { datasetId, qualifyNames } from './qualify-names.ts';
import { type ResultField, type ResultRow, readRows } from './read-rows.ts';
import { firstRetryMs, jobAttempts, pageRows, stagingDataset, stagingHours } from './settings.ts';

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

interface JobResult {
  readonly fields: readonly ResultField[];
  readonly rows: readonly ResultRow[];
}

/** Opens nothing yet: the first job finds out whether credentials and datasets are there. */
export async function openBigQuery(request: OpenBigQuery): Promise<BigQueryWarehouse> {
  const { location, session, maxBytes } = request;
  const client = await connect(location, request.client);
  const staged = new Map<string, string>();
  let labels: Readonly<Record<string, string>> = {};

  const qualified = (sql: string) => qualifyNames(location, sql, staged);
  const configuration = (query: string) => ({
    query,
    useLegacySql: false,
    labels: { tool: 'backcourt', ...labels },
    ...(maxBytes === undefined ? {} : { maximumBytesBilled: String(maxBytes) }),
  });

  async function dryRunBytes(query: string): Promise<number> {
    const [job] = await client.createQueryJob({ ...configuration(query), dryRun: true });
    return Number(job.metadata?.statistics?.totalBytesProcessed ?? 0);
  }

  // BigQuery calls a wrong query and a failing one both invalid: a dry run only fails on the first.
  async function isWrong(error: unknown, query: string): Promise<boolean> {
    if (describeFailure(error).reason !== 'invalidQuery') return false;
    return dryRunBytes(query).then(
      () => false,
      (failure) => describeFailure(failure).reason === 'invalidQuery',
    );
  }

  // A job is only sent again when BigQuery says that it failed: a commit must not happen twice.
  async function run(sql: string, read: boolean): Promise<JobResult> {
    const query = qualified(sql);
    for (let attempt = 1; ; attempt += 1) {
      try {
        const [job] = await client.createQueryJob(configuration(query));
        return await resultOf(job, read);
      } catch (error) {
        if (attempt >= jobAttempts || !(error instanceof FailedJob) || !isTransient(error.why)) {
          const why = error instanceof FailedJob ? error.why : error;
          throw toWarehouseError(why, sql, await isWrong(why, query));
        }
      }
      await sleep(firstRetryMs * 2 ** (attempt - 1));
    }
  }

  const stagingTable = (name: string) =>
    `${location.projectId}.${datasetId(location, stagingDataset)}.${name}_${session}`;

  const stageSql = (name: string, select: string) =>
    `CREATE OR REPLACE TABLE \`${stagingTable(name)}\`
OPTIONS(expiration_timestamp = TIMESTAMP_ADD(CURRENT_TIMESTAMP(), INTERVAL ${stagingHours} HOUR))
AS
${select}`;

  return {
    location: `bigquery://${location.projectId}${location.prefix === '' ? '' : `/${location.prefix}`}`,
    dialect: googlesqlDialect,
    query: async (sql) => {
      const { fields, rows } = await run(sql, true);
      return readRows(fields, rows);
    },
    stageSql,
    stage: async (name, select) => {
      await run(stageSql(name, select), false);
      staged.set(name, stagingTable(name));
    },
    dropStage: async (name) => {
      await run(`DROP TABLE IF EXISTS \`${stagingTable(name)}\``, false);
      staged.delete(name);
    },
    // A script that ends inside a transaction, by an error or a lost machine, is rolled back.
    commit: async (statements) => {
      if (statements.length === 0) return;
      const script = ['BEGIN TRANSACTION', ...statements, 'COMMIT TRANSACTION'];
      await run(`${script.join(';\n')};`, false);
    },
    createTables: async (tables) => {
      const datasets = [...new Set(tables.map(({ dataset }) => dataset))];
      for (const dataset of datasets) await createDataset(client, location, dataset);
      await run(`${tables.map(createTableStatement).join(';\n')};`, false);
    },
    define: async (statements) => {
      if (statements.length > 0) await run(`${statements.join(';\n')};`, false);
    },
    bytesOf: async (sql) => {
      const query = qualified(sql);
      return dryRunBytes(query).catch((error: unknown) => {
        throw toWarehouseError(error, sql, describeFailure(error).reason === 'invalidQuery');
      });
    },
    label: (given) => {
      labels = Object.fromEntries(
        Object.entries(given).map(([name, value]) => [name, labelText(value)]),
      );
    },
    exportRows: () =>
      Promise.reject(
        new WarehouseError(
          'surroundings',
          'rows cannot be exported from BigQuery; copy the dates to a DuckDB file and export from there',
        ),
      ),
    close: async () => {
      for (const name of [...staged.keys()]) {
        await run(`DROP TABLE IF EXISTS \`${stagingTable(name)}\``, false).catch(() => undefined);
      }
      staged.clear();
    },
  };
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

/** A job that ended without effect. */
class FailedJob extends Error {
  readonly why: unknown;

  constructor(why: unknown) {
    super('the job failed');
    this.why = why;
  }
}

/** Waits for a job. Where the answer is lost, the job itself says what became of it. */
async function resultOf(job: Job, read: boolean): Promise<JobResult> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return read ? await readResult(job) : await finish(job);
    } catch (error) {
      const [metadata] = await job.getMetadata();
      const { status } = metadata as JobMetadata;
      if (status?.state === 'DONE' && status.errorResult) throw new FailedJob(error);
      if (attempt >= jobAttempts || !isTransient(error)) throw error;
    }
    await sleep(firstRetryMs * 2 ** (attempt - 1));
  }
}

interface JobMetadata {
  readonly status?: { readonly state?: string; readonly errorResult?: object };
}

/** Waits for a job whose rows nobody needs. */
async function finish(job: Job): Promise<JobResult> {
  await job.getQueryResults({ maxResults: 0, autoPaginate: false, skipParsing: true });
  return { fields: [], rows: [] };
}

/** All rows of a job, page by page, as they are sent. */
async function readResult(job: Job): Promise<JobResult> {
  const rows: ResultRow[] = [];
  let pageToken: string | undefined;
  for (;;) {
    const [page, , response] = await job.getQueryResults({
      maxResults: pageRows,
      autoPaginate: false,
      skipParsing: true,
      ...(pageToken === undefined ? {} : { pageToken }),
    });
    rows.push(...(page as readonly ResultRow[]));
    pageToken = response?.pageToken ?? undefined;
    if (response?.jobComplete !== false && pageToken === undefined) {
      return { fields: (response?.schema?.fields ?? []) as readonly ResultField[], rows };
    }
  }
}

/** What may stand in a label: lower case, digits, `-` and `_`, at most 63. */
function labelText(value: string): string {
  return value
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '_')
    .slice(0, 63);
}
