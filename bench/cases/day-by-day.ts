import { bareDailyStatements, bareTableStatements } from '../bare-statements.ts';
import { type BenchContext, rangeFlags } from '../bench-context.ts';
import { atMostTimesBare, type BenchLine } from '../bench-line.ts';
import { measuredSpread, ratioSpread } from '../measurement.ts';
import { differingPartitions, removeDates, withCopy, withFile } from '../warehouse-files.ts';
import { measuredPairs } from './measured-pairs.ts';

const stretch = 30;

/** A month of the last season, one date after the other, against one INSERT per date and table. */
export async function dayByDay(bench: BenchContext): Promise<readonly BenchLine[]> {
  const full = await bench.fullWarehouse();
  const engine = await bench.engine();
  const { computed } = engine.world.tables;
  const season = engine.world.calendar.seasons.at(-1)?.dates ?? [];
  const from = Math.max(0, Math.floor(season.length / 2));
  const dates = season.slice(from, from + stretch);
  const bareFull = bench.fresh('bare');
  bench.progress('day by day');
  await bench.bare(bareFull, [
    ...(await bench.bareRaw()),
    ...bareTableStatements(engine, computed),
  ]);
  await withFile(bareFull, removeDates(computed, dates, false));
  const daily = bareDailyStatements(engine, computed, dates);
  const run = ['run', '--backfill', '--batch-days', '1', ...rangeFlags(dates)];

  let differing = 0;
  const pairs = await withCopy(full, bench.fresh('without'), async (without) => {
    await withFile(without, removeDates(computed, dates, true));
    return measuredPairs(
      bench.runs,
      () =>
        withCopy(without, bench.fresh('daily'), async (warehouse) => {
          const measured = await bench.product(warehouse, run);
          differing += await differingPartitions(warehouse, full);
          return measured;
        }),
      () => withCopy(bareFull, bench.fresh('bare_daily'), (file) => bench.bare(file, daily)),
    );
  });
  if (differing > 0) throw new Error('day by day came out otherwise than in one batch');
  const ratio = ratioSpread(pairs);
  return [
    {
      id: 'e',
      what: `day by day, all tables, ${dates.length} dates`,
      product: measuredSpread(pairs.map((pair) => pair.product)),
      bare: measuredSpread(pairs.map((pair) => pair.bare)),
      ratio,
      targets: [atMostTimesBare(ratio, 1.4)],
      note: `${dates[0]} to ${dates.at(-1)}; partitions equal to those of one batch`,
    },
  ];
}
