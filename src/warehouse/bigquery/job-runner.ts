import { setTimeout as sleep } from 'node:timers/promises';
import type { BigQuery, Job } from '@google-cloud/bigquery';
import type { BigQueryLocation } from './connect.ts';
import { describeFailure, isTransient, toWarehouseError } from './errors.ts';
import type { ResultField, ResultRow } from './read-rows.ts';
import { firstRetryMs, jobAttempts, pageRows, pollMs } from './settings.ts';

/** Some rows of a result, as they are sent. */
export interface ResultPage {
  readonly fields: readonly ResultField[];
  readonly rows: readonly ResultRow[];
}

/** A local file of rows, and the table that is to hold nothing else. */
export interface LoadRequest {
  readonly path: string;
  readonly dataset: string;
  readonly table: string;
  readonly fields: readonly LoadField[];
}

/** A column as a load job takes it. */
export interface LoadField {
  readonly name: string;
  readonly type: string;
  readonly mode: 'NULLABLE' | 'REPEATED';
}

/** Sends jobs, waits for them, and sends again only what BigQuery itself says has failed in passing. */
export interface JobRunner {
  /** Carries out a statement or script whose rows nobody needs. @throws WarehouseError */
  run(sql: string): Promise<void>;
  /** Hands over the rows of a query page by page. @throws WarehouseError */
  read(sql: string, take: (page: ResultPage) => void | Promise<void>): Promise<void>;
  /** Bytes that a query would read, by a dry run, which costs nothing. @throws WarehouseError */
  bytesOf(sql: string): Promise<number>;
  /** Replaces the rows of a table by those of a file, with a load job. @throws WarehouseError */
  load(request: LoadRequest): Promise<void>;
  /** What the jobs to come belong to. */
  label(labels: Readonly<Record<string, string>>): void;
}

/** @param maxBytes most bytes that one job may be billed for; `undefined` for no limit. */
export function makeJobRunner(
  client: BigQuery,
  { region }: BigQueryLocation,
  maxBytes: number | undefined,
): JobRunner {
  let labels: Readonly<Record<string, string>> = {};

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
  async function send<T>(query: string, end: (job: Job) => Promise<T>): Promise<T> {
    try {
      return await retrying(
        async () => {
          const [job] = await client.createQueryJob(configuration(query));
          return await end(job);
        },
        (error) => error instanceof FailedJob && isTransient(error.why),
      );
    } catch (error) {
      const why = causeOf(error);
      throw toWarehouseError(why, query, await isWrong(why, query));
    }
  }

  // The rows replace whatever is there, so a load whose answer was lost may simply be sent again.
  async function load({ path, dataset, table, fields }: LoadRequest): Promise<void> {
    const { run = 'none', table: about = table } = labels;
    const target = client.dataset(dataset).table(table, { location: region });
    try {
      await retrying(
        async () => {
          const [job] = await target.createLoadJob(path, {
            sourceFormat: 'NEWLINE_DELIMITED_JSON',
            writeDisposition: 'WRITE_TRUNCATE',
            schema: { fields: [...fields] },
            // The client sends no labels with a file: the name of the job says what it belongs to.
            jobPrefix: `backcourt_${run}_${about}_`,
          });
          await loaded(job);
        },
        (error) => isTransient(causeOf(error)),
      );
    } catch (error) {
      throw toWarehouseError(causeOf(error));
    }
  }

  return {
    run: (sql) => send(sql, finish),
    read: (sql, take) => send(sql, (job) => readPages(job, take)),
    bytesOf: async (sql) =>
      dryRunBytes(sql).catch((error: unknown) => {
        throw toWarehouseError(error, sql, describeFailure(error).reason === 'invalidQuery');
      }),
    load,
    label: (given) => {
      labels = Object.fromEntries(
        Object.entries(given).map(([name, value]) => [name, labelText(value)]),
      );
    },
  };
}

/** A job that ended without effect. */
class FailedJob extends Error {
  readonly why: unknown;

  constructor(why: unknown) {
    super('the job failed');
    this.why = why;
  }
}

function causeOf(error: unknown): unknown {
  return error instanceof FailedJob ? error.why : error;
}

/** Works until it succeeds, waiting longer each time. @throws the error that is not to be tried again, or the last. */
async function retrying<T>(
  work: () => Promise<T>,
  isWorthIt: (error: unknown) => boolean,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= jobAttempts || !isWorthIt(error)) throw error;
    }
    await sleep(firstRetryMs * 2 ** (attempt - 1));
  }
}

interface JobStatus {
  readonly state?: string;
  readonly errorResult?: object;
}

async function statusOf(job: Job): Promise<JobStatus> {
  const [metadata] = await job.getMetadata();
  return (metadata as { readonly status?: JobStatus }).status ?? {};
}

/** Asks a job for something. Where the answer is lost, the job itself says what became of it. */
async function ask<T>(job: Job, question: () => Promise<T>): Promise<T> {
  const answered = async () => {
    try {
      return await question();
    } catch (error) {
      const status = await statusOf(job);
      if (status.state === 'DONE' && status.errorResult) throw new FailedJob(error);
      throw error;
    }
  };
  return retrying(answered, (error) => !(error instanceof FailedJob) && isTransient(error));
}

/** Waits for a load job, which has no rows to ask for. */
async function loaded(job: Job): Promise<void> {
  for (;;) {
    const { state, errorResult } = await statusOf(job);
    if (state === 'DONE' && errorResult) throw new FailedJob(errorResult);
    if (state === 'DONE') return;
    await sleep(pollMs);
  }
}

async function finish(job: Job): Promise<void> {
  await ask(job, () => pageOf(job, 0, undefined));
}

/** All rows of a job in their order; a page whose answer is lost is asked for again by itself. */
async function readPages(job: Job, take: (page: ResultPage) => void | Promise<void>) {
  let pageToken: string | undefined;
  for (;;) {
    const [page, , response] = await ask(job, () => pageOf(job, pageRows, pageToken));
    await take({
      fields: (response?.schema?.fields ?? []) as readonly ResultField[],
      rows: page as readonly ResultRow[],
    });
    pageToken = response?.pageToken ?? undefined;
    if (response?.jobComplete !== false && pageToken === undefined) return;
  }
}

function pageOf(job: Job, maxResults: number, pageToken: string | undefined) {
  return job.getQueryResults({
    maxResults,
    autoPaginate: false,
    skipParsing: true,
    ...(pageToken === undefined ? {} : { pageToken }),
  });
}

/** What may stand in a label: lower case, digits, `-` and `_`, at most 63. */
function labelText(value: string): string {
  return value
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '_')
    .slice(0, 63);
}
