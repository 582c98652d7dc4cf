import { describe, expect, it } from 'vitest';
import { hasFailedInPassing, mayBeAskedAgain, toWarehouseError } from './errors.ts';

const answer = (code: number, reason: string, message = 'told so') =>
  Object.assign(new Error(message), { code, errors: [{ reason, message }] });
const network = (code: string) => Object.assign(new Error(`request ${code}`), { code });

describe('toWarehouseError', () => {
  it.each([
    [new Error('Could not load the default credentials. Browse to …'), 'surroundings', 'gcloud'],
    [
      new Error('Could not load the default credentials. Browse to …'),
      'surroundings',
      'GOOGLE_APPLICATION_CREDENTIALS',
    ],
    [answer(401, 'authError'), 'surroundings', 'gcloud'],
    [new Error('invalid_grant: reauth related error'), 'surroundings', 'gcloud'],
    [
      answer(
        403,
        'forbidden',
        "Permission 'iam.serviceAccounts.getAccessToken' denied on resource",
      ),
      'surroundings',
      'Token Creator',
    ],
    [answer(403, 'accessDenied'), 'surroundings', 'Job User'],
    [answer(403, 'forbidden'), 'surroundings', 'Job User'],
    [
      answer(403, 'accessNotConfigured', 'BigQuery API has not been used in project 1'),
      'surroundings',
      'gcloud services enable',
    ],
    [answer(403, 'policyViolation'), 'surroundings', 'policy of the organization'],
    [answer(403, 'billingNotEnabled'), 'surroundings', 'billing account'],
    [answer(403, 'blocked'), 'surroundings', 'has blocked'],
    [answer(403, 'responseTooLarge'), 'oversized', 'larger than'],
    [answer(403, 'quotaExceeded'), 'surroundings', 'quota'],
    [answer(403, 'rateLimitExceeded'), 'surroundings', 'too many'],
    [answer(400, 'jobRateLimitExceeded'), 'surroundings', 'too many'],
    [answer(400, 'billingTierLimitExceeded'), 'oversized', 'reservation'],
    [answer(400, 'bytesBilledLimitExceeded'), 'surroundings', '--max-bytes'],
    [answer(400, 'resourcesExceeded', 'not enough memory'), 'oversized', '--batch-days'],
    [
      answer(
        400,
        'resourcesExceeded',
        'Resources exceeded during query execution: Not enough resources for query planning - too many subqueries or query is too complex.',
      ),
      'definition',
      'cannot plan',
    ],
    [answer(200, 'stopped'), 'surroundings', 'cancelled'],
    [answer(400, 'timeout'), 'surroundings', 'time limit'],
    [answer(499, 'cancelled'), 'surroundings', 'cancelled'],
    [answer(409, 'duplicate'), 'surroundings', 'another process'],
    [answer(400, 'resourceInUse'), 'surroundings', 'in use'],
    [answer(400, 'tableUnavailable'), 'surroundings', 'in use'],
    [answer(501, 'notImplemented'), 'surroundings', 'does not offer'],
    [answer(407, 'proxyAuthenticationRequired'), 'surroundings', 'HTTPS_PROXY'],
    [answer(404, 'notFound'), 'absent', 'no such project'],
    [network('ECONNREFUSED'), 'surroundings', 'reached'],
    [network('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'surroundings', 'reached'],
    [new TypeError('no answer at all'), 'surroundings', 'no answer'],
    [
      answer(
        400,
        'invalidQuery',
        'Transaction is aborted due to concurrent update against table x',
      ),
      'locked',
      'another process',
    ],
    [
      answer(400, 'invalidQuery', 'Could not serialize access to table x due to concurrent update'),
      'locked',
      'another process',
    ],
    [answer(503, 'backendError'), 'surroundings', 'told so'],
    [answer(502, ''), 'surroundings', 'told so'],
    [answer(400, 'invalid'), 'statement', 'told so'],
    [answer(400, 'invalidQuery'), 'statement', 'told so'],
  ])('%s', (error, kind, part) => {
    const found = toWarehouseError(error, 'SELECT 1');
    expect([found.kind, found.sql]).toEqual([kind, 'SELECT 1']);
    expect(found.message).toContain(part);
  });

  it('calls a wrong query a definition', () => {
    expect(toWarehouseError(answer(400, 'invalidQuery'), 'SELECT', true).kind).toBe('definition');
  });
});

it.each([
  [network('ECONNRESET'), true],
  [network('ETIMEDOUT'), true],
  [network('EAI_AGAIN'), true],
  [network('ENOTFOUND'), true],
  [new Error('socket hang up'), true],
  [network('ENOENT'), false],
  [network('CERT_HAS_EXPIRED'), false],
  [answer(503, 'backendError'), true],
  [answer(429, 'tooManyRequests'), true],
  [answer(403, 'rateLimitExceeded'), true],
  [answer(403, 'quotaExceeded'), false],
  [answer(400, 'invalidQuery'), false],
])('%s may be asked again: %s', (error, expected) => {
  expect(mayBeAskedAgain(error)).toBe(expected);
});

it.each([
  ['backendError', true],
  ['jobInternalError', true],
  ['rateLimitExceeded', true],
  ['jobRateLimitExceeded', true],
  ['quotaExceeded', false],
  ['stopped', false],
  ['invalidQuery', false],
])('a job that failed of %s is sent again: %s', (reason, expected) => {
  expect(hasFailedInPassing({ reason, message: 'told so' })).toBe(expected);
});
