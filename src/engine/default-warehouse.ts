/** The file that a verb works on where neither its flag nor the environment names one. */
export const defaultWarehouse = './nba.duckdb';

/**
 * The same of earlier versions. Clients of DuckDB call a file's catalog after the file, so that this one makes
 * `backcourt.exclusions` ambiguous for all of them.
 */
export const earlierDefault = './backcourt.duckdb';

/** TRUE for what is in memory, or nothing at all. */
export function isNoPlace(value: string): boolean {
  return value.trim() === '' || value === ':memory:';
}
