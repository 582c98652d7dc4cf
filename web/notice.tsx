import type { ComponentChildren } from 'preact';
import type { ErrorAnswer } from '../src/serve/api-types.ts';
import type { Answer } from './use-api.ts';

/** A framed remark. */
export function Notice({
  tone = 'plain',
  children,
}: {
  readonly tone?: 'plain' | 'trouble';
  readonly children: ComponentChildren;
}) {
  return (
    <div class={`notice ${tone}`} role={tone === 'trouble' ? 'alert' : 'status'}>
      {children}
    </div>
  );
}

/** What is shown instead of data that are not there. */
export function Failure({ error }: { readonly error: ErrorAnswer }) {
  if (error.error === 'locked') {
    return (
      <Notice>
        <strong>A run holds the warehouse.</strong> {error.message}. Nothing can be read until it is
        done; this page asks again by itself.
      </Notice>
    );
  }
  return (
    <Notice tone="trouble">
      <strong>{error.error === 'not_found' ? 'Not found.' : 'This cannot be shown.'}</strong>{' '}
      {error.message}
    </Notice>
  );
}

/** The data once they are there, else what there is to say instead. */
export function When<T>({
  answer,
  children,
}: {
  readonly answer: Answer<T>;
  readonly children: (data: T) => ComponentChildren;
}) {
  switch (answer.kind) {
    case 'loading':
      return (
        <p class="quiet" aria-busy="true">
          reading …
        </p>
      );
    case 'failed':
      return <Failure error={answer.error} />;
    case 'ready':
      return <>{children(answer.data)}</>;
  }
}
