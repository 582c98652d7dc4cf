import type { GameDate } from '../calendar/game-date.ts';
import type { LedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import { onDates, recordStatements } from '../ledger/ledger-statements.ts';
import type { PartitionRecord } from '../ledger/partition-record.ts';
import { qualifiedName, type StoredTable } from '../table/table-definition.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { ShrinkRefusal } from './ingest-report.ts';
import { type PartitionContent, partitionContents } from './partition-contents.ts';

export interface RawWriter {
  readonly warehouse: Warehouse;
  readonly ledger: LedgerSnapshot;
  readonly runId: string;
  readonly codeVersion: string;
  readonly allowShrink: boolean;
  /** UTC, ISO 8601. */
  readonly now: string;
}

/** What ingest will do to one raw table: only dates whose content is new or differs are rewritten. */
export interface RawReplacement {
  readonly table: StoredTable;
  readonly relation: string;
  readonly contents: readonly PartitionContent[];
  readonly changed: readonly PartitionContent[];
  readonly shrinkRefused: readonly ShrinkRefusal[];
}

/** Compares a staged relation with the records of its table. */
export async function planRawReplacement(
  writer: RawWriter,
  table: StoredTable,
  relation: string,
): Promise<RawReplacement> {
  const contents = await partitionContents(writer.warehouse, table, relation);
  const changed: PartitionContent[] = [];
  const shrinkRefused: ShrinkRefusal[] = [];
  for (const content of contents) {
    const record = writer.ledger.get(table.name, content.date);
    if (record?.state === 'done' && record.dataHash === content.dataHash) continue;
    const storedRows = record?.rows ?? 0;
    if (content.rows < storedRows && !writer.allowShrink) {
      const { date, rows: newRows } = content;
      shrinkRefused.push({ table: table.name, date, storedRows, newRows });
    } else {
      changed.push(content);
    }
  }
  return { table, relation, contents, changed, shrinkRefused };
}

/** The same replacements without some dates, of whatever table. */
export function withoutDates(
  replacements: readonly RawReplacement[],
  dates: readonly { readonly date: GameDate }[],
): readonly RawReplacement[] {
  if (dates.length === 0) return replacements;
  const kept = new Set(dates.map(({ date }) => date));
  return replacements.map((replacement) => ({
    ...replacement,
    changed: replacement.changed.filter(({ date }) => !kept.has(date)),
  }));
}

/** Statements that replace the changed dates and their records. */
export function replacementStatements(
  writer: RawWriter,
  { table, relation, changed }: RawReplacement,
): readonly string[] {
  if (changed.length === 0) return [];
  const sql = writer.warehouse.dialect;
  const target = qualifiedName(table);
  const columns = table.columns.map(({ name }) => name).join(', ');
  const dates = changed.map(({ date }) => date);
  return [
    `DELETE FROM ${target} WHERE ${onDates(sql, table.partition, dates)}`,
    `INSERT INTO ${target} (${columns})
SELECT ${columns}
FROM ${relation} AS staged
WHERE ${onDates(sql, table.partition, dates)}`,
    ...recordStatements(
      sql,
      changed.map((content) => doneRecord(writer, table.name, content)),
      writer.now,
    ),
  ];
}

function doneRecord(writer: RawWriter, table: string, content: PartitionContent): PartitionRecord {
  return {
    ...emptyRecord(writer, table, content.date),
    state: 'done',
    rows: content.rows,
    dataHash: content.dataHash,
  };
}

/** A raw record with nothing in it yet. */
export function emptyRecord(writer: RawWriter, table: string, date: GameDate): PartitionRecord {
  return {
    table,
    date,
    state: 'failed',
    reason: undefined,
    rows: 0,
    excluded: 0,
    dataHash: undefined,
    keyHash: undefined,
    fingerprint: undefined,
    options: '{}',
    codeVersion: writer.codeVersion,
    runId: writer.runId,
    attempts: (writer.ledger.get(table, date)?.attempts ?? 0) + 1,
    failure: undefined,
    warnings: [],
    seconds: 0,
    secondsIsShare: true,
  };
}
