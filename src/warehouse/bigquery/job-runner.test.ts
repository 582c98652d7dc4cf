import type { BigQuery } from '@google-cloud/bigquery';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeJobRunner } from './job-runner.ts';

type Answer = object | Error;

const apiError = (code: number, reason: string, message = reason) =>
  Object.assign(new Error(message), { code, errors: [{ reason, message }] });
const reset = () => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
const later = { jobComplete: false };
const done = {
  jobComplete: true,
  schema: { fields: [{ name: 'n', type: 'INTEGER' }] },
  rows: [{ f: [{ v: '7' }] }],
};
const succeeded = { status: { state: 'DONE' } };
const failed = (reason: string, message = reason) => ({
  status: { state: 'DONE', errorResult: { reason, message } },
});

/** What the service answers, in order; the last answer for good. */
let answers: { insert: Answer[]; results: Answer[]; metadata: Answer[] };
let asked: {
  insert: { readonly jobId: string; readonly query: string }[];
  results: object[];
  cancelled: string[];
};
let waited: number;

function take(kind: keyof typeof answers): object {
  const left = answers[kind];
  const answer = (left.length > 1 ? left.shift() : left[0]) ?? {};
  if (answer instanceof Error) throw answer;
  return answer;
}

const client = {
  job: (id: string) => ({
    id,
    getQueryResults: async (options: object) => {
      asked.results.push(options);
      const response = take('results') as { readonly rows?: readonly object[] };
      return [response.rows ?? [], null, response];
    },
    getMetadata: async () => [take('metadata')],
    cancel: async () => void asked.cancelled.push(id),
  }),
  createQueryJob: async (options: (typeof asked.insert)[number]) => {
    asked.insert.push(options);
    return [take('insert')];
  },
} as unknown as BigQuery;

const runner = () =>
  makeJobRunner({
    client,
    location: { projectId: 'project', prefix: '', region: 'EU' },
    maxBytes: undefined,
    session: 'abc',
    labels: () => ({ tool: 'backcourt' }),
    timing: {
      sleep: async (ms) => {
        waited += ms;
      },
      random: () => 0,
    },
  });

async function rowsOf(jobs = runner()): Promise<readonly object[]> {
  const rows: object[] = [];
  await jobs.read('SELECT 7 AS n', (page) => void rows.push(...page.rows));
  return rows;
}

beforeEach(() => {
  answers = { insert: [{}], results: [done], metadata: [succeeded] };
  asked = { insert: [], results: [], cancelled: [] };
  waited = 0;
});

describe('an answer that says "not yet"', () => {
  it('is never taken for the end of a job', async () => {
    answers.results = [later, later, {}, later, done];
    await runner().run('CREATE TABLE x');
    expect(asked.results.length).toBe(5);
    expect(asked.insert.length).toBe(1);
  });

  it('is never taken for a page, whatever else stands in it', async () => {
    answers.results = [{ ...later, rows: [{ f: [{ v: '1' }] }] }, done];
    expect(await rowsOf()).toEqual(done.rows);
  });

  it('is waited for without a limit that the client makes an error of', async () => {
    answers.results = [later, done];
    await rowsOf();
    for (const options of asked.results) {
      expect(options).not.toHaveProperty('timeoutMs');
      expect(options).toHaveProperty(['formatOptions.useInt64Timestamp'], true);
    }
  });

  it('is waited for before each page', async () => {
    answers.results = [{ ...done, pageToken: 'next' }, later, done];
    expect((await rowsOf()).length).toBe(2);
  });
});

describe('a job', () => {
  it('has a name that tells whose it is, labels and time limits', async () => {
    const jobs = runner();
    jobs.label({ run: '20231101T101112Z-abc123', table: 'player_game_summary' });
    await jobs.run('SELECT 1');
    await jobs.run('SELECT 2');
    expect(asked.insert.map(({ jobId }) => jobId)).toEqual([
      'backcourt_20231101T101112Z-abc123_abc_player-game-summary_1',
      'backcourt_20231101T101112Z-abc123_abc_player-game-summary_2',
    ]);
    expect(asked.insert[0]).toMatchObject({
      labels: { tool: 'backcourt', run: '20231101t101112z-abc123', table: 'player_game_summary' },
      jobTimeoutMs: expect.any(Number),
      scriptOptions: { statementTimeoutMs: expect.any(String) },
    });
  });

  it.each([
    ['a server that does not answer', apiError(503, 'backendError')],
    ['a network that breaks', reset()],
  ])('is begun once, though the answer to its request is lost by %s', async (_, lost) => {
    answers.insert = [lost, lost, apiError(409, 'duplicate', 'Already Exists: Job x')];
    expect(await rowsOf()).toEqual(done.rows);
    expect(new Set(asked.insert.map(({ jobId }) => jobId)).size).toBe(1);
  });

  it.each(['backendError', 'jobRateLimitExceeded', 'rateLimitExceeded', 'tableUnavailable'])(
    'that failed of %s is sent again under another name',
    async (reason) => {
      answers.results = [apiError(400, reason), done];
      answers.metadata = [failed(reason), succeeded];
      expect(await rowsOf()).toEqual(done.rows);
      expect(new Set(asked.insert.map(({ jobId }) => jobId)).size).toBe(2);
    },
  );

  it('whose failure stands in the answer to its request is sent again when it passes', async () => {
    const refused = Object.assign(new Error(), {
      errors: [{ reason: 'backendError', message: 'told so' }],
      response: failed('backendError'),
    });
    answers.insert = [refused, {}];
    expect(await rowsOf()).toEqual(done.rows);
    expect(new Set(asked.insert.map(({ jobId }) => jobId)).size).toBe(2);
  });

  it('that runs on in spite of an error is not sent again', async () => {
    answers.insert = [
      Object.assign(new Error(), {
        errors: [{ reason: 'invalid', message: 'a row' }],
        response: { status: { state: 'RUNNING', errors: [{ reason: 'invalid' }] } },
      }),
    ];
    expect(await rowsOf()).toEqual(done.rows);
    expect(asked.insert.length).toBe(1);
  });

  it.each(['stopped', 'quotaExceeded', 'resourcesExceeded', 'invalid'])(
    'that failed of %s is not sent again',
    async (reason) => {
      answers.results = [apiError(400, reason)];
      answers.metadata = [failed(reason)];
      await expect(rowsOf()).rejects.toThrow(reason);
      expect(asked.insert.length).toBe(1);
    },
  );

  it('is asked on for minutes when answers are lost', async () => {
    const lost = [reset(), apiError(503, 'backendError'), apiError(429, 'x')];
    answers.results = [
      ...Array.from({ length: 8 }, (_, index) => lost[index % 3] ?? reset()),
      done,
    ];
    answers.metadata = [{ status: { state: 'RUNNING' } }];
    expect(await rowsOf()).toEqual(done.rows);
    expect(asked.insert.length).toBe(1);
    expect(waited).toBeGreaterThan(60_000);
  });

  it.each(['rateLimitExceeded', 'backendError'])(
    'of which a page is refused for %s is not carried out again: that page is asked for again',
    async (reason) => {
      const first = { ...done, rows: [{ f: [{ v: '6' }] }], pageToken: 'next' };
      answers.results = [first, apiError(403, reason), done];
      expect(await rowsOf()).toEqual([...first.rows, ...done.rows]);
      expect(asked.insert.length).toBe(1);
    },
  );

  it('that runs is not sent again because a question after it is refused', async () => {
    answers.results = [apiError(403, 'rateLimitExceeded'), done];
    answers.metadata = [{ status: { state: 'RUNNING' } }];
    await runner().run('INSERT INTO x VALUES (1)');
    expect(asked.insert.length).toBe(1);
  });

  it('is given up when nothing was ever answered, before long', async () => {
    answers.insert = [Object.assign(new Error('no network'), { code: 'ENOTFOUND' })];
    await expect(rowsOf()).rejects.toMatchObject({ kind: 'surroundings' });
    expect(waited).toBeLessThanOrEqual(20_000);
  });

  it.each([
    'Transaction is aborted due to concurrent update against table p.d.t',
    'Could not serialize access to table p:d.t due to concurrent update',
  ])('that met another one is tried five times more: %s', async (message) => {
    answers.results = [apiError(400, 'invalidQuery', message)];
    answers.metadata = [failed('invalidQuery', message)];
    await expect(rowsOf()).rejects.toMatchObject({ kind: 'locked' });
    expect(asked.insert.length).toBe(6);
    expect(waited).toBeGreaterThanOrEqual(15_000);
  });

  it('is refused before it is sent when its text is too long', async () => {
    const text = `SELECT '${'x'.repeat(1_000_000)}'`;
    await expect(runner().run(text)).rejects.toMatchObject({ kind: 'oversized' });
    expect(asked.insert.length).toBe(0);
  });
});

describe('cancelling', () => {
  it('ends what is running, and nothing that has ended', async () => {
    const jobs = runner();
    await jobs.run('SELECT 1');
    let release: (() => void) | undefined;
    const blocked = new Promise<void>((resolve) => {
      release = resolve;
    });
    const running = jobs.read('SELECT 2', () => blocked);
    await new Promise((resolve) => setImmediate(resolve));
    await jobs.cancel();
    expect(asked.cancelled).toEqual([asked.insert[1]?.jobId]);
    release?.();
    await running;
  });

  it('ends a job that has begun and may not be asked after any more', async () => {
    answers.results = [apiError(403, 'accessDenied')];
    answers.metadata = [{ status: { state: 'RUNNING' } }, succeeded];
    const jobs = runner();
    await expect(jobs.run('SELECT 1')).rejects.toMatchObject({ kind: 'surroundings' });
    await jobs.cancel();
    expect(asked.cancelled).toEqual([asked.insert[0]?.jobId]);
  });

  it('is the end: whatever is asked for then is not begun', async () => {
    const jobs = runner();
    await jobs.cancel();
    await expect(jobs.run('COMMIT TRANSACTION')).rejects.toMatchObject({ kind: 'surroundings' });
    expect(asked.insert).toEqual([]);
  });

  it('ends a job of which nobody knows whether it has begun', async () => {
    answers.insert = [reset()];
    const jobs = runner();
    await expect(jobs.run('SELECT 1')).rejects.toMatchObject({ kind: 'surroundings' });
    await jobs.cancel();
    expect(asked.cancelled).toEqual([asked.insert[0]?.jobId]);
  });
});
