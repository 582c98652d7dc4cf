import type { Refusal } from './faults.ts';

/** https://cloud.google.com/bigquery/docs/error-messages#errortable: reason, status, and a text of the kind. */
const rows = [
  ['accessDenied', 403, 'Access Denied: Table x: User does not have permission'],
  ['attributeError', 400, 'An attribute is called that is not there'],
  ['backendError', 503, 'Error encountered during execution. Retrying may solve the problem.'],
  [
    'badRequest',
    400,
    'UPDATE or DELETE statement over table x would affect rows in the streaming buffer',
  ],
  ['billingNotEnabled', 403, 'Billing has not been enabled for this project'],
  [
    'billingTierLimitExceeded',
    400,
    'Query exceeded resource limits. This query used 300 CPU seconds but would charge only 10M Analysis bytes',
  ],
  ['blocked', 403, 'The operation is blocked for the time being'],
  ['duplicate', 409, 'Already Exists: Table x'],
  ['internalError', 500, 'An internal error occurred and the request could not be completed'],
  ['invalid', 400, 'The value is invalid'],
  ['invalidQuery', 400, 'Syntax error: Unexpected end of script'],
  ['invalidUser', 400, 'The user is invalid'],
  ['jobBackendError', 400, 'The job was created, but failed with an internal error'],
  ['jobInternalError', 400, 'The job was created, but failed with an internal error'],
  ['jobRateLimitExceeded', 400, 'Exceeded rate limits: too many jobs'],
  ['notFound', 404, 'Not found: Table x'],
  ['notImplemented', 501, 'This job, API call or query is not implemented'],
  ['proxyAuthenticationRequired', 407, 'Proxy authentication is required'],
  ['quotaExceeded', 403, 'Quota exceeded: Your project exceeded quota for query bytes scanned'],
  ['rateLimitExceeded', 403, 'Exceeded rate limits: too many api requests per user per method'],
  ['resourceInUse', 400, 'The dataset is not empty'],
  [
    'resourcesExceeded',
    400,
    'Resources exceeded during query execution: The query could not be executed in the allotted memory',
  ],
  [
    'resourcesExceeded',
    400,
    'Resources exceeded during query execution: Not enough resources for query planning - too many subqueries or query is too complex',
  ],
  [
    'responseTooLarge',
    403,
    'Response too large to return. Consider specifying a destination table in your job configuration',
  ],
  ['stopped', 499, 'Job execution was cancelled: User requested cancellation'],
  ['tableUnavailable', 400, 'The table is unavailable, try again'],
  ['timeout', 400, 'Operation timed out after 6.0 hours'],
] as const;

/** Every error of the table, with another name for the second of a kind. */
export const errorTable: readonly Refusal[] = rows.map(([reason, status, message]) => ({
  reason,
  status,
  message,
}));
