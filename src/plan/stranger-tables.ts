import type { GameDate } from '../calendar/game-date.ts';
import type { World } from '../world/world.ts';

/** A table that the ledger has records of and nobody here has a definition of. */
export interface StrangerTable {
  readonly table: string;
  /** Dates with rows. */
  readonly dates: number;
  readonly rows: number;
}

/**
 * Own tables whose file is gone, or whose project is not in force: their rows stand, and no command touches them.
 * @param isInRange which dates are looked at; all unless given.
 */
export function strangerTables(
  { ledger, tables }: Pick<World, 'ledger' | 'tables'>,
  isInRange: (date: GameDate) => boolean = () => true,
): readonly StrangerTable[] {
  return ledger.tables().flatMap((table) => {
    if (tables.get(table) || tables.broken.some(({ name }) => name === table)) return [];
    const records = [...ledger.of(table).values()].filter(
      ({ rows, date }) => rows > 0 && isInRange(date),
    );
    const rows = records.reduce((sum, record) => sum + record.rows, 0);
    return rows === 0 ? [] : [{ table, dates: records.length, rows }];
  });
}
