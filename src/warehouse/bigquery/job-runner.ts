import type { BigQuery, Job } from '@google-cloud/bigquery';
import { WarehouseError } from '../warehouse.ts';
import type { BigQueryLocation } from './connect.ts';
import {
  describeFailure,
  hasFailedInPassing,
  isConflict,
  isDuplicate,
  mayBeAskedAgain,
  toWarehouseError,
} from './errors.ts';
import { failureRules } from './failure-rules.ts';
import {
  type AskJob,
  causeOf,
  FailedJob,
  finish,
  type JobStatus,
  loaded,
  type ResultPage,
  readPages,
} from './job-results.ts';
import { labelText } from './label-text.ts';
import { retrying } from './retrying.ts';
import {
  cancelWaitMs,
  conflictBackoff,
  firstContactBackoff,
  jobTimeoutMs,
  mostQueryCharacters,
  passingBackoff,
  pollMs,
  statementTimeoutMs,
} from './settings.ts';
import type { Timing } from './timing.ts';

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

/** The text of a job, which may hold the id of the job itself. */
export type JobText = string | ((jobId: string) => string);

/**
 * Sends jobs under names of its own, waits until they are done, and sends again only what BigQuery
 * itself says has had no effect.
 */
export interface JobRunner {
  /** Carries out a statement or script whose rows nobody needs. @throws WarehouseError */
  run(sql: JobText): Promise<void>;
  /** Hands over the rows of a query page by page. @throws WarehouseError */
  read(sql: JobText, take: (page: ResultPage) => void | Promise<void>): Promise<void>;
  /** Bytes that a query would read, by a dry run, which costs nothing. @throws WarehouseError */
  bytesOf(sql: string): Promise<number>;
  /** Replaces the rows of a table by those of a file, with a load job. @throws WarehouseError */
  load(request: LoadRequest): Promise<void>;
  /** A request that is no job and may be sent twice. @throws WarehouseError */
  request<T>(work: () => Promise<T>): Promise<T>;
  /** What the jobs to come belong to. */
  label(labels: Readonly<Record<string, string>>): void;
  /** The run that the jobs belong to; the session where there is none. */
  holder(): string;
  /** Cancels what is still running, and waits some seconds for its end; no other job is begun. */
  cancel(): Promise<void>;
}

export interface JobRunnerRequest {
  readonly client: BigQuery;
  readonly location: BigQueryLocation;
  /** Most bytes that one job may be billed for; `undefined` for no limit. */
  readonly maxBytes: number | undefined;
  readonly session: string;
  /** Labels of a job that is sent now. */
  readonly labels: () => Readonly<Record<string, string>>;
  readonly timing: Timing;
}

/** Makes the job runner of one process, whose jobs carry its `session` in their names. */
export function makeJobRunner(request: JobRunnerRequest): JobRunner {
  const { client, location, maxBytes, session, timing } = request;
  const inFlight = new Set<Job>();
  let about: Readonly<Record<string, string>> = {};
  let sent = 0;
  let isAnswered = false;
  let isLeaving = false;

  const holder = () => about['run'] ?? session;
  const passing = () => (isAnswered ? passingBackoff : firstContactBackoff);
  const patiently: AskJob['patiently'] = async (question) => {
    const answer = await retrying(timing, question, (error) =>
      mayBeAskedAgain(error) ? passing() : undefined,
    );
    isAnswered = true;
    return answer;
  };
  const ask: AskJob = { patiently, sleep: timing.sleep };

  // The name of a job tells whose it is, so that whoever finds it running later can cancel it.
  function newJob(): Job {
    if (isLeaving) {
      throw new WarehouseError('surroundings', 'the process is leaving, and begins no other job');
    }
    sent += 1;
    const parts = ['backcourt', holder(), session, about['table'] ?? 'warehouse', String(sent)];
    return client.job(parts.map(jobNamePart).join('_'), { location: location.region });
  }

  const configuration = (query: string) => ({
    query,
    useLegacySql: false,
    labels: Object.fromEntries(
      Object.entries({ ...request.labels(), ...about }).map(([name, value]) => [
        name,
        labelText(value),
      ]),
    ),
    ...(maxBytes === undefined ? {} : { maximumBytesBilled: String(maxBytes) }),
  });

  const limits = {
    jobTimeoutMs,
    scriptOptions: { statementTimeoutMs: String(statementTimeoutMs) },
  };

  async function dryRunBytes(query: string): Promise<number> {
    const [job] = await patiently(() =>
      client.createQueryJob({ ...configuration(query), dryRun: true }),
    );
    return Number(job.metadata?.statistics?.totalBytesProcessed ?? 0);
  }

  // BigQuery calls a wrong query and a failing one both invalid: a dry run only fails on the first.
  async function isWrong(error: unknown, query: string): Promise<boolean> {
    const failure = describeFailure(error);
    if (failure.reason !== 'invalidQuery') return false;
    if (failureRules.some(({ matches }) => matches(failure))) return false;
    return dryRunBytes(query).then(
      () => false,
      (wrong) => describeFailure(wrong).reason === 'invalidQuery',
    );
  }

  /** Begins a job once, however often the request has to be repeated, and waits for its end. */
  async function carryOut<T>(
    create: (job: Job) => Promise<unknown>,
    end: (job: Job) => Promise<T>,
  ): Promise<T> {
    return retrying(
      timing,
      async () => {
        const job = newJob();
        let isBegun = false;
        inFlight.add(job);
        try {
          await patiently(() => create(job).catch(throwUnlessBegun));
          isBegun = true;
          const result = await end(job);
          inFlight.delete(job);
          return result;
        } catch (error) {
          // Without an answer nobody knows whether it runs, and one that has begun may go on.
          const isRefused = !isBegun && !mayBeAskedAgain(error);
          if (isRefused || error instanceof FailedJob) inFlight.delete(job);
          throw error;
        }
      },
      backoffOf,
    );
  }

  function backoffOf(error: unknown) {
    const why = causeOf(error);
    // A job is sent again only when BigQuery itself has refused or failed it: a commit must not happen twice.
    if (!(error instanceof FailedJob) && mayBeAskedAgain(error)) return undefined;
    if (isConflict(why)) return conflictBackoff;
    return hasFailedInPassing(why) ? passing() : undefined;
  }

  async function send<T>(text: JobText, end: (job: Job) => Promise<T>): Promise<T> {
    let query = '';
    const create = (job: Job) => {
      query = typeof text === 'string' ? text : text(job.id ?? '');
      refuseTooLong(query);
      return client.createQueryJob({ ...configuration(query), ...limits, jobId: job.id ?? '' });
    };
    try {
      return await carryOut(create, end);
    } catch (error) {
      const why = causeOf(error);
      throw toWarehouseError(why, query, await isWrong(why, query));
    }
  }

  async function load({ path, dataset, table, fields }: LoadRequest): Promise<void> {
    const target = client.dataset(dataset).table(table, { location: location.region });
    // The client sends no labels with a file: the name of the job says what it belongs to.
    const create = (job: Job) =>
      target.createLoadJob(path, {
        sourceFormat: 'NEWLINE_DELIMITED_JSON',
        writeDisposition: 'WRITE_TRUNCATE',
        schema: { fields: [...fields] },
        jobId: job.id ?? '',
      });
    try {
      await carryOut(create, (job) => loaded(job, ask));
    } catch (error) {
      throw toWarehouseError(causeOf(error));
    }
  }

  async function cancel(): Promise<void> {
    isLeaving = true;
    const running = [...inFlight];
    inFlight.clear();
    const ended = running.map(async (job) => {
      await job.cancel();
      for (let waited = 0; waited < cancelWaitMs; waited += pollMs) {
        const [metadata] = await job.getMetadata();
        if ((metadata as { readonly status?: JobStatus }).status?.state === 'DONE') return;
        await timing.sleep(pollMs);
      }
    });
    // What cannot be cancelled ends by its own time limit.
    await Promise.allSettled(ended);
  }

  return {
    run: (sql) => send(sql, (job) => finish(job, ask)),
    read: (sql, take) => send(sql, (job) => readPages(job, ask, take)),
    bytesOf: async (sql) =>
      dryRunBytes(sql).catch((error: unknown) => {
        throw toWarehouseError(error, sql, describeFailure(error).reason === 'invalidQuery');
      }),
    load,
    request: (work) =>
      patiently(work).catch((error: unknown) => {
        throw toWarehouseError(error);
      }),
    label: (given) => {
      about = given;
    },
    holder,
    cancel,
  };
}

/** The request was refused; unless the job is there all the same, from this attempt or one before. */
function throwUnlessBegun(error: unknown): void {
  if (isDuplicate(error)) return;
  const { response } = error as { readonly response?: { readonly status?: JobStatus } };
  const status = response?.status;
  if (typeof status !== 'object') throw error;
  if (status.errorResult) throw new FailedJob(status.errorResult);
}

/** @throws WarehouseError `oversized` before anything is sent. */
function refuseTooLong(query: string): void {
  if (query.length <= mostQueryCharacters) return;
  throw new WarehouseError(
    'oversized',
    `a text of ${query.length.toLocaleString('en-US')} characters is longer than BigQuery takes (${mostQueryCharacters.toLocaleString('en-US')}); take fewer dates at a time with --batch-days`,
  );
}

/** What may stand in the name of a job. */
function jobNamePart(text: string): string {
  return text.replace(/[^A-Za-z0-9-]/g, '-');
}
