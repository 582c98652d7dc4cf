/** What the stand-in holds a client to; each as Google documents it, and each can be switched off by itself. */
export interface Rules {
  /** jobs.getQueryResults and jobs.query answer `jobComplete: false` when their time is up. */
  readonly lateAnswers: boolean;
  /** Transactions that have changed rows of the same table cannot both commit; INSERT never conflicts. */
  readonly conflicts: boolean;
  /** A job id is used once: 409 `duplicate`. */
  readonly jobIds: boolean;
  /** Text, partitions, modifications of a name, DML, labels, descriptions, least bytes to be billed. */
  readonly limits: boolean;
  /** CREATE TABLE ignores options that are NULL; what the dataset says then holds. */
  readonly expirations: boolean;
  /** A dataset is found from its own location alone. */
  readonly locations: boolean;
  /** NULL is no element of an array that is written. */
  readonly arrays: boolean;
  /** Times are sent as floats unless whole microseconds are asked for. */
  readonly timestamps: boolean;
  /** A page ends at 10 MB. */
  readonly pages: boolean;
  /** Rows come in no order unless the query says one. */
  readonly order: boolean;
}

export const allRules: Rules = {
  lateAnswers: true,
  conflicts: true,
  jobIds: true,
  limits: true,
  expirations: true,
  locations: true,
  arrays: true,
  timestamps: true,
  pages: true,
  order: true,
};
