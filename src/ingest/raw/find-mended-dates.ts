import type { GameDate } from '../../calendar/game-date.ts';
import type { MendedDates } from '../../ledger/distrust-readers.ts';
import { onDates } from '../../ledger/ledger-statements.ts';
import { qualifiedName } from '../../table/table-definition.ts';
import { partitionContents } from './partition-contents.ts';
import type { RawReplacement, RawWriter } from './replace-raw-dates.ts';

/**
 * The dates that are about to be replaced on which other rows stand than their record says, of those that
 * come out as recorded, or had no record: the hash of all others moves, and with it what has read them.
 */
export async function findMendedDates(
  writer: RawWriter,
  { table, changed, emptied }: RawReplacement,
): Promise<MendedDates> {
  const { ledger } = writer;
  const standing = writer.standing ?? writer.warehouse;
  const isRecorded = (date: GameDate, hash: string) => {
    const record = ledger.get(table.name, date);
    return record?.state === 'done' && record.dataHash === hash;
  };
  const equal = changed.filter(({ date, dataHash }) => isRecorded(date, dataHash));
  const unrecorded = emptied.filter((date) => ledger.get(table.name, date) === undefined);
  if (equal.length === 0) return { table: table.name, dates: unrecorded };
  const where = onDates(
    standing.dialect,
    table.partition,
    equal.map(({ date }) => date),
  );
  const relation = `(SELECT * FROM ${qualifiedName(table)} WHERE ${where})`;
  const found = await partitionContents(standing, table, relation);
  const hashes = new Map(found.map(({ date, dataHash }) => [date, dataHash]));
  const damaged = equal.filter(({ date, dataHash }) => hashes.get(date) !== dataHash);
  return { table: table.name, dates: [...damaged.map(({ date }) => date), ...unrecorded] };
}
