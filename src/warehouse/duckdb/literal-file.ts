import { resolve } from 'node:path';
import { duckdbDialect } from '../../sql/duckdb-dialect.ts';

/** Signs by which a reader of DuckDB takes the name of a file for a pattern of names. */
const patternSigns = /[[*?]/g;

/**
 * TRUE when a file can be read by its name. In a pattern a backslash stands for nothing that could be
 * written otherwise.
 */
export function isLiteralName(path: string): boolean {
  const whole = resolve(path);
  return !(whole.includes('\\') && whole.search(patternSigns) >= 0);
}

/**
 * A file for a reader of DuckDB, as SQL: this file and no other, whatever its name. As a whole path it is
 * also neither one of the home folder (`~`) nor of the network.
 */
export function literalFile(path: string): string {
  return duckdbDialect.string(resolve(path).replaceAll(patternSigns, '[$&]'));
}
