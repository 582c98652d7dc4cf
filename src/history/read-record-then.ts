import type { GameDate } from '../calendar/game-date.ts';
import { partitionsTable } from '../ledger/ledger-tables.ts';
import type { PartitionRecord } from '../ledger/partition-record.ts';
import { recordReader } from '../ledger/read-partition-record.ts';
import { readRecordsText, recordsText } from '../ledger/record-text.ts';
import type { StoredTable } from '../table/table-definition.ts';
import type { Reader } from '../warehouse/warehouse.ts';
import { inForceSql } from './in-force-sql.ts';

/**
 * The record of a table and date that was in force at a time, from a warehouse that remembers records; `undefined` where
 * there was none. @param time UTC, ISO 8601.
 */
export async function readRecordThen(
  { dialect: sql, query }: Reader,
  table: StoredTable,
  date: GameDate,
  time: string,
): Promise<PartitionRecord | undefined> {
  const { columns } = partitionsTable;
  const [row] = await query(`
SELECT COUNT(*) AS records, ${recordsText(columns, sql)} AS texts
FROM (${inForceSql(sql, [table.name], time)}) AS known
WHERE partition_date = ${sql.date(date)}`);
  const records = Number(row?.['records'] ?? 0);
  if (records === 0) return undefined;
  const [text = ''] = readRecordsText(String(row?.['texts']), records);
  return recordReader(columns)(text);
}
