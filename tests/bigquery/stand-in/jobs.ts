import { setTimeout as sleep } from 'node:timers/promises';
import type { Evaluated } from '../googlesql/googlesql-service.ts';
import { viewTable } from '../googlesql/information-schema.ts';
import type { Table } from '../googlesql/memory-database.ts';
import { JobError, stoppedError } from './job-error.ts';
import type { ScriptJob, ScriptResult } from './run-script.ts';

/** What jobs.insert says of a job. */
export interface JobRequest {
  readonly id: string;
  readonly location: string;
  readonly kind: 'QUERY' | 'LOAD';
  readonly sql: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly timeoutMs: number | undefined;
  readonly statementTimeoutMs: number | undefined;
}

export interface JobRecord {
  readonly request: JobRequest;
  /** Of a statement of a script: the job of the script. */
  readonly parentId: string | undefined;
  /** Seconds of the virtual clock. */
  readonly createdAt: number;
  /** Milliseconds since 1970. */
  readonly createdMs: number;
  /** Where the job stands on the virtual clock. */
  at: number;
  state: 'RUNNING' | 'DONE';
  error: JobError | undefined;
  rows: Evaluated | undefined;
  affected: number | undefined;
  readonly children: JobRecord[];
  done: Promise<void>;
  /** Asks it to end as soon as it can. */
  stop(why: string): void;
}

/** Comes between a job and the next statement that matches. */
export interface Interruption {
  readonly sql: RegExp;
  before(sql: string, job: ScriptJob): Promise<void>;
}

export interface Jobs {
  readonly interruptions: Set<Interruption>;
  start(request: JobRequest, work: (job: ScriptJob) => Promise<ScriptResult>): JobRecord;
  /** One that ended before it began. */
  failed(request: JobRequest, error: JobError): JobRecord;
  find(id: string): JobRecord | undefined;
  list(): readonly JobRecord[];
  /** A client has heard that a job is over: whatever it does next comes after that. */
  told(job: JobRecord): void;
  /** A question that is no job takes so many seconds. */
  pass(seconds: number): void;
  virtualSeconds(): number;
  statements(): number;
  /** Ends all that are left, for a stand-in that is closed. */
  close(): Promise<void>;
}

/** What INFORMATION_SCHEMA.JOBS is called here. */
export const jobsView = 'jobs_of_the_project';

/** Seconds that every job takes for itself. */
const jobSeconds = 1;

/** @param msPerSecond real milliseconds that a second of the virtual clock takes. */
export function makeJobs(msPerSecond: () => number): Jobs {
  const records = new Map<string, JobRecord>();
  const interruptions = new Set<Interruption>();
  let clock = 0;
  let statements = 0;

  function record(request: JobRequest, parentId?: string): JobRecord {
    const made: JobRecord = {
      request,
      parentId,
      createdAt: clock,
      createdMs: Date.now(),
      at: clock,
      state: 'RUNNING',
      error: undefined,
      rows: undefined,
      affected: undefined,
      children: [],
      done: Promise.resolve(),
      stop: () => {},
    };
    records.set(request.id, made);
    return made;
  }

  /** The statements that a job begins, each of which a script tells as a job of its own. */
  function begin(own: JobRecord, sql: string): void {
    statements += 1;
    const { request } = own;
    const id = `script_job_${request.id}_${own.children.length}`;
    const child = record({ ...request, id, sql }, request.id);
    child.state = 'DONE';
    own.children.push(child);
  }

  function start(request: JobRequest, work: (job: ScriptJob) => Promise<ScriptResult>): JobRecord {
    const own = record(request);
    const stop = new AbortController();
    let why: string | undefined;
    let statementBegan = own.at;
    own.stop = (reason) => {
      why ??= reason;
      stop.abort();
    };
    const check = () => {
      if (why !== undefined) throw stoppedError(why);
    };
    const { timeoutMs, statementTimeoutMs } = request;
    const job: ScriptJob = {
      location: request.location,
      now: () => own.at,
      pass: async (seconds) => {
        check();
        own.at += seconds;
        if (timeoutMs !== undefined && (own.at - own.createdAt) * 1000 > timeoutMs) {
          throw stoppedError(`Job timed out after ${timeoutMs / 1000}s`);
        }
        if (
          statementTimeoutMs !== undefined &&
          (own.at - statementBegan) * 1000 > statementTimeoutMs
        ) {
          throw stoppedError(`Job timed out after ${statementTimeoutMs / 1000}s`);
        }
        const ms = seconds * msPerSecond();
        if (ms >= 1) await sleep(ms, undefined, { signal: stop.signal }).catch(() => undefined);
        check();
      },
      begins: async (sql) => {
        begin(own, sql);
        statementBegan = own.at;
        for (const interruption of interruptions) {
          if (!interruption.sql.test(sql)) continue;
          const isStopped = new Promise<void>((resolve) => {
            stop.signal.addEventListener('abort', () => resolve(), { once: true });
          });
          await Promise.race([interruption.before(sql, job), isStopped]);
        }
        check();
      },
      extra: (sql) => (sql.includes(jobsView) ? new Map([[jobsView, jobsTable()]]) : new Map()),
    };
    own.done = (async () => {
      try {
        await job.pass(jobSeconds);
        const { rows, affected } = await work(job);
        own.rows = rows;
        own.affected = affected;
      } catch (error) {
        own.error =
          error instanceof JobError
            ? error
            : new JobError(500, 'standInBug', String(error instanceof Error ? error.stack : error));
      } finally {
        own.state = 'DONE';
      }
    })();
    return own;
  }

  function jobsTable(): Table {
    return viewTable(
      [
        ...['job_id', 'parent_job_id', 'job_type', 'statement_type', 'state', 'query'],
        ...['creation_time:TIMESTAMP', 'start_time:TIMESTAMP', 'end_time:TIMESTAMP'],
        ...['total_slot_ms:INT64', 'total_bytes_billed:INT64'],
      ],
      [...records.values()].map((job) => {
        const { id, kind, sql } = job.request;
        const endMs = job.createdMs + Math.round((job.at - job.createdAt) * 1000);
        const end = job.state === 'DONE' ? endMs : undefined;
        return [
          ...[id, job.parentId, kind, statementType(job), job.state, sql],
          ...[job.createdMs, job.createdMs, end, 0, 0],
        ];
      }),
    );
  }

  return {
    interruptions,
    start,
    failed: (request, error) => {
      const made = record(request);
      made.state = 'DONE';
      made.error = error;
      return made;
    },
    find: (id) => records.get(id),
    list: () => [...records.values()],
    told: ({ at }) => {
      clock = Math.max(clock, at);
    },
    pass: (seconds) => {
      clock += seconds;
    },
    virtualSeconds: () => clock,
    statements: () => statements,
    close: async () => {
      const left = [...records.values()].filter(({ state }) => state === 'RUNNING');
      for (const job of left) job.stop('the stand-in is closed');
      await Promise.all(left.map(({ done }) => done));
    },
  };
}

/** As INFORMATION_SCHEMA.JOBS calls what a job does. */
function statementType({ request, children }: JobRecord): string | undefined {
  const { kind, sql } = request;
  if (kind === 'LOAD') return undefined;
  if (children.length > 1) return 'SCRIPT';
  const [words = ''] =
    /^\s*(?:CREATE|DROP|ALTER|BEGIN|COMMIT|ROLLBACK)\b[\s\w]*?\b(?:TABLE|TRANSACTION)\b|^\s*\w+/i.exec(
      sql,
    ) ?? [];
  const name = words
    .trim()
    .toUpperCase()
    .replace(/ OR REPLACE| TEMP(ORARY)?/g, '')
    .replace(/\s+/g, '_');
  if (name === 'CREATE_TABLE' && /\bAS\s+(SELECT|WITH)\b/i.test(sql))
    return 'CREATE_TABLE_AS_SELECT';
  return name === 'WITH' ? 'SELECT' : name;
}
