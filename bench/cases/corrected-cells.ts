import { copyFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { type BenchContext, rangeFlags } from '../bench-context.ts';
import type { BenchLine, Target } from '../bench-line.ts';
import { measuredSpread, ratioSpread } from '../measurement.ts';
import { withCopy, withFile } from '../warehouse-files.ts';
import { measuredPairs } from './measured-pairs.ts';

const corrections = 2000;
const most = { run: 1.03, file: 1.15 };

/**
 * What it costs to remember: all dates from a warehouse in which cells were corrected since, against all dates from
 * one that was loaded from the corrected files.
 */
export async function correctedCells(bench: BenchContext): Promise<readonly BenchLine[]> {
  const loaded = await bench.rawWarehouse();
  const logs = bench.files.filter((file) => basename(file).startsWith('playergamelogs_'));
  if (logs.length === 0) throw new Error('the files have no player logs');
  bench.progress('corrected cells');
  const corrected: string[] = [];
  let changed = 0;
  for (const log of logs) {
    const target = `${bench.fresh('cells')}.parquet`;
    changed += await writeCorrected(log, target, corrections / logs.length);
    corrected.push(target);
  }
  const remembering = bench.fresh('remembering');
  copyFileSync(loaded, remembering);
  await bench.product(remembering, ['ingest', bench.source, ...corrected]);
  const plain = bench.fresh('plain');
  const others = bench.files.filter((file) => !logs.includes(file));
  await bench.product(plain, ['ingest', bench.source, ...corrected, ...others]);

  const { dates } = (await bench.engine()).world.calendar;
  const sizes: { remembering: number; plain: number } = { remembering: 0, plain: 0 };
  const run = ['run', '--backfill', ...rangeFlags(dates)];
  const runOn = (original: string, which: keyof typeof sizes) =>
    withCopy(original, bench.fresh(which), async (warehouse) => {
      const measured = await bench.product(warehouse, run);
      sizes[which] = statSync(warehouse).size;
      return measured;
    });
  const pairs = await measuredPairs(
    bench.runs,
    () => runOn(remembering, 'remembering'),
    () => runOn(plain, 'plain'),
  );
  const ratio = ratioSpread(pairs);
  const file = sizes.remembering / sizes.plain;
  const targets: readonly Target[] = [
    { text: `≤ ${most.run} × bare`, reached: ratio.wall.median <= most.run },
    { text: `file ≤ ${most.file} ×`, reached: file <= most.file },
  ];
  return [
    {
      id: 'i',
      what: 'all dates where cells were corrected',
      product: measuredSpread(pairs.map((pair) => pair.product)),
      bare: measuredSpread(pairs.map((pair) => pair.bare)),
      ratio,
      targets,
      note: `${changed} cells; bare is the product on the corrected files alone; the file is ${file.toFixed(3)} times as large`,
    },
  ];
}

/** A copy of a log in which some players have an assist more. @returns how many. */
async function writeCorrected(log: string, target: string, count: number): Promise<number> {
  const [row] = await withFile(':memory:', [
    `CREATE TABLE source AS
SELECT *, ROW_NUMBER() OVER (ORDER BY hash(GAME_ID, PLAYER_ID)) <= ${count} AS is_corrected
FROM read_parquet('${log}')`,
    `COPY (
  SELECT * EXCLUDE (is_corrected) REPLACE (CASE WHEN is_corrected THEN AST + 1 ELSE AST END AS AST)
  FROM source
) TO '${target}' (FORMAT parquet)`,
    'SELECT COUNT(CASE WHEN is_corrected THEN 1 END)::INT FROM source',
  ]);
  return Number(row?.[0]);
}
