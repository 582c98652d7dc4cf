import { duckdbDialect as sql } from '../../sql/duckdb-dialect.ts';

/** Relation of two text columns: what was worked out in TypeScript for texts that were read. */
export function textMap(
  alias: string,
  [from, to]: readonly [string, string],
  entries: readonly (readonly [string, string])[],
): string {
  if (entries.length === 0) {
    return `(SELECT CAST(NULL AS VARCHAR) AS ${from}, CAST(NULL AS VARCHAR) AS ${to} WHERE FALSE) AS ${alias}`;
  }
  const rows = entries.map((entry) => entry.map((text) => sql.string(text)));
  return sql.constants(alias, [from, to], rows);
}
