import { describe, expect, it } from 'vitest';
import { isTransient, toWarehouseError } from './errors.ts';

const answer = (code: number, reason: string, message = 'told so') =>
  Object.assign(new Error(message), { code, errors: [{ reason, message }] });

describe('toWarehouseError', () => {
  it.each([
    [new Error('Could not load the default credentials. Browse to …'), 'surroundings', 'gcloud'],
    [answer(401, 'authError'), 'surroundings', 'gcloud'],
    [new Error('invalid_grant: reauth related error'), 'surroundings', 'gcloud'],
    [answer(403, 'accessDenied'), 'surroundings', 'Job User'],
    [answer(403, 'quotaExceeded'), 'surroundings', 'quota'],
    [answer(403, 'rateLimitExceeded'), 'surroundings', 'quota'],
    [answer(400, 'bytesBilledLimitExceeded'), 'surroundings', '--max-bytes'],
    [answer(404, 'notFound'), 'absent', 'no such project'],
    [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 'surroundings', 'reached'],
    [
      answer(
        400,
        'invalidQuery',
        'Transaction is aborted due to concurrent update against table x',
      ),
      'locked',
      'another process',
    ],
    [answer(503, 'backendError'), 'surroundings', 'told so'],
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
  [503, 'backendError', true],
  [500, 'internalError', true],
  [429, 'tooManyRequests', true],
  [403, 'rateLimitExceeded', true],
  [403, 'quotaExceeded', false],
  [400, 'invalidQuery', false],
])('%i %s passes: %s', (code, reason, expected) => {
  expect(isTransient(answer(code, reason))).toBe(expected);
});
