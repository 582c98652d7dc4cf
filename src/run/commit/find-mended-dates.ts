import type { GameDate } from '../../calendar/game-date.ts';
import { damagedDates } from '../../ledger/damaged-dates.ts';
import { looksLike } from '../../ledger/looks-like.ts';
import { wasWritten } from '../../ledger/partition-record.ts';
import type { RunEngine } from '../../world/run-engine.ts';
import type { BatchRequest } from '../work/batch-request.ts';
import type { DateOutcome } from './date-outcome.ts';

/**
 * The dates that are about to be replaced on which other rows stand than their record says. Only those are
 * looked at that have a reader to whom the new rows look like the recorded ones: to all others the change
 * of the hash says enough.
 */
export async function findMendedDates(
  { warehouse, world }: RunEngine,
  { table }: BatchRequest,
  outcomes: readonly DateOutcome[],
): Promise<readonly GameDate[]> {
  const isRead = world.tables.computed.some(({ inputs }) =>
    inputs.some((input) => input.table === table.name),
  );
  const suspects = outcomes.flatMap(({ date, writes, record }) => {
    const stored = world.ledger.get(table.name, date);
    return isRead && writes && record && wasWritten(stored) && looksLike(stored, record)
      ? [stored]
      : [];
  });
  return damagedDates(warehouse, table, suspects);
}
