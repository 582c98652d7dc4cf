import { setTimeout as pause } from 'node:timers/promises';
import { withoutLogin } from '../../fetch/without-login.ts';

export interface PostLimits {
  /** How long each of the two attempts may take. */
  readonly timeoutMs: number;
  /** How long to wait between the two attempts. */
  readonly pauseMs: number;
}

/** What became of one attempt. */
type Attempt =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'refused' | 'unanswered'; readonly reason: string };

/**
 * Posts JSON to a webhook, a second time when the first attempt got no answer or an error of the server.
 * The address may hold a secret and stands in no message.
 * @returns why it could not be delivered, or `undefined` when it was.
 */
export async function postAlert(
  url: URL,
  body: string,
  { timeoutMs, pauseMs }: PostLimits,
): Promise<string | undefined> {
  const first = await attemptPost(url, body, timeoutMs);
  if (first.kind === 'delivered') return undefined;
  // A refusal is not tried again, for the server would refuse it again.
  if (first.kind === 'refused') return first.reason;
  await pause(pauseMs);
  const second = await attemptPost(url, body, timeoutMs);
  return second.kind === 'delivered' ? undefined : `${second.reason}, twice`;
}

async function attemptPost(url: URL, body: string, timeoutMs: number): Promise<Attempt> {
  const { target, login } = withoutLogin(url);
  try {
    const response = await fetch(target, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(login !== undefined && { authorization: login }),
      },
      body,
      // A redirected POST would arrive as a GET without its body.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    if (response.ok) return { kind: 'delivered' };
    const again = response.status >= 500 || response.status === 429;
    return {
      kind: again ? 'unanswered' : 'refused',
      reason: `the server answered ${response.status}`,
    };
  } catch (error) {
    return { kind: 'unanswered', reason: describe(error, timeoutMs) };
  }
}

/** The text of a network error may repeat the address: its code does not. */
function describe(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return 'it could not be sent';
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`;
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : error.name;
  return `it could not be sent (${code})`;
}
