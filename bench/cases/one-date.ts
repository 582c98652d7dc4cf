import type { BenchContext } from '../bench-context.ts';
import { atMostSeconds, type BenchLine } from '../bench-line.ts';
import { differingPartitions, removeDates, withCopy, withFile } from '../warehouse-files.ts';
import { repeated } from './repeated.ts';

/** A date with as many games is an ordinary evening. */
const eveningGames = 8;

/** Last night's date, all tables, everything before it there. */
export async function oneDate(bench: BenchContext): Promise<readonly BenchLine[]> {
  const full = await bench.fullWarehouse();
  const { calendar, tables } = (await bench.engine()).world;
  const date = calendar.dates.findLast(
    (day) => (calendar.scheduled(day)?.games ?? 0) >= eveningGames,
  );
  if (date === undefined) throw new Error(`no date has ${eveningGames} games`);
  bench.progress(`one date, ${date}`);
  let differing = 0;
  const product = await withCopy(full, bench.fresh('without'), async (without) => {
    await withFile(without, removeDates(tables.computed, [date], true));
    return repeated(bench.runs, () =>
      withCopy(without, bench.fresh('date'), async (warehouse) => {
        const measured = await bench.product(warehouse, ['run', '--backfill', '--dates', date]);
        differing += await differingPartitions(warehouse, full);
        return measured;
      }),
    );
  });
  if (differing > 0) throw new Error(`${date} came out otherwise than in a full run`);
  return [
    {
      id: 'd',
      what: 'one date, all tables',
      product,
      targets: [atMostSeconds(product, 1)],
      note: `${date}, ${calendar.scheduled(date)?.games} games`,
    },
  ];
}
