import { createServer, type RequestListener } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { tempFolderOfTest } from '../../tests/support/temp-folder.ts';
import { type AskHost, makeAskHost } from './ask-host.ts';
import type { FetchClock } from './fetch-clock.ts';

/** A clock that nobody waits for: it is as late as it was slept until. */
function madeUpClock(startMs = Date.parse('2024-01-27T12:00:00Z')) {
  let nowMs = startMs;
  const slept: number[] = [];
  const clock: FetchClock = {
    now: () => new Date(nowMs).toISOString(),
    wallMs: () => nowMs,
    elapsedMs: () => nowMs - startMs,
    sleep: async (ms) => {
      slept.push(ms);
      nowMs += ms;
    },
    random: () => 0.5,
  };
  return { clock, slept, startMs };
}

async function served(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
}

function asking(
  clock: FetchClock,
  folder = tempFolderOfTest('ask'),
  stop = new AbortController().signal,
  limitSeconds = 30,
): AskHost {
  const limits = { paceSeconds: 0.6, limitSeconds };
  return makeAskHost({ folder, clock, ...limits, stop, beforeRequest: () => {} });
}

const ask = (host: AskHost, url: string) =>
  host({ url: new URL(url), headers: {} }, () => undefined);

test('two requests to a host begin 0.6 s apart, also where another process has asked before', async () => {
  const starts: number[] = [];
  const { clock, startMs } = madeUpClock();
  const url = await served((_, response) => {
    starts.push(clock.wallMs() - startMs);
    response.end('{}');
  });
  const folder = tempFolderOfTest('ask');
  const first = asking(clock, folder);
  await ask(first, url);
  await ask(first, url);
  await ask(asking(clock, folder), url);
  expect(starts).toHaveLength(3);
  for (const [index, start] of starts.slice(1).entries()) {
    expect(start - (starts[index] ?? 0)).toBeGreaterThanOrEqual(600);
  }
});

test('a clock that was set back makes nobody wait longer than the pace', async () => {
  const url = await served((_, response) => response.end('{}'));
  const folder = tempFolderOfTest('ask');
  const late = madeUpClock(Date.parse('2024-01-27T12:00:00Z'));
  await ask(asking(late.clock, folder), url);
  const early = madeUpClock(Date.parse('2024-01-27T09:00:00Z'));
  await ask(asking(early.clock, folder), url);
  expect(early.slept).toEqual([1601]);
});

test.each([
  ['seconds', '7', 7_000],
  ['a moment', 'Sat, 27 Jan 2024 12:00:20 GMT', 20_000],
])('Retry-After as %s is obeyed', async (_, header, ms) => {
  let count = 0;
  const { clock, slept } = madeUpClock();
  const url = await served((_request, response) => {
    count += 1;
    if (count > 1) return void response.end('{}');
    response.writeHead(429, { 'retry-after': header }).end();
  });
  expect(await ask(asking(clock), url)).toMatchObject({ kind: 'answer', text: '{}' });
  expect(slept[0]).toBe(ms);
});

test('who is to come again in an hour is told so at once', async () => {
  let count = 0;
  const { clock, slept } = madeUpClock();
  const url = await served((_, response) => {
    count += 1;
    response.writeHead(429, { 'retry-after': '3600' }).end();
  });
  expect(await ask(asking(clock), url)).toEqual({
    kind: 'trouble',
    trouble: { kind: 'status', status: 429, retryAt: '2024-01-27T13:00:00.000Z' },
  });
  expect([count, slept]).toEqual([1, []]);
});

test('Retry-After beyond all time is no error of ours', async () => {
  const { clock } = madeUpClock();
  const url = await served((_, response) => {
    response.writeHead(429, { 'retry-after': '99999999999999999' }).end();
  });
  expect(await ask(asking(clock), url)).toMatchObject({
    trouble: { kind: 'status', status: 429, retryAt: '+275760-09-13T00:00:00.000Z' },
  });
});

test.each(['0', 'Sat, 27 Jan 2001 12:00:00 GMT', 'soon'])(
  'Retry-After of %s makes no haste',
  async (header) => {
    const { clock, slept } = madeUpClock();
    const url = await served((_, response) => {
      response.writeHead(429, { 'retry-after': header }).end();
    });
    expect(await ask(asking(clock), url)).toEqual({
      kind: 'trouble',
      trouble: { kind: 'status', status: 429, retryAt: undefined },
    });
    expect(slept).toEqual([1_500, 3_000, 6_000]);
  },
);

test('a limit of parts of a millisecond is one', async () => {
  const { clock } = madeUpClock();
  const url = await served((_, response) => response.end('{}'));
  const host = asking(clock, tempFolderOfTest('ask'), new AbortController().signal, 10.0005);
  expect(await ask(host, url)).toMatchObject({ kind: 'answer' });
});

test('an error of ours is not one of the host', async () => {
  const { clock } = madeUpClock();
  const url = await served((_, response) => response.end('{}'));
  const host = asking(clock);
  const broken = host({ url: new URL(url), headers: {} }, () => {
    throw new TypeError('ours');
  });
  await expect(broken).rejects.toThrow('ours');
});

test.each([429, 500, 503])(
  '%i is tried four times, with longer waits and jitter',
  async (status) => {
    let count = 0;
    const { clock, slept } = madeUpClock();
    const url = await served((_, response) => {
      count += 1;
      response.writeHead(status).end();
    });
    expect(await ask(asking(clock), url)).toMatchObject({ trouble: { kind: 'status', status } });
    expect(count).toBe(4);
    expect(slept).toEqual([1_500, 3_000, 6_000]);
  },
);

test.each([
  [403, { kind: 'status', status: 403 }],
  [404, { kind: 'status', status: 404 }],
  [302, { kind: 'redirect', status: 302, to: 'elsewhere.test' }],
])('%i is not tried again', async (status, trouble) => {
  let count = 0;
  const { clock } = madeUpClock();
  const url = await served((_, response) => {
    count += 1;
    response.writeHead(status, { location: 'http://elsewhere.test/path' }).end();
  });
  expect(await ask(asking(clock), url)).toMatchObject({ kind: 'trouble', trouble });
  expect(count).toBe(1);
});

test('a host that hangs, or cuts its answer off, is tried again and then told', async () => {
  let count = 0;
  const { clock } = madeUpClock();
  const url = await served((request, response) => {
    count += 1;
    if (request.url === '/hangs') return;
    response.writeHead(200, { 'content-length': '1000' });
    response.write('{"resultSets": [');
    setTimeout(() => response.destroy(), 20);
  });
  const host = asking(clock, tempFolderOfTest('ask'), new AbortController().signal, 0.3);
  expect(await ask(host, `${url}hangs`)).toEqual({
    kind: 'trouble',
    trouble: { kind: 'no_answer', seconds: 0.3 },
  });
  expect(count).toBe(4);
  expect(await ask(asking(clock), `${url}cut`)).toEqual({
    kind: 'trouble',
    trouble: { kind: 'cut_off' },
  });
  expect(count).toBe(8);
});

test('an answer without an end is left, and not tried again', async () => {
  let count = 0;
  const { clock } = madeUpClock();
  const part = Buffer.alloc(1024 ** 2, ' ');
  const url = await served((_, response) => {
    count += 1;
    const more = () => {
      while (!response.destroyed && response.write(part));
    };
    response.on('drain', more);
    more();
  });
  expect(await ask(asking(clock), url)).toEqual({
    kind: 'trouble',
    trouble: { kind: 'too_long', bytes: 64 * 1024 ** 2 },
  });
  expect(count).toBe(1);
});

test('a host that is not there is told by its error', async () => {
  const { clock } = madeUpClock();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  expect(await ask(asking(clock), url)).toEqual({
    kind: 'trouble',
    trouble: { kind: 'unreachable', code: 'ECONNREFUSED' },
  });
});

test('a name and password in an address go as a header, and not in the address', async () => {
  let authorization: string | undefined;
  const { clock } = madeUpClock();
  const url = await served((request, response) => {
    authorization = request.headers.authorization;
    response.end('{}');
  });
  await ask(asking(clock), url.replace('http://', 'http://me:s%C3%BCss%@'));
  expect(Buffer.from(authorization?.split(' ')[1] ?? '', 'base64').toString()).toBe('me:süss%');
});

test('whoever stops does not wait until the host wants to be asked again', async () => {
  const controller = new AbortController();
  const url = await served((_, response) => {
    response.writeHead(503, { 'retry-after': '500' }).end();
    setTimeout(() => controller.abort(), 20);
  });
  const { clock } = madeUpClock();
  const patient = {
    ...clock,
    sleep: (_: number, stop?: AbortSignal) =>
      new Promise<void>((resolve) => stop?.addEventListener('abort', () => resolve())),
  };
  const host = asking(patient, tempFolderOfTest('ask'), controller.signal);
  await expect(ask(host, url)).rejects.toThrow();
});
