import type { GameDate } from '../../calendar/game-date.ts';
import { digest } from '../../table/digest.ts';
import type { ComputedTable } from '../../table/table-definition.ts';
import type { RawReplacement, RawWriter } from './replace-raw-dates.ts';

/**
 * Digests of the input partitions that derived rows of some dates follow from, as they will stand after
 * the commit. They are recorded with the rows; where they differ, the rows have to be derived again.
 * @param table reads of its inputs the same date alone.
 */
export function derivationFingerprints(
  { ledger }: Pick<RawWriter, 'ledger'>,
  { inputs }: ComputedTable,
  replacements: readonly RawReplacement[],
  dates: readonly GameDate[],
): ReadonlyMap<GameDate, string> {
  const hashOf = inputs.map(({ table }) => {
    const replaced = replacements.find((replacement) => replacement.table.name === table);
    const future = new Map<GameDate, string | undefined>([
      ...(replaced?.changed ?? []).map(({ date, dataHash }) => [date, dataHash] as const),
      ...(replaced?.emptied ?? []).map((date) => [date, undefined] as const),
    ]);
    return (date: GameDate) =>
      `${table}=${(future.has(date) ? future.get(date) : ledger.get(table, date)?.dataHash) ?? '-'}`;
  });
  return new Map(dates.map((date) => [date, digest(hashOf.map((hash) => hash(date)).join('|'))]));
}
