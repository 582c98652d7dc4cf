import type { GameDate } from '../calendar/game-date.ts';
import type { ComputedTable } from '../table/table-definition.ts';

/**
 * Why a table as a whole is not worked: its SQL is wrong, other columns would leave dates behind that are not worked, or it
 * reads such a table.
 */
export type TableFault =
  | { readonly kind: 'definition'; readonly text: string }
  | {
      readonly kind: 'columns';
      readonly table: string;
      /** How many dates with rows are not worked. */
      readonly left: number;
      /** Of all dates with rows. */
      readonly first: GameDate;
      readonly last: GameDate;
    }
  | { readonly kind: 'reads'; readonly table: string };

/** A table that no date of can be computed, with the dates that were to be. */
export interface FailedTable {
  readonly table: string;
  readonly fault: TableFault;
  readonly dates: readonly GameDate[];
}

/** The tables that have failed as a whole so far in a run. */
export interface FailedTables {
  /**
   * Tells what is wrong with a table, or that it reads one that has failed; `undefined` when neither is so.
   */
  faultOf(table: ComputedTable): TableFault | undefined;
  /** Adds dates of a table that are not worked. The listener hears of the table with the first of them. */
  add(table: string, fault: TableFault, dates: readonly GameDate[]): void;
  readonly all: () => readonly FailedTable[];
}

/** Makes an empty list of failed tables. @param listener hears of each table once, when it fails. */
export function makeFailedTables(
  listener: (table: string, fault: TableFault) => void,
): FailedTables {
  const failed = new Map<string, FailedTable>();
  return {
    faultOf: (table) => {
      const own = failed.get(table.name)?.fault;
      if (own) return own;
      const { inputs, lookback, after = [] } = table;
      const read = [...inputs.map((input) => input.table), ...(lookback?.tables ?? []), ...after];
      const first = read.flatMap((name) => failed.get(name) ?? [])[0];
      if (!first) return undefined;
      const { fault } = first;
      return fault.kind === 'reads' ? fault : { kind: 'reads', table: first.table };
    },
    add: (table, fault, dates) => {
      const before = failed.get(table);
      failed.set(table, { table, fault, dates: [...(before?.dates ?? []), ...dates] });
      if (!before) listener(table, fault);
    },
    all: () => [...failed.values()],
  };
}
