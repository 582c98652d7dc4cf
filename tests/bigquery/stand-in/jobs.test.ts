import type { GetJobsOptions, Job } from '@google-cloud/bigquery';
import { describe, expect, test } from 'vitest';
import { errorTable } from './error-table.ts';
import type { Fault } from './faults.ts';
import { smallStandIn } from './small-stand-in.ts';

const at = smallStandIn();
const page = { autoPaginate: false } as const;
const made = 'CREATE TABLE d.t (n INT64)';
const insert = 'INSERT INTO d.t (n) VALUES (1)';

/** What a caller is told who asks once. */
async function firstAnswer(sql: string): Promise<unknown> {
  const job = await at().begin(sql);
  const [, , response] = await job.getQueryResults({ ...page, maxResults: 0 });
  return response?.jobComplete;
}

describe('answers', () => {
  test('come before a job is done, and the client calls that a success', async () => {
    const { standIn } = at();
    const hold = standIn.hold(/SELECT/);
    expect(await firstAnswer('SELECT 1')).toBe(false);
    hold.release();
    const answers = new Set<unknown>();
    for (let n = 0; n < 20; n += 1) answers.add(await firstAnswer(`SELECT ${n}`));
    expect(answers).toEqual(new Set([true, false]));
  });

  test('of jobs.query do as well', async () => {
    const { standIn, client } = at();
    const hold = standIn.hold(/SELECT/);
    const asked = client.query({ query: 'SELECT 1 AS n' });
    await hold.reached;
    hold.release();
    expect((await asked)[0]).toEqual([{ n: 1 }]);
  });

  test('wait for the end where the rule is switched off', async () => {
    const { standIn } = at();
    standIn.setRules({ lateAnswers: false });
    standIn.slow(/SELECT/, 60);
    for (let n = 0; n < 5; n += 1) expect(await firstAnswer(`SELECT ${n}`)).toBe(true);
  });
});

describe('the id of a job', () => {
  test('is used once', async () => {
    const { begin, run, failure } = at();
    await begin('SELECT 1', { jobId: 'mine' });
    expect(await failure(begin('SELECT 1', { jobId: 'mine' }))).toMatch(
      /^duplicate: Already Exists: Job/,
    );
    // A client that drew the id itself takes that for its own first attempt.
    await run(made);
    at().standIn.inject({ sql: /INSERT/, times: 1, happens: { kind: 'insertLost' } });
    await run(insert);
    expect(at().database.rows('d.t')).toHaveLength(1);
    at().standIn.setRules({ jobIds: false });
    await begin('SELECT 1', { jobId: 'mine' });
  });

  test('finds a job whose insertion was carried out, but answered with 503', async () => {
    const { standIn, begin, failure, client, run, database } = at();
    await run(made);
    standIn.inject({ sql: /INSERT/, times: 1, happens: { kind: 'insertLost' } });
    expect(await failure(begin(insert, { jobId: 'own' }))).toMatch(/^duplicate/);
    const [job] = await client.job('own', { location: 'US' }).get();
    await job.getQueryResults();
    expect(database.rows('d.t')).toHaveLength(1);
  });
});

describe('faults', () => {
  const happen = (happens: Fault['happens']) =>
    at().standIn.inject({ sql: /SELECT/, times: 1, happens });

  test.each(
    errorTable.map((error) => [`${error.reason} ${error.message.slice(0, 60)}`, error] as const),
  )('a job fails with %s', async (_, error) => {
    happen({ kind: 'answer', ...error });
    const { run, failure } = at();
    expect(await failure(run('SELECT 1'))).toBe(`${error.reason}: ${error.message}`);
    expect(await run('SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });

  test('a failure stands in the answer of jobs.insert already', async () => {
    happen({ kind: 'failedAtOnce', status: 503, reason: 'backendError', message: 'no luck' });
    expect(await at().failure(at().begin('SELECT 1'))).toBe('backendError: no luck');
  });

  test('jobs.insert is refused, reset, or a question after the job is', async () => {
    const { begin, failure, run } = at();
    happen({ kind: 'refused', status: 400, reason: 'jobRateLimitExceeded', message: 'slowly' });
    expect(await failure(begin('SELECT 1'))).toBe('jobRateLimitExceeded: slowly');
    // What breaks, and what is answered with 5xx, the client asks for again by itself.
    for (const place of ['insert', 'poll'] as const) {
      happen({ kind: 'reset', at: place });
      expect(await run('SELECT 1 AS n')).toEqual([{ n: 1 }]);
    }
    happen({ kind: 'pollFails', status: 503, reason: 'backendError', message: 'again' });
    expect(await run('SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });
});

describe('a job', () => {
  test('goes on when its client is gone, is found by its prefix, and can be cancelled', async () => {
    const { standIn, client, begin, run, database, failure } = at();
    await run(`${made}; ${insert};`);
    const hold = standIn.hold(/UPDATE/);
    await begin('BEGIN TRANSACTION; UPDATE d.t SET n = 2 WHERE n = 1; COMMIT TRANSACTION;', {
      jobPrefix: 'orphan_',
      labels: { tool: 'x' },
    });
    await hold.reached;
    const jobsOf = (asked: GetJobsOptions) =>
      new Promise<readonly Job[]>((resolve, reject) => {
        client.getJobs(asked, (error, jobs) => (error ? reject(error) : resolve(jobs ?? [])));
      });
    const running = await jobsOf({ stateFilter: ['running'], projection: 'full' });
    expect(
      running.map(({ id, metadata }) => [id?.startsWith('orphan_'), metadata.configuration.labels]),
    ).toEqual([[true, { tool: 'x' }]]);
    const few = await jobsOf({ stateFilter: ['running'] });
    expect(few[0]?.metadata.configuration).toBeUndefined();
    await running[0]?.cancel();
    expect(await failure(running[0]?.getQueryResults() ?? Promise.resolve())).toBe(
      'stopped: Job execution was cancelled: User requested cancellation',
    );
    expect(standIn.running()).toEqual([]);
    expect(database.rows('d.t')).toEqual([{ n: 1 }]);
    const [metadata] = await client.job(running[0]?.id ?? '', { location: 'US' }).getMetadata();
    expect(metadata.status).toMatchObject({ state: 'DONE', errorResult: { reason: 'stopped' } });
  });

  test('is stopped by its own limits of time, which are those of the virtual clock', async () => {
    const { standIn, run, failure } = at();
    standIn.slow(/SELECT 2/, 100);
    const script = 'SELECT 1; SELECT 2; SELECT 3;';
    expect(await failure(run(script, { jobTimeoutMs: 60_000 }))).toMatch(
      /^stopped: .* timed out after 60s/,
    );
    const scriptOptions = { statementTimeoutMs: '50000' };
    expect(await failure(run(script, { scriptOptions }))).toMatch(
      /^stopped: .* timed out after 50s/,
    );
    expect(await failure(run(script, { jobTimeoutMs: 120_000 }))).toBe('done');
  });
});

describe('the virtual clock', () => {
  test('counts a job, its statements, what they change and the partitions they touch', async () => {
    const { standIn, run, client } = at();
    const spent = async (sql: string) => {
      const before = standIn.virtualSeconds();
      await run(sql);
      return Number((standIn.virtualSeconds() - before).toFixed(3));
    };
    expect(await spent('SELECT 1')).toBe(1);
    expect(await spent('SELECT 1; SELECT 2;')).toBe(2.6);
    await run('CREATE TABLE d.p (day DATE) PARTITION BY day');
    const days = "UNNEST(GENERATE_DATE_ARRAY('2024-01-01', '2024-04-09')) AS day";
    expect(await spent(`INSERT INTO d.p (day) SELECT day FROM ${days}`)).toBe(3.3);
    // Jobs that a client sends before it knows of each other go on side by side.
    const before = standIn.virtualSeconds();
    await Promise.all([1, 2, 3].map((n) => client.query(`SELECT ${n}`)));
    expect(standIn.virtualSeconds() - before).toBeLessThan(3);
    expect(standIn.statements()).toBe(8);
  });
});
