import type { MadeValue } from './source-content.ts';

/** The day of a time of the wall clock in the East, whatever its mark; see {@link FileShape.easternTimes}. */
export function easternDay(...columns: readonly string[]): MadeValue {
  return {
    of: `the day of \`${columns.join('` or `')}\`, which is Eastern`,
    sql: (theirs, { isUtc }) => {
      const text = theirs(...columns);
      return isUtc
        ? text
        : `CASE WHEN ${text}[5] = '-' THEN substr(${text}, 1, 10) ELSE ${text} END`;
    },
  };
}
