/** Hours after which BigQuery itself removes a staging table that a killed process left behind. */
const stagingHours = 24;

/** Clause that makes a staging table expire. */
export const stagingOptions = `OPTIONS(expiration_timestamp = TIMESTAMP_ADD(CURRENT_TIMESTAMP(), INTERVAL ${stagingHours} HOUR))`;

/** Attempts of a job that failed for a passing reason, the first one included. */
export const jobAttempts = 4;

/** Wait before the second attempt; doubled for each further one. */
export const firstRetryMs = 1000;

/** Wait before a load job is asked again whether it is done. */
export const pollMs = 500;

/** Rows of a result that are fetched at a time. */
export const pageRows = 50_000;

/** Name of the dataset, within the prefix, that staging tables stand in. */
export const stagingDataset = 'backcourt';

/** Scripts of queries that run beside each other: far fewer than the 100 that a project may run. */
export const scriptsAtOnce = 4;

/** Small queries that are asked together. */
export const queriesAtOnce = 96;
