import type { GameDate } from '../calendar/game-date.ts';
import { type PartitionRecord, wasWritten } from '../ledger/partition-record.ts';
import type { ComputedTable, TableInput } from '../table/table-definition.ts';
import { undatedPartition, type Window } from '../window/window.ts';
import type { World } from '../world/world.ts';
import { changedInputs } from './changed-inputs.ts';
import type { Plan } from './plan.ts';

/** What a unit may see of an input through one window. */
export interface ExplainedWindow {
  readonly window: Window;
  /** First day, included. */
  readonly from: GameDate;
  /** The day after the last one. */
  readonly before: GameDate;
  /** Partitions by the schedule. */
  readonly due: number;
  readonly recorded: number;
  readonly missing: readonly GameDate[];
}

export interface ExplainedInput {
  readonly table: string;
  readonly required: boolean;
  /** Columns that are read, where that is not all. */
  readonly columns: TableInput['columns'];
  readonly windows: readonly ExplainedWindow[];
  /** Whether it has changed since the unit was made; `undefined` when the record does not tell. */
  readonly changed: boolean | undefined;
  /** Partitions within reach that were recorded after the unit. */
  readonly recordedSince: readonly GameDate[];
  /** Partitions within reach that a run would make again before the unit. */
  readonly recomputedFirst: readonly GameDate[];
}

/**
 * The inputs of a unit: what its windows reach, what of it is there, what has changed or is about to.
 * @param plan of all computed tables, as recorded.
 */
export function explainInputs(
  world: World,
  table: ComputedTable,
  date: GameDate,
  record: PartitionRecord | undefined,
  plan: Plan,
): readonly ExplainedInput[] {
  const pending = new Set(
    plan.units.flatMap((unit) => (unit.action === 'run' ? [`${unit.table} ${unit.date}`] : [])),
  );
  const changed = changedInputs(world.fingerprinter, table, date, record);
  return table.inputs.map((input) => {
    const windows = input.windows.map((window) => explainWindow(world, input, window, date));
    const reached = [...new Set(input.windows.flatMap((window) => datesOf(world, window, date)))];
    return {
      table: input.table,
      required: input.required,
      columns: input.columns,
      windows,
      changed: changed?.includes(input.table),
      recordedSince: reached.filter((day) => isLater(world, input, day, record)).sort(),
      recomputedFirst: reached.filter((day) => pending.has(`${input.table} ${day}`)).sort(),
    };
  });
}

function explainWindow(
  world: World,
  { table }: TableInput,
  window: Window,
  date: GameDate,
): ExplainedWindow {
  const dates = datesOf(world, window, date);
  const missing = dates.filter((day) => !wasWritten(world.ledger.get(table, day)));
  return {
    window,
    ...world.windows.span(window, date),
    due: dates.length,
    recorded: dates.length - missing.length,
    missing,
  };
}

/** Partitions that a window reaches by the schedule. */
function datesOf(
  { calendar, windows }: World,
  window: Window,
  date: GameDate,
): readonly GameDate[] {
  switch (window.kind) {
    case 'undated':
      return [undatedPartition];
    case 'sameDay':
      return [date];
    case 'lastGames':
    case 'lastDays':
    case 'seasonToDate': {
      const year = calendar.scheduled(date)?.seasonYear;
      const { from, before } = windows.span(window, date);
      return year === undefined ? [] : calendar.gameDatesIn(year, from, before);
    }
  }
}

function isLater(
  { ledger }: World,
  { table }: TableInput,
  day: GameDate,
  record: PartitionRecord | undefined,
): boolean {
  const at = ledger.get(table, day)?.recordedAt;
  return at !== undefined && record?.recordedAt !== undefined && at > record.recordedAt;
}
