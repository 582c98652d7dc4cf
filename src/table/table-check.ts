import type { Severity } from './column.ts';
import type { SqlDialect } from './sql-dialect.ts';

/** A rule over the staged rows of a date; violations are counted per date. */
export type TableCheck =
  | {
      readonly kind: 'row';
      readonly name: string;
      readonly severity: Severity;
      /** SQL condition that holds for a row in violation; NULL counts as fine. */
      readonly violation: string;
    }
  | {
      readonly kind: 'date';
      readonly name: string;
      readonly severity: Severity;
      /** SQL condition over aggregates of all rows of a date; NULL counts as fine. */
      readonly violation: string;
    }
  | {
      readonly kind: 'group';
      readonly name: string;
      readonly severity: Severity;
      /** A SELECT of (partition_date, violations) over the staged relation; absent dates are fine. */
      sql(staged: string, dialect: SqlDialect): string;
    };
