import { WarehouseError, type WarehouseErrorKind } from '../warehouse.ts';

/** What the client throws: an answer of BigQuery, or what kept one from coming. */
export interface BigQueryFailure {
  /** A status of HTTP, or a code of the network. */
  readonly code: number | string | undefined;
  readonly reason: string | undefined;
  readonly message: string;
}

interface Rule {
  readonly matches: (failure: BigQueryFailure) => boolean;
  readonly kind: WarehouseErrorKind;
  /** What to do next. */
  readonly advice: string;
}

const reason =
  (...reasons: readonly string[]) =>
  (failure: BigQueryFailure) =>
    failure.reason !== undefined && reasons.includes(failure.reason);

const rules: readonly Rule[] = [
  {
    matches: ({ message }) => /could not load the default credentials/i.test(message),
    kind: 'surroundings',
    advice: 'no credentials for BigQuery; run: gcloud auth application-default login',
  },
  {
    matches: ({ code, message }) => code === 401 || /invalid_grant|invalid_rapt/.test(message),
    kind: 'surroundings',
    advice: 'the credentials have expired; run: gcloud auth application-default login',
  },
  {
    matches: reason('bytesBilledLimitExceeded'),
    kind: 'surroundings',
    advice: 'the query would read more than --max-bytes allows; nothing was billed',
  },
  {
    matches: reason(
      'quotaExceeded',
      'rateLimitExceeded',
      'jobRateLimitExceeded',
      'billingTierLimitExceeded',
    ),
    kind: 'surroundings',
    advice: 'a quota of the project is used up; what was committed stays, run again later',
  },
  {
    matches: (failure) => failure.code === 403 || reason('accessDenied')(failure),
    kind: 'surroundings',
    advice:
      'needs the roles BigQuery Job User on the project and BigQuery Data Editor on the datasets',
  },
  {
    matches: ({ message }) => /aborted due to concurrent update/i.test(message),
    kind: 'locked',
    advice: 'another process writes to the same tables; nothing of this commit was written',
  },
  {
    matches: (failure) => failure.code === 404 || reason('notFound')(failure),
    kind: 'absent',
    advice: 'there is no such project, dataset or table in this location',
  },
  {
    matches: ({ code }) => typeof code === 'string' && /^E[A-Z]+$/.test(code),
    kind: 'surroundings',
    advice: 'BigQuery cannot be reached',
  },
];

/** Reads the fields of an error that the client threw, or of a job that failed. */
export function describeFailure(error: unknown): BigQueryFailure {
  const found = error as {
    readonly code?: number | string;
    readonly reason?: string;
    readonly message?: string;
    readonly errors?: readonly { readonly reason?: string; readonly message?: string }[];
  };
  const first = found.errors?.[0];
  return {
    code: found.code,
    reason: found.reason ?? first?.reason,
    message: (first?.message ?? found.message ?? String(error)).split('\n')[0] ?? '',
  };
}

/** TRUE when the same request may well succeed a moment later. */
export function isTransient(error: unknown): boolean {
  const { code, reason: why } = describeFailure(error);
  if (code === 429 || code === 500 || code === 502 || code === 503 || code === 504) return true;
  return [
    'backendError',
    'internalError',
    'rateLimitExceeded',
    'jobBackendError',
    'jobInternalError',
  ].includes(why ?? '');
}

/**
 * BigQuery's error as one of the kinds the product knows.
 * @param isWrong whether the SQL itself is wrong, where BigQuery calls both it and the data invalid.
 */
export function toWarehouseError(error: unknown, sql?: string, isWrong = false): WarehouseError {
  if (error instanceof WarehouseError) return error;
  const failure = describeFailure(error);
  const rule = rules.find(({ matches }) => matches(failure));
  if (rule) return new WarehouseError(rule.kind, `${failure.message} (${rule.advice})`, sql);
  if (isTransient(error)) return new WarehouseError('surroundings', failure.message, sql);
  return new WarehouseError(isWrong ? 'definition' : 'statement', failure.message, sql);
}
