import type { GameDate } from '../calendar/game-date.ts';
import { reasonText } from '../report/words/reason-text.ts';
import type { OpenedWarehouse } from './warehouse-reader.ts';

/** Why a table has no rows of a date, in words; `undefined` where it was worked. */
export function absentUnit(
  { engine, plan }: OpenedWarehouse,
  table: string,
  date: GameDate,
): string | undefined {
  if (!engine.world.calendar.scheduled(date)) return 'no games on this date';
  const unit = plan().units.find((other) => other.table === table && other.date === date);
  return unit && unit.state !== 'done' && unit.state !== 'stale'
    ? `${table} is ${unit.state}: ${reasonText(unit.reason)}`
    : undefined;
}
