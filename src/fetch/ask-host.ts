import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FetchClock } from './fetch-clock.ts';
import { isPassing, type Trouble } from './trouble.ts';
import { withoutLogin } from './without-login.ts';

/** What a host said. */
export type Reply =
  | {
      readonly kind: 'answer';
      readonly text: string;
      readonly etag: string | undefined;
      readonly lastModified: string | undefined;
    }
  /** What is kept is what the host has. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'trouble'; readonly trouble: Trouble };

export interface Question {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Politeness {
  /** Where the start of the last request to each host is written down, for the process that comes after. */
  readonly folder: string;
  readonly clock: FetchClock;
  readonly paceSeconds: number;
  readonly limitSeconds: number;
  /** Aborted when nobody wants an answer any more. */
  readonly stop: AbortSignal;
  /** Called before each request. */
  readonly beforeRequest: () => void;
}

/** Asks, as often as it may help, and never sooner than is polite. */
export type AskHost = (
  question: Question,
  isWhole: (text: string) => Trouble | undefined,
) => Promise<Reply>;

const mostAttempts = 4;
const firstWaitMs = 2_000;
const mostWaitMs = 60_000;

/** Whoever is told to come again later than this is told so, and does not wait. */
const mostObeyedMs = 600_000;

/**
 * A request is under way for a moment before its host sees it: the next one is counted from its answer. What a killed
 * process has asked last may have arrived so long after its start.
 */
const underWayMs = 1000;

/** A timer may be early by less than this. */
const earlyMs = 1;

/** Makes what asks hosts, one request after the other. */
export function makeAskHost(polite: Politeness): AskHost {
  const { clock, stop } = polite;
  const seenMs = new Map<string, number>();
  const wait = async (ms: number) => {
    if (ms > 0 && !stop.aborted) await clock.sleep(ms, stop);
  };
  const paceMs = polite.paceSeconds * 1000 + earlyMs;
  const pace = async (host: string) => {
    const lastMs = seenMs.get(host);
    await wait(
      lastMs === undefined
        ? // The clock on the wall can be set: nobody waits longer than the pace for what it says.
          Math.min(paceMs + underWayMs, readStart(polite.folder, host) + paceMs - clock.wallMs())
        : lastMs + paceMs - clock.elapsedMs(),
    );
    stop.throwIfAborted();
    polite.beforeRequest();
    writeStart(polite.folder, host, clock.wallMs() + underWayMs);
  };
  return async (question, isWhole) => {
    for (let attempt = 1; ; attempt += 1) {
      const { host } = question.url;
      // What asks is loaded when it is used first, which takes a moment: before the start is written down.
      const headers = new Headers(question.headers);
      await pace(host);
      const seen = () => seenMs.set(host, clock.elapsedMs());
      const { reply, retryAtMs } = await request({ ...question, headers }, isWhole, polite, seen);
      if (reply.kind !== 'trouble' || !isPassing(reply.trouble)) return reply;
      // The wait is between half of what is due and all of it, so that two that met once do not meet again.
      const due = Math.min(mostWaitMs, firstWaitMs * 2 ** (attempt - 1));
      const jittered = (due / 2) * (1 + clock.random());
      // A moment that is over by now asks for no haste.
      const ms = Math.max(jittered, (retryAtMs ?? 0) - clock.wallMs());
      if (attempt >= mostAttempts || ms > mostObeyedMs) return reply;
      await wait(ms);
      stop.throwIfAborted();
    }
  };
}

interface Attempt {
  readonly reply: Reply;
  /** When the host wants to be asked again, in milliseconds since 1970. */
  readonly retryAtMs: number | undefined;
}

async function request(
  { url, headers }: Pick<Question, 'url'> & { readonly headers: Headers },
  isWhole: (text: string) => Trouble | undefined,
  { clock, limitSeconds, stop }: Politeness,
  seen: () => void,
): Promise<Attempt> {
  const limit = AbortSignal.timeout(Math.ceil(limitSeconds * 1000));
  const said = (reply: Reply, retryAtMs?: number): Attempt => ({ reply, retryAtMs });
  const trouble = (of: Trouble) => said({ kind: 'trouble', trouble: of });
  try {
    const { target, login } = withoutLogin(url);
    if (login !== undefined) headers.set('authorization', login);
    const response = await fetch(target, {
      headers,
      // Another host has a pace of its own, and may be anybody.
      redirect: 'manual',
      signal: AbortSignal.any([limit, stop]),
    }).finally(seen);
    const { status } = response;
    if (status === 304) return said({ kind: 'unchanged' });
    if (status !== 200) {
      await response.body?.cancel();
      const to = response.headers.get('location');
      if (status >= 300 && status < 400 && to !== null) {
        const { host } = URL.canParse(to, url.href) ? new URL(to, url.href) : { host: to };
        return trouble({ kind: 'redirect', status, to: host });
      }
      const retryAtMs = readRetryAfter(response.headers.get('retry-after'), clock.wallMs());
      const retryAt = retryAtMs === undefined ? undefined : new Date(retryAtMs).toISOString();
      return said({ kind: 'trouble', trouble: { kind: 'status', status, retryAt } }, retryAtMs);
    }
    const text = await textOf(response);
    if (text === undefined) return trouble({ kind: 'too_long', bytes: mostBytes });
    const fault = isWhole(text);
    if (fault) return trouble(fault);
    const etag = response.headers.get('etag') ?? undefined;
    const lastModified = response.headers.get('last-modified') ?? undefined;
    return said({ kind: 'answer', text, etag, lastModified });
  } catch (error) {
    if (stop.aborted) throw error;
    if (limit.aborted) return trouble({ kind: 'no_answer', seconds: limitSeconds });
    return trouble(networkTrouble(error));
  }
}

/** The longest answer, a schedule, is some ten megabytes. */
const mostBytes = 64 * 1024 * 1024;

/** The text of an answer; `undefined` as soon as it is longer than any answer is. */
async function textOf({ body }: Response): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const part of body ?? []) {
    bytes += part.byteLength;
    if (bytes > mostBytes) return undefined;
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
}

/** The last moment that a date can be. */
const lastMs = 8.64e15;

/** Seconds from now, or a moment; one that is over, and anything else, says nothing. */
function readRetryAfter(text: string | null, nowMs: number): number | undefined {
  if (text === null) return undefined;
  const ms = /^\d+$/.test(text.trim()) ? nowMs + Number(text) * 1000 : Date.parse(text);
  return ms > nowMs ? Math.min(ms, lastMs) : undefined;
}

/** @throws what is no error of the network: a bug. */
function networkTrouble(error: unknown): Trouble {
  if (!(error instanceof TypeError) || error.cause === undefined) throw error;
  const { cause } = error;
  // A connection that ends within an answer has another error than one that does not begin.
  if (error.message === 'terminated') return { kind: 'cut_off' };
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : error.message;
  return { kind: 'unreachable', code };
}

const paceFile = 'pace.json';

/** Half a file is what a killed process leaves, right after it has asked. */
function readStart(folder: string, host: string): number {
  const starts = readStarts(folder);
  return starts === 'torn' ? Number.POSITIVE_INFINITY : (starts[host] ?? 0);
}

function writeStart(folder: string, host: string, ms: number): void {
  const starts = readStarts(folder);
  const all = { ...(starts === 'torn' ? {} : starts), [host]: ms };
  writeFileSync(join(folder, paceFile), JSON.stringify(all));
}

function readStarts(folder: string): Readonly<Record<string, number>> | 'torn' {
  try {
    return JSON.parse(readFileSync(join(folder, paceFile), 'utf8'));
  } catch (error) {
    return error instanceof SyntaxError ? 'torn' : {};
  }
}
