import type { Severity } from '../../sql/column.ts';
import type { SqlDialect } from '../../sql/sql-dialect.ts';
import { type TableCheck, violationSql } from '../../table/table-check.ts';
import type { ComputedTable } from '../../table/table-definition.ts';

/** A rule that is counted in the one pass over all staged rows. */
export interface StagedRule {
  readonly check: string;
  readonly severity: Severity;
  /** SQL number of violations, INT64 and never NULL, over the rows of a date. */
  readonly count: string;
}

/** Rules that follow from the columns of a table, then those of its own. */
export function stagedRules(table: ComputedTable, sql: SqlDialect): readonly StagedRule[] {
  const required = table.columns.filter(({ nullWhen }) => nullWhen === undefined);
  const ranges = table.columns.flatMap(({ name, range }) =>
    range
      ? [
          {
            check: `${name} outside ${range.min} to ${range.max}`,
            severity: range.severity,
            count: sql.countIf(`${name} < ${range.min} OR ${name} > ${range.max}`),
          },
        ]
      : [],
  );
  return [
    {
      check: 'NULL in a column that may not be',
      severity: 'error',
      count: sql.countIf(
        required
          .flatMap(({ name, type }) =>
            type.kind === 'ARRAY'
              ? [`${name} IS NULL`, sql.hasNullElement(name)]
              : [`${name} IS NULL`],
          )
          .join(' OR '),
      ),
    },
    ...ranges,
    ...table.checks.flatMap((check) => ownRule(check, sql) ?? []),
  ];
}

/** A check of the table as a rule of the one pass over its rows; `undefined` when it needs its own. */
function ownRule(check: TableCheck, sql: SqlDialect): StagedRule | undefined {
  const { name, severity } = check;
  switch (check.kind) {
    case 'row':
      return { check: name, severity, count: sql.countIf(violationSql(check, sql)) };
    case 'date':
      return {
        check: name,
        severity,
        count: `CASE WHEN ${violationSql(check, sql)} THEN 1 ELSE 0 END`,
      };
    case 'group':
      return undefined;
  }
}
