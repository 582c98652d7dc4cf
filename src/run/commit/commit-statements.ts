import type { GameDate } from '../../calendar/game-date.ts';
import {
  keptName,
  keptSelect,
  type Replacement,
  rememberReplaced,
} from '../../ledger/change-statements.ts';
import {
  dropRecords,
  onDates,
  recordInserts,
  recordStatements,
} from '../../ledger/ledger-statements.ts';
import { type PartitionRecord, wasWritten } from '../../ledger/partition-record.ts';
import type { SqlDialect } from '../../sql/sql-dialect.ts';
import { keyText } from '../../table/partition-hash.ts';
import { qualifiedName } from '../../table/table-definition.ts';
import type { Staging } from '../../warehouse/warehouse.ts';
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

/** The statements of one commit, in order; {@link keptStaging} comes before. @param now UTC, ISO 8601. */
export function commitStatements(
  sql: SqlDialect,
  world: Pick<World, 'codeVersion' | 'ledger'>,
  request: BatchRequest,
  { written, settled, records }: CommitContent,
  now: string,
): readonly string[] {
  return [
    ...rowStatements(sql, world, request, written, now),
    ...recordingStatements(sql, world, request, { settled, records }, now),
  ];
}

/** What the record of rows has that have lost columns: no definition makes such, nor the one that made them. */
export const otherColumns = { codeVersion: 'other columns', fingerprint: 'other columns' } as const;

/**
 * The statements by which nothing that stands on the other dates counts as made by any definition, for its columns go. Where
 * rows are of somebody else, all of them go: nobody can say which row of another key has become which.
 * @param records of the dates that a commit does not write. @param now UTC, ISO 8601.
 */
export function reshapedStatements(
  sql: SqlDialect,
  { ledger }: Pick<World, 'ledger'>,
  { table, runId }: BatchRequest,
  records: readonly PartitionRecord[],
  isOtherKey: boolean,
  now: string,
): readonly string[] {
  const dates = records.map(({ date }) => date);
  const { codeVersion, fingerprint } = otherColumns;
  const emptied = isOtherKey ? [`DELETE FROM ${qualifiedName(table)} WHERE TRUE`] : [];
  if (dates.length === 0) return emptied;
  if (isOtherKey) {
    return [...emptied, ...dropRecords(sql, ledger, table.name, dates, { runId, now })];
  }
  return [
    `UPDATE backcourt.partitions
SET code_version = ${sql.string(codeVersion)}, fingerprint = ${sql.string(fingerprint)}
WHERE table_name = ${sql.string(table.name)}
  AND ${onDates(sql, 'partition_date', dates)}`,
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
  { ledger }: Pick<World, 'ledger'>,
  request: BatchRequest,
  { settled, records }: Omit<CommitContent, 'written'>,
  now: string,
): readonly string[] {
  return [
    ...exclusionStatements(sql, request, settled),
    ...recordStatements(sql, ledger, records, { runId: request.runId, now }),
  ];
}

/**
 * What has to be staged before {@link rowStatements}: run and time of the rows that come out equal, which they
 * keep. `undefined` where nothing was written before.
 */
export function keptStaging(
  sql: SqlDialect,
  world: Pick<World, 'ledger'>,
  request: BatchRequest,
  dates: readonly GameDate[],
): Staging | undefined {
  const replaced = replacement(sql, world, request, dates);
  return replaced && { name: keptName(request.table), select: keptSelect(replaced) };
}

/**
 * The statements that replace the rows of some dates by the staged ones. All of them are written, whatever stands
 * there: a row that comes out equal need not be what its hash says. @param now UTC, ISO 8601.
 */
export function rowStatements(
  sql: SqlDialect,
  world: Pick<World, 'codeVersion' | 'ledger'>,
  request: BatchRequest,
  dates: readonly GameDate[],
  now: string,
): readonly string[] {
  if (dates.length === 0) return [];
  const { table, runId } = request;
  const replaced = replacement(sql, world, request, dates);
  return [
    ...(replaced ? [rememberReplaced(sql, replaced, { runId, now })] : []),
    `DELETE FROM ${qualifiedName(table)}
WHERE ${onDates(sql, table.partition, dates)}`,
    rowInsert(sql, world, request, dates, now, replaced !== undefined),
  ];
}

/** The dates of some that were written before, with what is staged of them. */
function replacement(
  sql: SqlDialect,
  { ledger }: Pick<World, 'ledger'>,
  { table }: BatchRequest,
  dates: readonly GameDate[],
): Replacement | undefined {
  const written = dates.filter((date) => wasWritten(ledger.get(table.name, date)));
  if (written.length === 0) return undefined;
  const staged = stagedName(table);
  const by = table.excludes
    ? `(SELECT * FROM ${staged} AS staged WHERE exclusion_reason IS NULL)`
    : staged;
  return { table, where: onDates(sql, table.partition, written), by };
}

/** @param keeps TRUE where {@link keptStaging} was staged. */
function rowInsert(
  sql: SqlDialect,
  world: Pick<World, 'codeVersion'>,
  request: BatchRequest,
  dates: readonly GameDate[],
  now: string,
  keeps = false,
): string {
  const { table, runId } = request;
  const stamp = (name: string, own: string) => (keeps ? `COALESCE(kept_${name}, ${own})` : own);
  const columns = table.columns.map(({ name }) => name).join(', ');
  return `INSERT INTO ${qualifiedName(table)} (${columns}, run_id, code_version, processed_at, data_hash)
SELECT
  ${columns},
  ${stamp('run_id', sql.string(runId))},
  ${stamp('code_version', sql.string(world.codeVersion(table)))},
  ${stamp('processed_at', sql.timestamp(now))},
  data_hash
${fromStaged(
  sql,
  request,
  dates,
  table.excludes ? ['exclusion_reason IS NULL'] : [],
  keeps ? `\nLEFT JOIN ${keptName(table)} AS kept ON kept_hash = data_hash` : '',
)}`;
}

/** The staged rows of some dates of a batch: a batch that is staged has rows of its own dates alone. */
function fromStaged(
  sql: SqlDialect,
  { table, dates: all }: BatchRequest,
  dates: readonly GameDate[],
  conditions: readonly string[],
  join = '',
): string {
  const isAll = dates.length === all.length;
  const where = [...conditions, ...(isAll ? [] : [onDates(sql, table.partition, dates)])];
  const from = `FROM ${stagedName(table)} AS staged${join}`;
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
