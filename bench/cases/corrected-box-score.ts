import { basename } from 'node:path';
import { type GameDate, gameDate } from '../../src/calendar/game-date.ts';
import { type BenchContext, rangeFlags } from '../bench-context.ts';
import { atMostSeconds, type BenchLine } from '../bench-line.ts';
import { type Measurement, measuredSpread, together } from '../measurement.ts';
import { differingPartitions, withCopy, withFile } from '../warehouse-files.ts';

const day = gameDate('2023-12-01');

/** One assist more on one evening: the season's log again, and whatever follows from it. */
export async function correctedBoxScore(bench: BenchContext): Promise<readonly BenchLine[]> {
  const full = await bench.fullWarehouse();
  const { calendar } = (await bench.engine()).world;
  const date = calendar.dates.find((known) => known >= day);
  const log = bench.files.find((file) => basename(file).startsWith('playergamelogs_2023'));
  if (date === undefined || log === undefined) throw new Error('the files have no season 2023-24');
  const corrected = await writeCorrected(bench, log, date);
  bench.progress('a corrected box score');

  const rebuilt = bench.fresh('rebuilt');
  const files = bench.files.map((file) => (file === log ? corrected : file));
  await bench.product(rebuilt, ['ingest', bench.source, ...files]);
  await bench.product(rebuilt, ['run', '--backfill', ...rangeFlags(calendar.dates)]);

  const runs: Measurement[] = [];
  let differing = 0;
  let changed = 0;
  for (let run = 0; run < bench.runs; run += 1) {
    await withCopy(full, bench.fresh('corrected'), async (warehouse) => {
      const ingest = await bench.product(warehouse, ['ingest', bench.source, corrected]);
      const cascade = await bench.product(warehouse, ['run', '--stale']);
      runs.push(together([ingest, cascade]));
      differing += await differingPartitions(warehouse, rebuilt);
      changed = (await differingPartitions(warehouse, full)) / 2;
    });
  }
  if (differing > 0) throw new Error('the cascade came out otherwise than a rebuilt history');
  const product = measuredSpread(runs);
  return [
    {
      id: 'g',
      what: 'a corrected box score, ingest and cascade',
      product,
      targets: [atMostSeconds(product, 0.9)],
      note: `an assist of ${date}, ${changed} partitions changed; equal to a rebuilt history`,
    },
  ];
}

/** A copy of a season's log in which one player of one date has an assist more. */
async function writeCorrected(bench: BenchContext, log: string, date: GameDate): Promise<string> {
  const target = `${bench.fresh('log')}.parquet`;
  const onDate = `CAST(GAME_DATE AS VARCHAR) LIKE '${date}%'`;
  await withFile(':memory:', [
    `CREATE TABLE source AS FROM read_parquet('${log}')`,
    `COPY (
  SELECT * REPLACE (
    CASE WHEN ${onDate} AND PLAYER_ID = (SELECT MIN(PLAYER_ID) FROM source WHERE ${onDate})
      THEN AST + 1 ELSE AST END AS AST)
  FROM source
) TO '${target}' (FORMAT parquet)`,
  ]);
  return target;
}
