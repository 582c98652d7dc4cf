/** What `run-statements.ts` is given to do. */
export interface StatementList {
  /** Path of a DuckDB file; made when it is not there. */
  readonly database: string;
  readonly statements: readonly string[];
}
