/**
 * A stand-in for the part of BigQuery's REST interface (v2) that the official client uses here:
 * datasets, tables, query jobs with their results, dry runs, scripts, and load jobs with the file that
 * comes along, on the loopback address.
 * GoogleSQL analyzes and evaluates every statement, the tables stand in memory. It is no BigQuery:
 * time, quotas, slots and prices are not BigQuery's, and a fault happens because a test asks for it.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Evaluated } from '../googlesql/googlesql-service.ts';
import type { MemoryDatabase } from '../googlesql/memory-database.ts';
import { billedBytes, scannedBytes } from '../googlesql/prune.ts';
import { JobError } from './job-error.ts';
import { type LoadConfiguration, loadRows } from './load-rows.ts';
import { splitUpload } from './multipart.ts';
import { resultMessage } from './result-message.ts';
import { runScript } from './run-script.ts';

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

/** Something that goes wrong with the next jobs whose SQL matches. */
export interface Fault {
  readonly sql: RegExp;
  readonly times: number;
  /** How many of these jobs pass before it happens; none unless given. */
  readonly skip?: number;
  readonly happens:
    | {
        readonly kind: 'answer';
        readonly status: number;
        readonly reason: string;
        readonly message: string;
      }
    /** The work is done, but the answer that says so is lost once. */
    | { readonly kind: 'lostAnswer' }
    /** The connection breaks, before or after the work was done, and every later one with it. */
    | { readonly kind: 'break'; readonly when: 'before' | 'after' };
}

export interface BigQueryStandIn {
  readonly url: string;
  readonly jobs: readonly SeenJob[];
  inject(fault: Fault): void;
  /** Does something once, when a job whose SQL matches has done its work. */
  onJob(sql: RegExp, happens: (sql: string) => Promise<void>): void;
  /** Forgets all faults, and answers again. */
  heal(): void;
  /** From now on nobody's token is good any more. */
  expireTokens(): void;
  close(): Promise<void>;
}

interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: JobBody;
  /** What an upload brings along. */
  readonly file: Buffer | undefined;
}

interface JobBody {
  readonly jobReference?: { readonly jobId?: string };
  readonly datasetReference?: { readonly datasetId?: string };
  readonly configuration?: {
    readonly dryRun?: boolean;
    readonly labels?: Readonly<Record<string, string>>;
    readonly query?: { readonly query?: string; readonly maximumBytesBilled?: string };
    readonly load?: LoadConfiguration;
  };
}

interface JobState {
  readonly result: Promise<Evaluated | undefined>;
}

class BrokenConnection extends Error {}

/** Starts it on a free port; the caller closes it. */
export async function startBigQueryStandIn(
  projectId: string,
  database: MemoryDatabase,
): Promise<BigQueryStandIn> {
  const seen: SeenJob[] = [];
  const jobs = new Map<string, JobState>();
  const datasets = new Set<string>();
  const lostAnswers = new Set<string>();
  let faults: { fault: Fault; left: number; skip: number }[] = [];
  const hooks: { readonly sql: RegExp; readonly happens: (sql: string) => Promise<void> }[] = [];
  let tokensExpired = false;
  let broken = false;
  const root = `/bigquery/v2/projects/${projectId}`;

  function takeFault(sql: string): Fault | undefined {
    const found = faults.find(({ fault, left }) => left > 0 && fault.sql.test(sql));
    if (found && found.skip > 0) {
      found.skip -= 1;
      return undefined;
    }
    if (found) found.left -= 1;
    return found?.fault;
  }

  async function work(
    jobId: string,
    sql: string,
    carryOut: () => Promise<Evaluated | undefined>,
  ): Promise<Evaluated | undefined> {
    const fault = takeFault(sql);
    if (fault?.happens.kind === 'answer') {
      const { status, reason, message } = fault.happens;
      throw new JobError(status, reason, message);
    }
    if (fault?.happens.kind === 'break' && fault.happens.when === 'before') {
      broken = true;
      throw new BrokenConnection();
    }
    const result = await carryOut();
    const hook = hooks.findIndex((candidate) => candidate.sql.test(sql));
    if (hook >= 0) await hooks.splice(hook, 1)[0]?.happens(sql);
    if (fault?.happens.kind === 'lostAnswer') lostAnswers.add(jobId);
    if (fault?.happens.kind === 'break') {
      broken = true;
      throw new BrokenConnection();
    }
    return result;
  }

  function begin(
    jobId: string,
    sql: string,
    carryOut: () => Promise<Evaluated | undefined>,
  ): object {
    const result = work(jobId, sql, carryOut);
    // Whoever asks for the result hears of the error.
    result.catch(() => undefined);
    jobs.set(jobId, { result });
    const jobReference = { projectId, jobId, location: 'US' };
    return { jobReference, status: { state: 'RUNNING' } };
  }

  function insertLoad(jobId: string, load: LoadConfiguration, file: Buffer): object {
    const { datasetId, tableId } = load.destinationTable ?? {};
    const sql = `LOAD ${datasetId}.${tableId}`;
    seen.push({ sql, jobId, labels: {}, dryRun: false, billed: 0 });
    return begin(jobId, sql, async () => {
      loadRows(database, load, file);
      return undefined;
    });
  }

  async function insertJob({ body, file }: Request): Promise<object> {
    const { dryRun = false, labels = {}, query = {}, load } = body.configuration ?? {};
    const jobId = body.jobReference?.jobId ?? '';
    if (load && file) return insertLoad(jobId, load, file);
    const sql = (query.query ?? '').replaceAll(
      new RegExp(`\`${projectId}\\.([\\w.]+)\``, 'g'),
      '$1',
    );
    seen.push({ sql, jobId, labels, dryRun, billed: billedBytes(sql, database.tables()) });
    if (dryRun) {
      await runDry(database, sql);
      const totalBytesProcessed = String(scannedBytes(sql, database.tables()));
      const jobReference = { projectId, jobId, location: 'US' };
      return { jobReference, status: { state: 'DONE' }, statistics: { totalBytesProcessed } };
    }
    const maxBytes = Number(query.maximumBytesBilled ?? Number.POSITIVE_INFINITY);
    return begin(jobId, sql, async () => {
      if (scannedBytes(sql, database.tables()) > maxBytes) {
        const message = `Query exceeded limit for bytes billed: ${maxBytes}.`;
        throw new JobError(400, 'bytesBilledLimitExceeded', message);
      }
      return runScript(database, sql);
    });
  }

  async function queryResults(jobId: string, query: URLSearchParams): Promise<object> {
    const job = jobs.get(jobId);
    if (!job) throw new JobError(404, 'notFound', `Not found: Job ${jobId}`);
    const result = (await job.result) ?? { columns: [], rows: [] };
    if (lostAnswers.delete(jobId)) throw new JobError(503, 'backendError', 'Service unavailable');
    const from = Number(query.get('pageToken') ?? 0);
    const count = Number(query.get('maxResults') ?? 100_000);
    const next = from + count;
    return {
      jobComplete: true,
      jobReference: { projectId, jobId, location: 'US' },
      ...resultMessage(result, from, count),
      ...(count > 0 && next < result.rows.length ? { pageToken: String(next) } : {}),
    };
  }

  async function metadata(jobId: string): Promise<object> {
    const job = jobs.get(jobId);
    if (!job) throw new JobError(404, 'notFound', `Not found: Job ${jobId}`);
    const errorResult = await job.result.then(
      () => undefined,
      (error: JobError) => ({ reason: error.reason, message: error.message }),
    );
    const jobReference = { projectId, jobId, location: 'US' };
    return { jobReference, status: { state: 'DONE', ...(errorResult && { errorResult }) } };
  }

  async function answer(request: Request): Promise<object> {
    const { method, path, query, body } = request;
    if (tokensExpired) throw new JobError(401, 'authError', 'Invalid Credentials');
    if (path === `/upload${root}/jobs` && method === 'POST') return insertJob(request);
    if (!path.startsWith(root)) throw new JobError(404, 'notFound', `Not found: ${path}`);
    const parts = path.slice(root.length + 1).split('/');
    const [kind, id = '', below, table = ''] = parts;
    if (method === 'POST' && kind === 'jobs' && id === '') return insertJob(request);
    if (method === 'GET' && kind === 'jobs' && id === '') return { jobs: [] };
    if (method === 'GET' && kind === 'jobs') return metadata(id);
    if (method === 'GET' && kind === 'queries') return queryResults(id, query);
    if (method === 'POST' && kind === 'datasets') {
      datasets.add(body.datasetReference?.datasetId ?? '');
      return { datasetReference: body.datasetReference };
    }
    if (method === 'POST' && below === 'cancel') return {};
    if (method === 'GET' && below === 'tables' && table === '') {
      const tables = [...database.tables().keys()].filter((name) => name.startsWith(`${id}.`));
      return {
        tables: tables.map((name) => ({
          tableReference: { projectId, datasetId: id, tableId: name.slice(id.length + 1) },
        })),
      };
    }
    if (method === 'DELETE' && below === 'tables') {
      database.drop(`${id}.${table}`);
      return {};
    }
    const name = below === 'tables' ? `${id}.${table}` : id;
    const holdsTables = [...database.tables().keys()].some((held) => held.startsWith(`${name}.`));
    const isThere = below === 'tables' ? database.has(name) : datasets.has(name) || holdsTables;
    if (method === 'GET' && kind === 'datasets' && isThere) return { id: `${projectId}:${name}` };
    throw new JobError(404, 'notFound', `Not found: ${projectId}:${name}`);
  }

  const server = createServer((incoming, response) => {
    if (broken) return void incoming.socket.destroy();
    readRequest(incoming)
      .then(answer)
      .then((message) => reply(response, 200, message))
      .catch((error: unknown) => {
        if (error instanceof BrokenConnection) incoming.socket.destroy();
        else refuse(response, error);
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    jobs: seen,
    inject: (fault) => void faults.push({ fault, left: fault.times, skip: fault.skip ?? 0 }),
    onJob: (sql, happens) => void hooks.push({ sql, happens }),
    heal: () => {
      faults = [];
      broken = false;
      tokensExpired = false;
    },
    expireTokens: () => {
      tokensExpired = true;
    },
    close: () => close(server),
  };
}

/** A query is analyzed; of a script, BigQuery too checks little before it runs. */
async function runDry(database: MemoryDatabase, sql: string): Promise<void> {
  if (!/^\s*(SELECT|WITH)\b/.test(sql)) return;
  const error = await database.analyze(sql).then(
    () => undefined,
    (failure: unknown) => failure,
  );
  if (error) throw new JobError(400, 'invalidQuery', error instanceof Error ? error.message : '');
}

async function readRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const contentType = incoming.headers['content-type'] ?? '';
  const upload = contentType.startsWith('multipart/')
    ? splitUpload(bytes, contentType)
    : { metadata: bytes.toString('utf8'), file: undefined };
  const text = upload.metadata;
  const url = new URL(incoming.url ?? '/', 'http://localhost');
  return {
    method: incoming.method ?? 'GET',
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    body: text === '' ? {} : (JSON.parse(text) as JobBody),
    file: upload.file,
  };
}

function reply(response: ServerResponse, status: number, message: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(message));
}

function refuse(response: ServerResponse, error: unknown): void {
  const { status, reason, message } =
    error instanceof JobError ? error : new JobError(500, 'standInBug', String(error));
  const errors = [{ reason, message, domain: 'global' }];
  reply(response, status, { error: { code: status, message, errors } });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
