import { WarehouseError } from '../warehouse.ts';
import { type BigQueryFailure, failureRules } from './failure-rules.ts';

const networkCode =
  /^(ECONN(RESET|REFUSED|ABORTED)|E?SOCKETTIMEDOUT|ETIMEDOUT|EPIPE|EPROTO|EAI_AGAIN|ENOTFOUND|E(NET|HOST)(UNREACH|DOWN)|ERR_STREAM_PREMATURE_CLOSE)$/;
const networkText = /socket hang up|network timeout|fetch failed|premature close/i;
const serverCodes: readonly unknown[] = [408, 429, 500, 502, 503, 504];
const passingReasons: readonly string[] = [
  'backendError',
  'internalError',
  'jobBackendError',
  'jobInternalError',
  'jobRateLimitExceeded',
  'rateLimitExceeded',
  'tableUnavailable',
  'userRateLimitExceeded',
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

/**
 * TRUE when no answer came, or none of substance: the same request may be sent again by whoever can bear it
 * twice. A reason that passes, too, is one of the request alone while the job does not say that it failed of it.
 */
export function mayBeAskedAgain(error: unknown): boolean {
  const { code, message } = describeFailure(error);
  const isOfNetwork = typeof code === 'string' && networkCode.test(code);
  return (
    serverCodes.includes(code) ||
    isOfNetwork ||
    networkText.test(message) ||
    hasFailedInPassing(error)
  );
}

/** TRUE when BigQuery says that it did nothing, for a reason that passes: the same job may be sent once more. */
export function hasFailedInPassing(error: unknown): boolean {
  return passingReasons.includes(describeFailure(error).reason ?? '');
}

/** TRUE when another transaction or statement has changed the same table in the meantime. */
export function isConflict(error: unknown): boolean {
  return /concurrent update/i.test(describeFailure(error).message);
}

/** TRUE when what was to be made is there already. */
export function isDuplicate(error: unknown): boolean {
  const { code, reason } = describeFailure(error);
  return code === 409 || reason === 'duplicate';
}

/**
 * BigQuery's error as one of the kinds the product knows.
 * @param isWrong whether the SQL itself is wrong, where BigQuery calls both it and the data invalid.
 */
export function toWarehouseError(error: unknown, sql?: string, isWrong = false): WarehouseError {
  if (error instanceof WarehouseError) return error;
  const failure = describeFailure(error);
  const rule = failureRules.find(({ matches }) => matches(failure));
  if (rule) return new WarehouseError(rule.kind, `${failure.message} (${rule.advice})`, sql);
  // An error with neither status nor reason never came from BigQuery.
  if (typeof failure.code !== 'number' && failure.reason === undefined) {
    const advice = failure.code === undefined ? '' : ' (BigQuery cannot be reached)';
    return new WarehouseError('surroundings', `${failure.message}${advice}`, sql);
  }
  if (mayBeAskedAgain(error)) return new WarehouseError('surroundings', failure.message, sql);
  return new WarehouseError(isWrong ? 'definition' : 'statement', failure.message, sql);
}
