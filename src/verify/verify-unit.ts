import type { GameDate } from '../calendar/game-date.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import type { UnitOptions } from '../table/unit-options.ts';

/** A unit that is put to a proof, with the options it was made with. */
export interface VerifiedUnit {
  readonly table: ComputedTable;
  readonly date: GameDate;
  readonly options: UnitOptions;
}
