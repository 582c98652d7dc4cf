import type { GameDate } from '../calendar/game-date.ts';
import type { ComputedTable, TableInput } from '../table/table-definition.ts';
import { isComputed } from '../table/table-registry.ts';
import type { World } from '../world/world.ts';

/** Dates of a table that could come out otherwise if a partition changed. */
export interface Reach {
  readonly table: string;
  readonly dates: readonly GameDate[];
  /** TRUE when it reads the partition itself, and not only what is made of it. */
  readonly direct: boolean;
  /** The columns of it that matter, for a reader that sees these alone and in no other way. */
  readonly columns: TableInput['columns'];
}

/** Follows the windows of all tables from one partition to every unit that can see a change of it. */
export function downstreamReach(world: World, table: string, date: GameDate): readonly Reach[] {
  const reached = new Map<string, Set<GameDate>>([[table, new Set([date])]]);
  const consumers = world.tables.all.filter(isComputed);
  const candidates = candidateDates(world, date);
  // Raw tables are in no order; a second pass finds what the first came too early for.
  for (let grown = true; grown; ) {
    grown = false;
    for (const consumer of consumers) {
      if (consumer.name === table) continue;
      const own = reached.get(consumer.name) ?? new Set();
      const before = own.size;
      for (const day of candidates) {
        if (!own.has(day) && seesAny(world, consumer, day, reached)) own.add(day);
      }
      if (own.size > 0) reached.set(consumer.name, own);
      grown ||= own.size > before;
    }
  }
  reached.delete(table);
  return consumers.flatMap(({ name, inputs }) => {
    const dates = reached.get(name);
    if (!dates) return [];
    const input = inputs.find((candidate) => candidate.table === table);
    // A change of other columns may still come to it by way of another table.
    const alsoIndirect = inputs.some((other) => other !== input && reached.has(other.table));
    return [
      {
        table: name,
        dates: [...dates].sort(),
        direct: input !== undefined,
        columns: alsoIndirect ? undefined : input?.columns,
      },
    ];
  });
}

/** Windows end with the season; a table without dates is read by all of them. */
function candidateDates({ calendar }: World, date: GameDate): readonly GameDate[] {
  const year = calendar.scheduled(date)?.seasonYear;
  const season = year === undefined ? undefined : calendar.season(year);
  return season ? season.dates.filter((day) => day >= date) : calendar.dates;
}

function seesAny(
  { windows }: World,
  { inputs }: ComputedTable,
  day: GameDate,
  reached: ReadonlyMap<string, ReadonlySet<GameDate>>,
): boolean {
  const sees = (input: TableInput, dates: ReadonlySet<GameDate>) =>
    input.windows.some((window) => {
      const { from, before } = windows.span(window, day);
      return [...dates].some((changed) => from <= changed && changed < before);
    });
  return inputs.some((input) => {
    const dates = reached.get(input.table);
    return dates !== undefined && sees(input, dates);
  });
}
