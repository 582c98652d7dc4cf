/**
 * A stand-in for the part of BigQuery's REST interface (v2) that the official client uses here:
 * datasets, tables, query and load jobs with their results, scripts, dry runs, lists of jobs and their
 * cancellation, on the loopback address.
 * GoogleSQL analyzes and evaluates every statement, the tables stand in memory, and the rules of
 * {@link Rules} hold as Google documents them. Time is a virtual clock, of which a real millisecond
 * passes for a second: what it says of a night is an estimate. A fault happens because a test asks for it.
 */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MemoryDatabase } from '../googlesql/memory-database.ts';
import { type Datasets, makeDatasets } from './datasets.ts';
import { type Fault, makeFaults } from './faults.ts';
import { JobError } from './job-error.ts';
import { type Interruption, makeJobs } from './jobs.ts';
import { BrokenConnection, makeJobsApi, type SeenJob } from './jobs-api.ts';
import { makeQuotas } from './quotas.ts';
import { makeRandom } from './random.ts';
import { type Request, readRequest } from './read-request.ts';
import { datasetResource, errorOf, tableResource } from './resources.ts';
import { allRules, type Rules } from './rules.ts';
import { makeScheduler } from './scheduler.ts';
import { makeTransactions } from './transactions.ts';

/** Where a job stops until a test lets it go on. */
export interface Hold {
  /** A statement that matches is about to begin. */
  readonly reached: Promise<void>;
  release(): void;
}

export interface BigQueryStandIn {
  readonly url: string;
  /** Every job that jobs.insert was asked for, dry runs included. */
  readonly jobs: readonly SeenJob[];
  readonly datasets: Datasets;
  readonly seed: number;
  /** Statements carried out, those of scripts included. */
  statements(): number;
  /** Seconds that all of it would have taken on a real service: an estimate. */
  virtualSeconds(): number;
  /** Jobs that have not ended. */
  running(): readonly string[];
  inject(fault: Fault): void;
  setRules(changed: Partial<Rules>): void;
  /** How long a second of the virtual clock really takes. */
  setPace(msPerSecond: number): void;
  /** Does something once, when a job whose SQL matches has done its work. */
  onJob(sql: RegExp, happens: (sql: string) => Promise<void>): void;
  /** Stops the next statement that matches, before it begins. */
  hold(sql: RegExp): Hold;
  /** Statements that match take so many seconds more. */
  slow(sql: RegExp, seconds: number): void;
  /**
   * Where a client of its own finds the stand-in. After so many requests nobody answers it any more, as
   * if its process had been killed; its jobs go on.
   */
  clientUrl(name: string, requests?: number): string;
  /** Forgets all faults, and answers again. */
  heal(): void;
  /** From now on nobody's token is good any more. */
  expireTokens(): void;
  close(): Promise<void>;
}

export interface StandInOptions {
  readonly rules?: Partial<Rules>;
  /** Of every choice that is left to chance; drawn unless given. */
  readonly seed?: number;
  readonly msPerSecond?: number;
}

/** Starts it on a free port; the caller closes it. */
export async function startBigQueryStandIn(
  projectId: string,
  database: MemoryDatabase,
  {
    rules: given = {},
    seed = Math.floor(Math.random() * 2 ** 31),
    msPerSecond = 1,
  }: StandInOptions = {},
): Promise<BigQueryStandIn> {
  let rules: Rules = { ...allRules, ...given };
  let pace = msPerSecond;
  let tokensExpired = false;
  const random = makeRandom(seed);
  const faults = makeFaults();
  const datasets = makeDatasets(projectId, database);
  const jobs = makeJobs(() => pace);
  const shared = {
    projectId,
    database,
    datasets,
    transactions: makeTransactions(projectId, database, () => rules),
    scheduler: makeScheduler(random),
    quotas: makeQuotas(),
    random,
    rules: () => rules,
  };
  const api = makeJobsApi(shared, jobs, faults);
  const root = `/bigquery/v2/projects/${projectId}`;

  async function answer(request: Request): Promise<object> {
    const { method, path, query, body } = request;
    if (tokensExpired) throw new JobError(401, 'authError', 'Invalid Credentials');
    if (path === `/upload${root}/jobs` && method === 'POST') return api.insert(request);
    if (!path.startsWith(root)) throw new JobError(404, 'notFound', `Not found: ${path}`);
    const [kind, id = '', below, table = ''] = path.slice(root.length + 1).split('/');
    switch (`${method} ${kind}`) {
      case 'POST jobs':
        return below === 'cancel' ? api.cancel(id) : api.insert(request);
      case 'GET jobs':
        return id === '' ? api.list(query) : api.get(id);
      case 'POST queries':
        return api.query(body);
      case 'GET queries':
        return api.results(id, query);
      case 'POST datasets': {
        const name = body.datasetReference?.datasetId ?? '';
        return datasetResource(projectId, name, datasets.create(name, settingsOf(body)));
      }
      case 'PATCH datasets':
        return datasetResource(projectId, id, datasets.change(id, settingsOf(body)));
      case 'DELETE datasets':
        if (below === 'tables') database.drop(`${id}.${table}`);
        else datasets.drop(id);
        return {};
      case 'GET datasets': {
        const dataset = datasets.find(id);
        const stored = database.tables().get(`${id}.${table}`);
        if (below === 'tables' && stored) return tableResource(projectId, `${id}.${table}`, stored);
        if (below === 'tables' && table === '' && dataset) return { tables: tablesOf(id) };
        if (below === undefined && dataset) return datasetResource(projectId, id, dataset);
        break;
      }
    }
    throw new JobError(404, 'notFound', `Not found: ${projectId}:${id}${table && `.${table}`}`);
  }

  const tablesOf = (dataset: string) =>
    [...database.tables()]
      .filter(([name]) => name.startsWith(`${dataset}.`))
      .map(([name, table]) => tableResource(projectId, name, table));

  const left = new Map<string, number>();
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const server = createServer((incoming, response) => {
    if (api.isBroken()) return void incoming.socket.destroy();
    const [prefix = '', client = ''] = /^\/client\/(\w+)/.exec(incoming.url ?? '') ?? [];
    incoming.url = incoming.url?.slice(prefix.length);
    const requests = left.get(client) ?? Number.POSITIVE_INFINITY;
    left.set(client, requests - 1);
    if (requests <= 0) return void incoming.socket.destroy();
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
    url: url(),
    clientUrl: (name, requests = Number.POSITIVE_INFINITY) => {
      left.set(name, requests);
      return `${url()}/client/${name}`;
    },
    jobs: api.seen,
    datasets,
    seed,
    statements: jobs.statements,
    virtualSeconds: jobs.virtualSeconds,
    running: () =>
      jobs.list().flatMap(({ state, request }) => (state === 'RUNNING' ? [request.id] : [])),
    inject: faults.inject,
    setRules: (changed) => {
      rules = { ...rules, ...changed };
    },
    setPace: (ms) => {
      pace = ms;
    },
    onJob: api.onJob,
    hold: (sql) => hold(jobs.interruptions, sql),
    slow: (sql, seconds) =>
      void jobs.interruptions.add({ sql, before: (_, job) => job.pass(seconds) }),
    heal: () => {
      faults.heal();
      api.heal();
      tokensExpired = false;
    },
    expireTokens: () => {
      tokensExpired = true;
    },
    close: async () => {
      await jobs.close();
      await close(server);
    },
  };
}

function settingsOf({
  location,
  defaultTableExpirationMs,
  defaultPartitionExpirationMs,
}: Request['body']) {
  return {
    ...(location !== undefined && { location }),
    ...(defaultTableExpirationMs !== undefined && { defaultTableExpirationMs }),
    ...(defaultPartitionExpirationMs !== undefined && { defaultPartitionExpirationMs }),
  };
}

function hold(interruptions: Set<Interruption>, sql: RegExp): Hold {
  let release = () => {};
  let reach = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  const interruption: Interruption = {
    sql,
    before: async () => {
      interruptions.delete(interruption);
      reach();
      await released;
    },
  };
  interruptions.add(interruption);
  return { reached, release };
}

function reply(response: ServerResponse, status: number, message: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(message));
}

function refuse(response: ServerResponse, error: unknown): void {
  const found =
    error instanceof JobError
      ? error
      : new JobError(500, 'standInBug', String(error instanceof Error ? error.stack : error));
  const { status, message } = found;
  reply(response, status, { error: { code: status, message, errors: [errorOf(found)] } });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
