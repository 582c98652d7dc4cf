import { setTimeout as sleep } from 'node:timers/promises';
import { billedBytes, scannedBytes } from '../googlesql/prune.ts';
import { defaultLocation } from './datasets.ts';
import type { Fault, Faults } from './faults.ts';
import { JobError } from './job-error.ts';
import { type JobRecord, type JobRequest, type Jobs, jobsView } from './jobs.ts';
import { refuseJob } from './limits.ts';
import { loadRows } from './load-rows.ts';
import type { Body, JobConfiguration, Request } from './read-request.ts';
import { refuseRows } from './refuse-rows.ts';
import { jobResource } from './resources.ts';
import { type PageRequest, resultMessage } from './result-message.ts';
import { runScript, type ScriptJob, type ScriptResult, type Shared } from './run-script.ts';

/** A job as the stand-in has seen it. */
export interface SeenJob {
  /** Of a load job `LOAD` and its table. */
  readonly sql: string;
  readonly jobId: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly dryRun: boolean;
  /** What the tables it names hold of what it can see, and 10 MB for each at least. */
  readonly billed: number;
}

/** The calls about jobs. Each answers as the service would. @throws JobError, BrokenConnection */
export interface JobsApi {
  readonly seen: readonly SeenJob[];
  insert(request: Request): Promise<object>;
  query(body: Body): Promise<object>;
  results(id: string, query: URLSearchParams): Promise<object>;
  get(id: string): Promise<object>;
  list(query: URLSearchParams): object;
  cancel(id: string): object;
  onJob(sql: RegExp, happens: (sql: string) => Promise<void>): void;
  isBroken(): boolean;
  heal(): void;
}

export class BrokenConnection extends Error {}

/** A real question waits 10 s unless it says otherwise; here at most so many milliseconds. */
const answerWithinMs = 40;
const usualTimeoutMs = 10_000;
/** So often an answer comes late although the job is done. */
const lateShare = 0.25;
const pageBytes = 10 * 2 ** 20;
const usualRows = 100_000;
const loadSeconds = 2;

export function makeJobsApi(shared: Shared, jobs: Jobs, faults: Faults): JobsApi {
  const { projectId, database, random } = shared;
  const seen: SeenJob[] = [];
  const hooks: { readonly sql: RegExp; readonly happens: (sql: string) => Promise<void> }[] = [];
  const lostAnswers = new Set<string>();
  const pollFaults = new Map<string, Fault['happens']>();
  let broken = false;

  const find = (id: string): JobRecord => {
    const job = jobs.find(id);
    if (!job) throw new JobError(404, 'notFound', `Not found: Job ${projectId}:${id}`);
    return job;
  };

  /** Work with what goes wrong before and after it. */
  async function disturbed(
    request: JobRequest,
    fault: Fault['happens'] | undefined,
    work: () => Promise<ScriptResult>,
  ): Promise<ScriptResult> {
    if (fault?.kind === 'answer') throw errorFrom(fault);
    if (fault?.kind === 'break' && fault.when === 'before') {
      broken = true;
      throw new JobError(503, 'backendError', 'the connection is broken');
    }
    const result = await work();
    const hook = hooks.findIndex((candidate) => candidate.sql.test(request.sql));
    if (hook >= 0) await hooks.splice(hook, 1)[0]?.happens(request.sql);
    if (fault?.kind === 'lostAnswer') lostAnswers.add(request.id);
    if (fault?.kind === 'break') broken = true;
    return result;
  }

  function insert(request: Request): Promise<object> {
    return insertJob(request.body, request.file);
  }

  async function insertJob(body: Body, file: Buffer | undefined): Promise<object> {
    const configuration = body.configuration ?? {};
    const request = jobRequest(body, configuration);
    const { id, sql, labels } = request;
    const { dryRun = false, query = {}, load } = configuration;
    if (shared.rules().limits) {
      const { maximumBytesBilled } = query;
      refuseJob({ jobId: id, sql: query.query ?? '', labels, maximumBytesBilled });
    }
    if (jobs.find(id) && shared.rules().jobIds) {
      throw new JobError(409, 'duplicate', `Already Exists: Job ${projectId}:${id}`);
    }
    const billed = load
      ? 0
      : billedBytes(sql, database.tables()).reduce((sum, bytes) => sum + bytes, 0);
    seen.push({ sql, jobId: id, labels, dryRun, billed });
    if (dryRun) return dry(request);
    const fault = faults.take(sql);
    if (fault?.kind === 'refused') throw errorFrom(fault);
    if (fault?.kind === 'reset' && fault.at === 'insert') throw new BrokenConnection();
    if (fault?.kind === 'failedAtOnce') {
      return jobResource(projectId, jobs.failed(request, errorFrom(fault)));
    }
    if (fault?.kind === 'pollFails' || fault?.kind === 'reset') pollFaults.set(id, fault);
    const work = load
      ? (job: ScriptJob) => loadFile(job, load, file)
      : (job: ScriptJob) => runQuery(job, sql, query.maximumBytesBilled);
    const job = jobs.start(request, (own) => disturbed(request, fault, () => work(own)));
    if (fault?.kind === 'insertLost')
      throw new JobError(
        503,
        'backendError',
        'Error encountered during execution. Retrying may solve the problem.',
      );
    return jobResource(projectId, job);
  }

  function jobRequest(
    body: Body,
    { query, load, labels = {}, jobTimeoutMs }: JobConfiguration,
  ): JobRequest {
    const { datasetId = '', tableId } = load?.destinationTable ?? {};
    const statementMs = query?.scriptOptions?.statementTimeoutMs;
    return {
      id: body.jobReference?.jobId ?? `job_${jobs.list().length}_${random.below(2 ** 30)}`,
      location:
        body.jobReference?.location ??
        (load && (load.location ?? shared.datasets.find(datasetId)?.location)) ??
        defaultLocation,
      kind: load ? 'LOAD' : 'QUERY',
      sql: load ? `LOAD ${datasetId}.${tableId}` : plainNames(projectId, query?.query ?? ''),
      labels,
      timeoutMs: jobTimeoutMs === undefined ? undefined : Number(jobTimeoutMs),
      statementTimeoutMs: statementMs === undefined ? undefined : Number(statementMs),
    };
  }

  async function loadFile(
    job: ScriptJob,
    load: NonNullable<JobConfiguration['load']>,
    file: Buffer | undefined,
  ): Promise<ScriptResult> {
    if (!file) throw new JobError(400, 'invalid', 'a load job without a file');
    const { datasetId, tableId } = load.destinationTable ?? {};
    const name = `${datasetId}.${tableId}`;
    await job.pass(loadSeconds);
    if (shared.rules().locations) shared.datasets.refuseElsewhere(name, job.location);
    await shared.scheduler.turn(async () => {
      const known = database.tables().get(name);
      if (shared.rules().limits) {
        shared.quotas.metadata(name, 'replaces', known?.partition !== undefined, job.now());
      }
      const before = database.snapshot();
      loadRows(database, load, file);
      const table = database.tables().get(name);
      try {
        if (table)
          refuseRows(
            shared.rules(),
            name,
            { ...table, rows: [] },
            { removed: new Set(), added: table.rows },
          );
      } catch (error) {
        database.restore(before);
        throw error;
      }
    });
    return { rows: undefined, affected: undefined };
  }

  async function runQuery(job: ScriptJob, sql: string, maximumBytes: string | undefined) {
    const most = Number(maximumBytes);
    // Whether the limit is one of the script or of each statement is not documented.
    if (
      maximumBytes !== undefined &&
      billedBytes(sql, database.tables()).some((bytes) => bytes > most)
    ) {
      const message = `Query exceeded limit for bytes billed: ${maximumBytes}.`;
      throw new JobError(400, 'bytesBilledLimitExceeded', message);
    }
    return runScript(shared, job, sql);
  }

  /** A query is analyzed; of a script, BigQuery too checks little before it runs. */
  async function dry({ id: jobId, sql, location }: JobRequest): Promise<object> {
    jobs.pass(1);
    if (shared.rules().locations) shared.datasets.refuseElsewhere(sql, location);
    if (/^\s*(SELECT|WITH)\b/.test(sql)) {
      await database.analyze(sql).catch((error: unknown) => {
        throw new JobError(400, 'invalidQuery', error instanceof Error ? error.message : '');
      });
    }
    const totalBytesProcessed = String(scannedBytes(sql, database.tables()));
    const jobReference = { projectId, jobId, location };
    return { jobReference, status: { state: 'DONE' }, statistics: { totalBytesProcessed } };
  }

  /** Waits for a job no longer than the time that was asked for, and perhaps less. */
  async function isAnswered(job: JobRecord, timeoutMs: number): Promise<boolean> {
    if (!shared.rules().lateAnswers) {
      await job.done;
      return true;
    }
    if (random.next() < lateShare) return false;
    const within = Math.min(1, timeoutMs / usualTimeoutMs) * answerWithinMs * random.next();
    await Promise.race([job.done, sleep(within)]);
    return job.state === 'DONE';
  }

  async function results(id: string, query: URLSearchParams): Promise<object> {
    const job = find(id);
    const location = query.get('location');
    if (
      location &&
      shared.rules().locations &&
      location.toUpperCase() !== job.request.location.toUpperCase()
    ) {
      throw new JobError(404, 'notFound', `Not found: Job ${projectId}:${location}.${id}`);
    }
    const isDone = await isAnswered(job, Number(query.get('timeoutMs') ?? usualTimeoutMs));
    if (broken) throw new BrokenConnection();
    const fault = pollFaults.get(id);
    pollFaults.delete(id);
    if (fault?.kind === 'reset') throw new BrokenConnection();
    if (fault?.kind === 'pollFails') throw errorFrom(fault);
    if (!isDone) return lateAnswer(job);
    return answerOf(job, {
      from: Number(query.get('pageToken') ?? 0),
      count: Number(query.get('maxResults') ?? usualRows),
      mostBytes: shared.rules().pages ? pageBytes : Number.POSITIVE_INFINITY,
      wholeMicros:
        !shared.rules().timestamps || query.get('formatOptions.useInt64Timestamp') === 'true',
    });
  }

  const reference = ({ request: { id: jobId, location } }: JobRecord) => ({
    jobReference: { projectId, jobId, location },
  });
  const lateAnswer = (job: JobRecord) => ({ jobComplete: false, ...reference(job) });

  function answerOf(job: JobRecord, page: PageRequest): object {
    jobs.told(job);
    if (job.error) throw job.error;
    if (lostAnswers.delete(job.request.id))
      throw new JobError(503, 'backendError', 'Service unavailable');
    return {
      jobComplete: true,
      ...reference(job),
      ...resultMessage(job.rows ?? { columns: [], rows: [] }, page),
      ...(job.affected !== undefined && { numDmlAffectedRows: String(job.affected) }),
    };
  }

  async function query(body: Body): Promise<object> {
    const { query: sql = '', labels = {}, dryRun = false, maximumBytesBilled, timeoutMs } = body;
    const jobId = `job_${body.requestId ?? random.below(2 ** 30)}`;
    const known = jobs.find(jobId);
    const inner = { query: sql, ...(maximumBytesBilled !== undefined && { maximumBytesBilled }) };
    const configuration = { dryRun, labels, query: inner };
    const answer = known
      ? {}
      : await insertJob({ jobReference: { jobId }, configuration }, undefined);
    if (dryRun) return { ...answer, jobComplete: true };
    const job = find(jobId);
    if (!(await isAnswered(job, timeoutMs ?? usualTimeoutMs))) return lateAnswer(job);
    return answerOf(job, {
      from: 0,
      count: body.maxResults ?? usualRows,
      mostBytes: shared.rules().pages ? pageBytes : Number.POSITIVE_INFINITY,
      wholeMicros: !shared.rules().timestamps || body.formatOptions?.useInt64Timestamp === true,
    });
  }

  return {
    seen,
    insert,
    query,
    results,
    get: async (id) => {
      const job = find(id);
      if (job.state === 'DONE') jobs.told(job);
      if (broken) throw new BrokenConnection();
      return jobResource(projectId, job);
    },
    list: (asked) => {
      const states = asked.getAll('stateFilter').map((state) => state.toUpperCase());
      const parent = asked.get('parentJobId') ?? undefined;
      const from = Number(asked.get('minCreationTime') ?? 0);
      const isFull = asked.get('projection') === 'full';
      const found = jobs
        .list()
        .filter(({ parentId }) => parentId === parent)
        .filter(({ state }) => states.length === 0 || states.includes(state))
        .filter(({ createdMs }) => createdMs >= from);
      return { jobs: found.reverse().map((job) => jobResource(projectId, job, isFull)) };
    },
    cancel: (id) => {
      const job = find(id);
      job.stop('User requested cancellation');
      return { kind: 'bigquery#jobCancelResponse', job: jobResource(projectId, job) };
    },
    onJob: (sql, happens) => void hooks.push({ sql, happens }),
    isBroken: () => broken,
    heal: () => {
      broken = false;
    },
  };
}

function errorFrom({
  status,
  reason,
  message,
}: {
  readonly status: number;
  readonly reason: string;
  readonly message: string;
}): JobError {
  return new JobError(status, reason, message);
}

const jobsViewName =
  /(?:`?[\w-]{1,64}`?\.)?`?region-[\w-]{1,64}`?\.`?INFORMATION_SCHEMA`?\.JOBS(?:_BY_PROJECT|_BY_USER)?\b`?/gi;

/** Names as the tables in memory have them: without project and quotes. */
function plainNames(projectId: string, sql: string): string {
  const named = sql.includes('INFORMATION_SCHEMA') ? sql.replace(jobsViewName, jobsView) : sql;
  return named
    .replaceAll(new RegExp(`\`${projectId}\\.([\\w.]+)\``, 'g'), '$1')
    .replaceAll(`\`${projectId}\`.`, '');
}
