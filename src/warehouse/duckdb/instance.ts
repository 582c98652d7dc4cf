import { DuckDBInstance } from '@duckdb/node-api';

/**
 * A DuckDB in memory that stays on this machine: left alone it would fetch an extension from the network for
 * a name such as `s3://…` or `sqlite:…`, and load it.
 */
export function makeInstance(
  settings: Readonly<Record<string, string>> = {},
): Promise<DuckDBInstance> {
  return DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    ...settings,
  });
}
