import type { GameDate } from '../calendar/game-date.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import type { World } from '../world/world.ts';
import { makePlan } from './make-plan.ts';
import type { Plan } from './plan.ts';

/**
 * The plan of everything that a unit reads, directly or by way of other tables, and of the unit itself at its end,
 * each judged by the options it was made with. Pure.
 * @param date a game date.
 */
export function planUpstream(world: World, table: ComputedTable, date: GameDate): Plan {
  const reached = new Map<string, Set<GameDate>>([[table.name, new Set([date])]]);
  for (const reader of world.tables.computed.toReversed()) {
    for (const day of reached.get(reader.name) ?? []) addInputs(world, reader, day, reached);
  }
  const tables = world.tables.computed
    .map(({ name }) => name)
    .filter((name) => name !== table.name && reached.has(name))
    .concat(table.name);
  const units = tables.flatMap((name) =>
    [...(reached.get(name) ?? [])].map((day) => ({ table: name, date: day })),
  );
  return makePlan(world, {
    tables,
    dates: [...new Set(units.map((unit) => unit.date))].sort(),
    backfillMode: true,
    options: 'recorded',
    select: { kind: 'units', units },
  });
}

function addInputs(
  { tables, windows }: World,
  reader: ComputedTable,
  day: GameDate,
  reached: Map<string, Set<GameDate>>,
): void {
  const isPlanned = (name: string) => tables.computed.some((table) => table.name === name);
  const add = (name: string, dates: readonly GameDate[]) => {
    if (!isPlanned(name)) return;
    const own = reached.get(name) ?? new Set<GameDate>();
    reached.set(name, own);
    for (const each of dates) own.add(each);
  };
  for (const input of reader.inputs) {
    for (const window of input.windows) add(input.table, windows.dates(window, day));
  }
  for (const name of reader.after ?? []) add(name, [day]);
}
