import type { GameDate } from '../../calendar/game-date.ts';
import { onDates, recordInserts, recordStatements } from '../../ledger/ledger-statements.ts';
import type { PartitionRecord } from '../../ledger/partition-record.ts';
import type { SqlDialect } from '../../sql/sql-dialect.ts';
import { keyText } from '../../table/partition-hash.ts';
import { qualifiedName } from '../../table/table-definition.ts';
import type { World } from '../../world/world.ts';
import { type BatchRequest, stagedName } from '../work/batch-request.ts';

/** What one commit replaces. */
export interface CommitContent {
  /** Dates whose rows are replaced by the staged ones. */
  readonly written: readonly GameDate[];
  /** Dates whose exclusions are renewed. */
  readonly settled: readonly GameDate[];
  readonly records: readonly PartitionRecord[];
}

/** The statements of one commit, in order. @param now UTC, ISO 8601. */
export function commitStatements(
  sql: SqlDialect,
  world: Pick<World, 'codeVersion'>,
  request: BatchRequest,
  { written, settled, records }: CommitContent,
  now: string,
): readonly string[] {
  return [
    ...rowStatements(sql, world, request, written, now),
    ...recordingStatements(sql, request, { settled, records }, now),
  ];
}

/** A batch of which every date is to be written, and its records. */
export interface NewBatch {
  readonly request: BatchRequest;
  readonly records: readonly PartitionRecord[];
}

/**
 * The statements of one commit of several tables' batches, where of no date anything stands or is recorded:
 * there is nothing to delete, and what goes into the ledger goes there at once. @param now UTC, ISO 8601.
 */
export function appendStatements(
  sql: SqlDialect,
  world: Pick<World, 'codeVersion'>,
  batches: readonly NewBatch[],
  now: string,
): readonly string[] {
  const leftOut = batches.flatMap(({ request }) =>
    request.table.excludes ? [exclusionsSelect(sql, request, request.dates)] : [],
  );
  return [
    ...batches.map(({ request }) => rowInsert(sql, world, request, request.dates, now)),
    ...(leftOut.length > 0 ? [`${intoExclusions}\n${leftOut.join('\nUNION ALL\n')}`] : []),
    ...recordInserts(
      sql,
      batches.flatMap(({ records }) => records),
      now,
    ),
  ];
}

/** The statements of {@link commitStatements} that come after the rows: exclusions and records. */
export function recordingStatements(
  sql: SqlDialect,
  request: BatchRequest,
  { settled, records }: Omit<CommitContent, 'written'>,
  now: string,
): readonly string[] {
  return [...exclusionStatements(sql, request, settled), ...recordStatements(sql, records, now)];
}

/** The statements that replace the rows of some dates by the staged ones. @param now UTC, ISO 8601. */
export function rowStatements(
  sql: SqlDialect,
  world: Pick<World, 'codeVersion'>,
  request: BatchRequest,
  dates: readonly GameDate[],
  now: string,
): readonly string[] {
  if (dates.length === 0) return [];
  const { table } = request;
  return [
    `DELETE FROM ${qualifiedName(table)}
WHERE ${onDates(sql, table.partition, dates)}`,
    rowInsert(sql, world, request, dates, now),
  ];
}

function rowInsert(
  sql: SqlDialect,
  world: Pick<World, 'codeVersion'>,
  request: BatchRequest,
  dates: readonly GameDate[],
  now: string,
): string {
  const { table, runId } = request;
  const columns = table.columns.map(({ name }) => name).join(', ');
  return `INSERT INTO ${qualifiedName(table)} (${columns}, run_id, code_version, processed_at, data_hash)
SELECT
  ${columns},
  ${sql.string(runId)},
  ${sql.string(world.codeVersion(table))},
  ${sql.timestamp(now)},
  data_hash
${fromStaged(sql, request, dates, table.excludes ? ['exclusion_reason IS NULL'] : [])}`;
}

/** The staged rows of some dates of a batch: a batch that is staged has rows of its own dates alone. */
function fromStaged(
  sql: SqlDialect,
  { table, dates: all }: BatchRequest,
  dates: readonly GameDate[],
  conditions: readonly string[],
): string {
  const isAll = dates.length === all.length;
  const where = [...conditions, ...(isAll ? [] : [onDates(sql, table.partition, dates)])];
  const from = `FROM ${stagedName(table)} AS staged`;
  return where.length === 0 ? from : `${from}\nWHERE ${where.join('\n  AND ')}`;
}

function exclusionStatements(
  sql: SqlDialect,
  request: BatchRequest,
  dates: readonly GameDate[],
): readonly string[] {
  const { table } = request;
  if (!table.excludes || dates.length === 0) return [];
  return [
    `DELETE FROM backcourt.exclusions
WHERE table_name = ${sql.string(table.name)}
  AND ${onDates(sql, 'partition_date', dates)}`,
    `${intoExclusions}
${exclusionsSelect(sql, request, dates)}`,
  ];
}

const intoExclusions =
  'INSERT INTO backcourt.exclusions (table_name, partition_date, entity, reason_code)';

function exclusionsSelect(
  sql: SqlDialect,
  request: BatchRequest,
  dates: readonly GameDate[],
): string {
  const { table } = request;
  return `SELECT ${sql.string(table.name)}, ${table.partition}, ${keyText(table, sql)}, exclusion_reason
${fromStaged(sql, request, dates, ['exclusion_reason IS NOT NULL'])}`;
}
