import type { WarehouseErrorKind } from '../warehouse.ts';

/** What the client throws: an answer of BigQuery, or what kept one from coming. */
export interface BigQueryFailure {
  /** A status of HTTP, or a code of the network. */
  readonly code: number | string | undefined;
  readonly reason: string | undefined;
  readonly message: string;
}

/** What a failure is, and what to do next. */
export interface FailureRule {
  readonly matches: (failure: BigQueryFailure) => boolean;
  readonly kind: WarehouseErrorKind;
  readonly advice: string;
}

/** Stands in the error of a script that found the ledger moved, see `writer-fence.ts`. */
export const ledgerMoved = 'backcourt: the ledger has moved';

const because = (...reasons: readonly string[]) => {
  return ({ reason }: BigQueryFailure) => reason !== undefined && reasons.includes(reason);
};
const says =
  (pattern: RegExp) =>
  ({ message }: BigQueryFailure) =>
    pattern.test(message);

const logIn =
  'at a desk run: gcloud auth application-default login; on a server name the key of a service account in GOOGLE_APPLICATION_CREDENTIALS, or attach the account to the machine';

/**
 * The reasons of BigQuery's table of errors, each once; the first that matches counts. What no rule
 * matches is a failure of the statement: on its data, or of its SQL.
 */
export const failureRules: readonly FailureRule[] = [
  {
    matches: says(/could not load the default credentials/i),
    kind: 'surroundings',
    advice: `no credentials for BigQuery; ${logIn}`,
  },
  {
    matches: says(/iam\.serviceAccounts\.getAccessToken|unable to impersonate/i),
    kind: 'surroundings',
    advice:
      'the service account cannot be impersonated; grant the caller the role Service Account Token Creator on it',
  },
  {
    matches: (failure) =>
      failure.code === 401 ||
      says(/invalid_grant|invalid_rapt/)(failure) ||
      because('authError', 'invalidUser')(failure),
    kind: 'surroundings',
    advice: `the credentials have expired or are not valid; ${logIn}`,
  },
  {
    matches: says(new RegExp(ledgerMoved)),
    kind: 'locked',
    advice: 'nothing of this commit was written',
  },
  {
    // BigQuery words this differently inside of a transaction and outside of one; both have these two words.
    matches: says(/concurrent update/i),
    kind: 'locked',
    advice:
      'another process writes to the same tables; nothing of this commit was written, run again when it has ended',
  },
  {
    matches: because('bytesBilledLimitExceeded'),
    kind: 'surroundings',
    advice: 'the query would read more than --max-bytes allows; nothing was billed',
  },
  {
    matches: because('billingTierLimitExceeded'),
    kind: 'oversized',
    advice:
      'too much computing for the bytes it reads; take fewer dates at a time with --batch-days, or a reservation of slots',
  },
  {
    matches: (failure) =>
      because('resourcesExceeded')(failure) &&
      says(/too complex|too many subqueries|query planning/i)(failure),
    kind: 'definition',
    advice: 'BigQuery cannot plan the query, however few the dates; please report it',
  },
  {
    matches: because('resourcesExceeded'),
    kind: 'oversized',
    advice: 'not enough memory for it; take fewer dates at a time with --batch-days',
  },
  {
    matches: because('responseTooLarge'),
    kind: 'oversized',
    advice: 'the result is larger than BigQuery hands out; ask for fewer dates at a time',
  },
  {
    matches: because('billingNotEnabled'),
    kind: 'surroundings',
    advice:
      'the project has no billing account, and the sandbox refuses to change rows; link one in the Google Cloud console',
  },
  {
    matches: because('quotaExceeded'),
    kind: 'surroundings',
    advice:
      'a quota of the project is used up; what was committed stays, run again when it is renewed',
  },
  {
    matches: because('rateLimitExceeded', 'jobRateLimitExceeded', 'userRateLimitExceeded'),
    kind: 'surroundings',
    advice:
      'too many requests or jobs at a time, for minutes; what was committed stays, run again later',
  },
  {
    matches: because('blocked'),
    kind: 'surroundings',
    advice:
      'BigQuery has blocked this kind of request for a time to protect itself; what was committed stays, ask its support',
  },
  {
    matches: because('stopped', 'timeout', 'jobTimeout'),
    kind: 'surroundings',
    advice:
      'the job was cancelled, or reached its time limit; what was committed stays, run again, with fewer dates at a time (--batch-days) where it was the time',
  },
  {
    matches: ({ code }) => code === 499,
    kind: 'surroundings',
    advice: 'the job was cancelled; what was committed stays, run again',
  },
  {
    matches: because('duplicate'),
    kind: 'surroundings',
    advice: 'another process has made it at the same moment; run again',
  },
  {
    matches: because('resourceInUse', 'tableUnavailable'),
    kind: 'surroundings',
    advice: 'it is in use elsewhere; what was committed stays, run again later',
  },
  {
    matches: because('notImplemented'),
    kind: 'surroundings',
    advice: 'the edition or the location of the project does not offer this',
  },
  {
    matches: (failure) => failure.code === 407 || because('proxyAuthenticationRequired')(failure),
    kind: 'surroundings',
    advice: 'a proxy on the way asks for credentials; see HTTPS_PROXY',
  },
  {
    matches: (failure) =>
      because('policyViolation', 'vpcServiceControls')(failure) ||
      says(/organization's policy/i)(failure),
    kind: 'surroundings',
    advice:
      'a policy of the organization forbids it from here; ask whoever administers the perimeter',
  },
  {
    matches: says(/has not been used in project|accessNotConfigured|API.*disabled/i),
    kind: 'surroundings',
    advice: 'the API is not enabled; run: gcloud services enable bigquery.googleapis.com',
  },
  {
    matches: (failure) => failure.code === 403 || because('accessDenied')(failure),
    kind: 'surroundings',
    advice:
      'needs the roles BigQuery Job User on the project and BigQuery Data Editor on the datasets; for status, plan and export BigQuery Data Viewer does',
  },
  {
    matches: (failure) => failure.code === 404 || because('notFound')(failure),
    kind: 'absent',
    advice: 'there is no such project, dataset or table in this location',
  },
  {
    matches: because('backendError', 'internalError', 'jobBackendError', 'jobInternalError'),
    kind: 'surroundings',
    advice: 'BigQuery itself failed, for minutes; what was committed stays, run again later',
  },
];
