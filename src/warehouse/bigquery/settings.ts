import type { Backoff } from './retrying.ts';

/** Hours after which BigQuery itself removes a staging table that a killed process left behind. */
const stagingHours = 24;

/** Clause that makes a staging table expire. */
export const stagingOptions = `OPTIONS(expiration_timestamp = TIMESTAMP_ADD(CURRENT_TIMESTAMP(), INTERVAL ${stagingHours} HOUR))`;

/** How to wait after a failure that passes: of the network, of a server, of a limit on requests per time. */
export const passingBackoff: Backoff = { firstMs: 1000, mostMs: 32_000, withinMs: 300_000 };

/** How to wait before anything was ever answered: who has no network is not to wait for minutes. */
export const firstContactBackoff: Backoff = { firstMs: 1000, mostMs: 8000, withinMs: 20_000 };

/** How to wait after a commit that met another one: the other one has to end first. */
export const conflictBackoff: Backoff = { firstMs: 3000, mostMs: 30_000, attempts: 6 };

/** Wait before a job that is not done is asked again. BigQuery itself answers after ten seconds or earlier. */
export const pollMs = 500;

/** Rows of a result that one call fetches. */
export const pageRows = 50_000;

/** After so long BigQuery itself ends a job: one whose process is gone does not go on for hours. */
export const jobTimeoutMs = 30 * 60_000;

/** After so long BigQuery itself ends one statement of a script. */
export const statementTimeoutMs = 20 * 60_000;

/** How long a cancelled job may take to end before the process leaves it. */
export const cancelWaitMs = 10_000;

/** Wait before it is looked again whether the jobs of another process have ended. */
export const otherJobsPollMs = 3000;

/** BigQuery takes 1,024k characters of a query; what is left is for its own reading of the limit. */
export const mostQueryCharacters = 1_000_000;

/** Name of the dataset, within the prefix, that staging tables stand in. */
export const stagingDataset = 'backcourt';

/** Scripts of queries that run beside each other: far fewer than the 100 that a project may run. */
export const scriptsAtOnce = 4;

/** So many small queries go into the scripts of one round: together they wait for BigQuery once. */
export const queriesAtOnce = 96;
