import { useEffect, useState } from 'preact/hooks';
import type { ErrorAnswer } from '../src/serve/api-types.ts';

export type Answer<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly data: T }
  | { readonly kind: 'failed'; readonly error: ErrorAnswer };

const retryMs = 2000;

/**
 * Asks for something under `/api/`, again when the path or `version` changes. While a run holds the
 * warehouse it keeps asking. @param path `null` asks nothing.
 */
export function useApi<T>(path: string | null, version: unknown = 0): Answer<T> {
  const [answer, setAnswer] = useState<{ readonly path: string | null; readonly is: Answer<T> }>({
    path,
    is: { kind: 'loading' },
  });
  useEffect(() => {
    if (path === null) return;
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      const is = await askOnce<T>(path, controller.signal);
      if (controller.signal.aborted) return;
      setAnswer({ path, is });
      if (is.kind === 'failed' && is.error.error === 'locked') timer = setTimeout(ask, retryMs);
    };
    void ask();
    return () => {
      controller.abort();
      clearTimeout(timer);
    };
  }, [path, version]);
  return answer.path === path ? answer.is : { kind: 'loading' };
}

async function askOnce<T>(path: string, signal: AbortSignal): Promise<Answer<T>> {
  try {
    const response = await fetch(`./api/${path}`, { signal });
    const body: unknown = await response.json();
    return response.ok
      ? { kind: 'ready', data: body as T }
      : { kind: 'failed', error: body as ErrorAnswer };
  } catch {
    const message = 'the server does not answer; is backcourt serve still running?';
    return { kind: 'failed', error: { error: 'absent', message } };
  }
}
