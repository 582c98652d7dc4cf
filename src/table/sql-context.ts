import type { SqlDialect } from '../sql/sql-dialect.ts';

/** What a table's SQL is written against. */
export interface SqlContext {
  readonly sql: SqlDialect;
  /**
   * The relation of a declared input, limited to the days its windows can reach from the target
   * dates: an undeclared table cannot be read, nor a day outside the declaration.
   * @throws when the table does not declare the input.
   */
  input(table: string): string;
  /** Effective value of a declared option, as SQL. @throws when it is not declared. */
  option(name: string): string;
}

/** A context in which nothing depends on dates or options, to derive the definition version from. */
export function canonicalContext(sql: SqlDialect): SqlContext {
  return { sql, input: (name) => name, option: (name) => `@${name}` };
}
