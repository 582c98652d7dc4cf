import type { SqlDialect } from '../../sql/sql-dialect.ts';
import { keyText, partitionHash } from '../../table/partition-hash.ts';
import type { ComputedTable } from '../../table/table-definition.ts';
import { stagedRules } from './staged-rules.ts';

/** A relation that holds rows of a table, candidates that were left out among them. */
export interface Staged {
  readonly table: ComputedTable;
  /** A name, or a SELECT in brackets. */
  readonly relation: string;
}

/**
 * What a row of {@link lookSql} tells of a date: about the rows that are to be written, how many candidates
 * were left out, or how many groups break a check that needs a pass of its own.
 */
export type LookTopic = 'rows' | 'left_out' | 'group';

const noText = 'CAST(NULL AS STRING)';

/**
 * One statement that looks at staged relations of any tables: for each date of each table counts, hashes and
 * violations. Columns: table_name, partition_date, topic ({@link LookTopic}), check_name (of a group),
 * row_count, counts (the doubled keys, then the violations of each of {@link stagedRules}, separated by
 * commas; of a group an example), data_hash, key_hash, projection_hashes.
 */
export function lookSql(sql: SqlDialect, staged: readonly Staged[]): string {
  return staged.flatMap((one) => armsOf(sql, one)).join('\nUNION ALL');
}

function armsOf(sql: SqlDialect, { table, relation }: Staged): readonly string[] {
  const name = sql.string(table.name);
  const hash = partitionHash(table, sql);
  const counts = [
    `COUNT(*) - COUNT(DISTINCT ${keyText(table, sql)})`,
    ...stagedRules(table, sql).map(({ count }) => count),
  ];
  const countsText = sql.concat(
    counts.flatMap((count, index) => [...(index > 0 ? ["','"] : []), `CAST(${count} AS STRING)`]),
  );
  const rows = `
SELECT
  ${name} AS table_name,
  CAST(${table.partition} AS STRING) AS partition_date,
  'rows' AS topic,
  ${noText} AS check_name,
  COUNT(*) AS row_count,
  ${countsText} AS counts,
  ${hash.data} AS data_hash,
  ${hash.keys ?? noText} AS key_hash,
  ${hash.projections ?? noText} AS projection_hashes
FROM ${relation} AS staged
${table.excludes ? 'WHERE exclusion_reason IS NULL\n' : ''}GROUP BY ${table.partition}`;
  const counted = (topic: LookTopic, check: string, date: string, count: string, text: string) =>
    `SELECT ${name}, CAST(${date} AS STRING), '${topic}', ${check}, ${count}, ${text}, ${noText}, ${noText}, ${noText}`;
  const leftOut = `
${counted('left_out', noText, table.partition, 'COUNT(*)', noText)}
FROM ${relation} AS staged
WHERE exclusion_reason IS NOT NULL
GROUP BY ${table.partition}`;
  const rowsOnly = table.excludes
    ? `(SELECT * FROM ${relation} AS staged WHERE exclusion_reason IS NULL)`
    : relation;
  const groups = table.checks.flatMap((check) =>
    check.kind === 'group'
      ? [
          `
${counted('group', sql.string(check.name), 'partition_date', 'violations', 'example')}
FROM (${check.sql(rowsOnly, sql)}) AS counted`,
        ]
      : [],
  );
  return [rows, ...(table.excludes ? [leftOut] : []), ...groups];
}
