import type { Row } from './canonical-row.ts';
import { NULL_TEXT } from './canonical-row.ts';

/**
 * A row of a test, in which a column that it does not name is NULL: a test says what it is about, and a
 * formula that reads one column more does not fail all others. Real rows name every column, and
 * there a misspelt one is an error.
 */
export function madeUpRow(row: Row): Row {
  return new Proxy(row, {
    get: (target, column) =>
      typeof column === 'symbol' || column in target ? Reflect.get(target, column) : NULL_TEXT,
  });
}
