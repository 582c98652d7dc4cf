import type { GameDate } from '../calendar/game-date.ts';
import { digest } from '../table/digest.ts';

/**
 * At most `perTable` units of each table, drawn by the seed, in order of date; all of them for 0. The
 * draw of a table does not depend on what other tables there are.
 */
export function sampleUnits<T extends { readonly table: string; readonly date: GameDate }>(
  units: readonly T[],
  perTable: number,
  seed: string,
): readonly T[] {
  const byTable = Map.groupBy(units, ({ table }) => table);
  return [...byTable.values()].flatMap((own) => {
    if (perTable === 0 || own.length <= perTable) return own;
    const drawn = own
      .map((unit) => ({ unit, lot: digest(`${seed} ${unit.table} ${unit.date}`) }))
      .sort((a, b) => (a.lot < b.lot ? -1 : 1))
      .slice(0, perTable);
    return drawn.map(({ unit }) => unit).sort((a, b) => (a.date < b.date ? -1 : 1));
  });
}
