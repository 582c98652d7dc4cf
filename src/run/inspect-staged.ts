import { type GameDate, gameDate } from '../calendar/game-date.ts';
import type { Severity } from '../table/column.ts';
import { keyText, partitionHash } from '../table/partition-hash.ts';
import type { SqlDialect } from '../table/sql-dialect.ts';
import { type TableCheck, violationSql } from '../table/table-check.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import { textOf } from '../warehouse/text-of.ts';
import type { Reader, Row } from '../warehouse/warehouse.ts';

export interface CheckViolation {
  readonly check: string;
  readonly severity: Severity;
  /** Rows or groups in violation. */
  readonly count: number;
}

/** What the staged relation holds for one date. */
export interface StagedDate {
  readonly date: GameDate;
  readonly rows: number;
  readonly excluded: number;
  readonly dataHash: string;
  /** `undefined` where nobody reads the keys alone, or there are no rows. */
  readonly keyHash: string | undefined;
  /** JSON of projection → hash; `undefined` where there are no projections, or no rows. */
  readonly projectionHashes: string | undefined;
  readonly violations: readonly CheckViolation[];
}

interface Rule {
  readonly check: string;
  readonly severity: Severity;
  /** SQL number of violations, over the rows of a date. */
  readonly count: string;
}

/** Rules that follow from the columns, then those of the table. */
function rules(table: ComputedTable, sql: SqlDialect): readonly Rule[] {
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
  const own = table.checks.flatMap((check) => ownRule(check, sql) ?? []);
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
    ...own,
  ];
}

/** A check of the table as a rule of the one pass over its rows; `undefined` when it needs its own. */
function ownRule(check: TableCheck, sql: SqlDialect): Rule | undefined {
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

/** One row per date of the staged rows that are to be written: counts, hashes, violations. */
export function inspectSql(table: ComputedTable, sql: SqlDialect, staged: string): string {
  const hash = partitionHash(table, sql);
  const counts = rules(table, sql).map(({ count }, index) => `${count} AS rule_${index}`);
  return `
SELECT
  CAST(${table.partition} AS STRING) AS partition_date,
  COUNT(*) AS row_count,
  COUNT(*) - COUNT(DISTINCT ${keyText(table, sql)}) AS doubled_keys,
  ${hash.data} AS data_hash,
  ${hash.keys ?? 'NULL'} AS key_hash,
  ${hash.projections ?? 'NULL'} AS projection_hashes,
  ${counts.join(',\n  ')}
FROM ${staged} AS staged
${table.excludes ? 'WHERE exclusion_reason IS NULL' : ''}
GROUP BY ${table.partition}`;
}

/** All statements that look at a staged relation, as they are sent. */
export function inspectStatements(
  table: ComputedTable,
  sql: SqlDialect,
  staged: string,
): readonly string[] {
  return [
    ...groupChecks(table, sql, staged).map(({ select }) => select),
    ...(table.excludes ? [excludedSql(table, staged)] : []),
    inspectSql(table, sql, staged),
  ];
}

/** Looks at a staged relation once for all its dates. */
export async function inspectStaged(
  reader: Reader,
  table: ComputedTable,
  staged: string,
): Promise<ReadonlyMap<GameDate, StagedDate>> {
  const sql = reader.dialect;
  const known = rules(table, sql);
  const grouped = await groupViolations(reader, table, staged);
  const excluded = await excludedCounts(reader, table, staged);
  const rows = await reader.query(inspectSql(table, sql, staged));
  const found = new Map<GameDate, StagedDate>();
  for (const row of rows) {
    const date = gameDate(String(row['partition_date']));
    const violations = known
      .map(({ check, severity }, index) => ({
        check,
        severity,
        count: Number(row[`rule_${index}`]),
      }))
      .concat({ check: 'doubled key', severity: 'error', count: Number(row['doubled_keys']) })
      .concat(grouped.get(date) ?? [])
      .filter(({ count }) => count > 0);
    found.set(date, {
      date,
      rows: Number(row['row_count']),
      excluded: excluded.get(date) ?? 0,
      dataHash: String(row['data_hash']),
      keyHash: textOf(row['key_hash']),
      projectionHashes: textOf(row['projection_hashes']),
      violations,
    });
  }
  for (const [date, count] of excluded) {
    if (!found.has(date)) found.set(date, { ...emptyStagedDate(date), excluded: count });
  }
  return found;
}

/** SHA-256 of nothing, cut to 16: the hash of a date without rows. */
export const emptyHash = 'e3b0c44298fc1c14';

export function emptyStagedDate(date: GameDate): StagedDate {
  return {
    date,
    rows: 0,
    excluded: 0,
    dataHash: emptyHash,
    keyHash: undefined,
    projectionHashes: undefined,
    violations: [],
  };
}

function excludedSql(table: ComputedTable, staged: string): string {
  return `
SELECT CAST(${table.partition} AS STRING) AS partition_date, COUNT(*) AS entities
FROM ${staged} AS staged
WHERE exclusion_reason IS NOT NULL
GROUP BY ${table.partition}`;
}

async function excludedCounts(
  reader: Reader,
  table: ComputedTable,
  staged: string,
): Promise<ReadonlyMap<GameDate, number>> {
  if (!table.excludes) return new Map();
  const rows = await reader.query(excludedSql(table, staged));
  return new Map(rows.map((row) => [dateOf(row), Number(row['entities'])]));
}

/** Checks that need a pass of their own, each with its statement. */
function groupChecks(
  table: ComputedTable,
  sql: SqlDialect,
  staged: string,
): readonly { readonly check: TableCheck; readonly select: string }[] {
  const rowsOnly = table.excludes
    ? `(SELECT * FROM ${staged} WHERE exclusion_reason IS NULL)`
    : staged;
  return table.checks.flatMap((check) =>
    check.kind === 'group'
      ? [
          {
            check,
            select: `SELECT CAST(partition_date AS STRING) AS partition_date, violations FROM (${check.sql(rowsOnly, sql)}) AS counted`,
          },
        ]
      : [],
  );
}

async function groupViolations(
  reader: Reader,
  table: ComputedTable,
  staged: string,
): Promise<ReadonlyMap<GameDate, readonly CheckViolation[]>> {
  const found = new Map<GameDate, CheckViolation[]>();
  for (const { check, select } of groupChecks(table, reader.dialect, staged)) {
    const rows = await reader.query(select);
    for (const row of rows) {
      const violation = {
        check: check.name,
        severity: check.severity,
        count: Number(row['violations']),
      };
      found.set(dateOf(row), [...(found.get(dateOf(row)) ?? []), violation]);
    }
  }
  return found;
}

function dateOf(row: Row): GameDate {
  return gameDate(String(row['partition_date']));
}
