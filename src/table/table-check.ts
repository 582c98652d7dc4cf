import type { Severity } from '../sql/column.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { type SqlText, sqlText } from '../sql/sql-text.ts';

/** A rule over the staged rows of a date; violations are counted per date. */
export type TableCheck =
  | {
      readonly kind: 'row';
      readonly name: string;
      readonly severity: Severity;
      /** Holds for a row in violation; NULL counts as fine. */
      readonly violation: SqlText;
    }
  | {
      readonly kind: 'date';
      readonly name: string;
      readonly severity: Severity;
      /** Holds for aggregates of all rows of a date in violation; NULL counts as fine. */
      readonly violation: SqlText;
    }
  | {
      readonly kind: 'group';
      readonly name: string;
      readonly severity: Severity;
      /**
       * A SELECT of (partition_date, violations, example) over the staged relation, where the example is one group in
       * violation, as text; absent dates are fine.
       */
      sql(staged: string, dialect: SqlDialect): string;
    };

/** The condition of a check that is made in the one pass over all rows. */
export function violationSql(
  { violation }: Exclude<TableCheck, { readonly kind: 'group' }>,
  dialect: SqlDialect,
): string {
  return sqlText(violation, dialect);
}
