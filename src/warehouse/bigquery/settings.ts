/** Hours after which BigQuery itself removes a staging table that a killed process left behind. */
export const stagingHours = 24;

/** Attempts of a job that failed for a passing reason, the first one included. */
export const jobAttempts = 4;

/** Wait before the second attempt; doubled for each further one. */
export const firstRetryMs = 1000;

/** Rows of a result that are fetched at a time. */
export const pageRows = 50_000;

/** Name of the dataset, within the prefix, that staging tables stand in. */
export const stagingDataset = 'backcourt';
