import { rmSync } from 'node:fs';
import { bareTableStatements } from '../bare-statements.ts';
import { type BenchContext, rangeFlags } from '../bench-context.ts';
import { atMostSeconds, atMostTimesBare, type BenchLine } from '../bench-line.ts';
import { type Measurement, measuredSpread, ratioSpread, together } from '../measurement.ts';
import { differingTables } from '../warehouse-files.ts';
import { measuredPairs } from './measured-pairs.ts';

/** Everything from the files to the last table, against the same files read and the same SQL run. */
export async function fullHistory(bench: BenchContext): Promise<readonly BenchLine[]> {
  const { calendar, tables } = (await bench.engine()).world;
  const raw = await bench.bareRaw();
  const computed = bareTableStatements(await bench.engine(), tables.computed);
  bench.progress('full history');

  const ingests: Measurement[] = [];
  let bareFile = '';
  const pairs = await measuredPairs(
    bench.runs,
    async () => {
      const warehouse = bench.fresh('history');
      const ingest = await bench.product(warehouse, ['ingest', bench.source, ...bench.files]);
      ingests.push(ingest);
      const run = ['run', '--backfill', ...rangeFlags(calendar.dates)];
      const computing = await bench.product(warehouse, run);
      rmSync(warehouse);
      return together([ingest, computing]);
    },
    async () => {
      if (bareFile !== '') rmSync(bareFile);
      bareFile = bench.fresh('bare');
      return bench.bare(bareFile, [...raw, ...computed]);
    },
  );
  const differing = await differingTables(tables.computed, await bench.fullWarehouse(), bareFile);
  if (differing.length > 0) throw new Error(`bare rows differ: ${differing.join(', ')}`);
  rmSync(bareFile);

  const product = measuredSpread(pairs.map((pair) => pair.product));
  const bare = measuredSpread(pairs.map((pair) => pair.bare));
  const ratio = ratioSpread(pairs);
  return [
    {
      id: 'a',
      what: 'full history, ingest and all tables',
      product,
      bare,
      ratio,
      targets: [
        atMostTimesBare(ratio, 1.4),
        ...(bench.source === 'nba-stats' ? [atMostSeconds(product, 11)] : []),
      ],
      note: `${calendar.dates.length} game dates, ${bench.files.length} files; rows equal to the bare ones`,
    },
    { id: 'a', what: '  of it the ingest', product: measuredSpread(ingests), targets: [] },
  ];
}
