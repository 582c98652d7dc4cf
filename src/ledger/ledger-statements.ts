import type { GameDate } from '../calendar/game-date.ts';
import type { SqlDialect } from '../table/sql-dialect.ts';
import type { PartitionRecord } from './partition-record.ts';

/** `column IN (…)` over days, with bounds that let the engine skip partitions. */
export function onDates(sql: SqlDialect, column: string, dates: readonly GameDate[]): string {
  const sorted = [...dates].sort();
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return 'FALSE';
  if (first === last) return `${column} = ${sql.date(first)}`;
  const list = sorted.map((date) => sql.date(date)).join(', ');
  return `${column} >= ${sql.date(first)} AND ${column} <= ${sql.date(last)} AND ${column} IN (${list})`;
}

/** A statement of a whole long history would be megabytes, which an engine takes seconds to read. */
const recordsAtOnce = 2000;

/**
 * Statements that replace the records of some dates of one table; few and multi-row, for they are
 * part of the commit that replaces the rows.
 * @param now UTC time, ISO 8601.
 */
export function recordStatements(
  sql: SqlDialect,
  records: readonly PartitionRecord[],
  now: string,
): readonly string[] {
  const table = records[0]?.table;
  if (table === undefined) return [];
  if (records.some((record) => record.table !== table)) throw new Error('records of two tables');
  const dates = records.map((record) => record.date);
  return [
    `DELETE FROM backcourt.partitions
WHERE table_name = ${sql.string(table)}
  AND ${onDates(sql, 'partition_date', dates)}`,
    ...insertStatements(sql, records, now),
  ];
}

function insertStatements(
  sql: SqlDialect,
  records: readonly PartitionRecord[],
  now: string,
): readonly string[] {
  const statements: string[] = [];
  for (let first = 0; first < records.length; first += recordsAtOnce) {
    const rows = records
      .slice(first, first + recordsAtOnce)
      .map((record) => `(${recordValues(sql, record, now).join(', ')})`);
    statements.push(`INSERT INTO backcourt.partitions (
  table_name, partition_date, state, reason, row_count, excluded_count, data_hash, key_hash,
  fingerprint, input_hashes, options, code_version, run_id, attempts, failure_kind, failure_text, warnings,
  seconds, seconds_is_share, recorded_at)
VALUES
${rows.join(',\n')}`);
  }
  return statements;
}

function recordValues(sql: SqlDialect, record: PartitionRecord, now: string): readonly string[] {
  const text = (value: string | undefined) => (value === undefined ? 'NULL' : sql.string(value));
  return [
    text(record.table),
    sql.date(record.date),
    text(record.state),
    text(record.reason),
    String(record.rows),
    String(record.excluded),
    text(record.dataHash),
    text(record.keyHash),
    text(record.fingerprint),
    text(record.inputHashes),
    text(record.options),
    text(record.codeVersion),
    text(record.runId),
    String(record.attempts),
    text(record.failure?.kind),
    text(record.failure?.text),
    text(JSON.stringify(record.warnings)),
    record.seconds.toFixed(4),
    record.secondsIsShare ? 'TRUE' : 'FALSE',
    sql.timestamp(now),
  ];
}
