import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeSimulatedLeague } from '../simulation/write-simulated-league.ts';
import type { TableRegistry } from '../src/table/table-registry.ts';
import { rangeFlags } from './bench-context.ts';
import { makeContext } from './make-context.ts';
import type { ScaleLine } from './scale-report.ts';

/** The longest history ends where the real one does; eighty seasons begin in 1946. */
const lastSeasonYear = 2025;
const filesPerSeason = 2;

export interface ScaleResult {
  /** Playing the longest league: what the product does not do. */
  readonly generatorSeconds: number;
  readonly lines: readonly ScaleLine[];
}

/**
 * Histories of several lengths, each ingested and computed from nothing, each thing once. One league
 * is played, and a shorter history is its last seasons.
 */
export async function measureScale(
  folder: string,
  tables: TableRegistry,
  lengths: readonly number[],
  progress: (text: string) => void,
): Promise<ScaleResult> {
  const longest = Math.max(...lengths);
  const directory = join(folder, 'league');
  mkdirSync(directory);
  progress(`playing ${longest} seasons`);
  const startedMs = performance.now();
  const files = await writeSimulatedLeague({
    directory,
    seasons: longest,
    firstSeasonYear: lastSeasonYear - longest + 1,
  });
  const generatorSeconds = (performance.now() - startedMs) / 1000;
  const lines: ScaleLine[] = [];
  for (const seasons of lengths) {
    const own = { source: 'simulated' as const, files: files.slice(-seasons * filesPerSeason) };
    const work = join(folder, `seasons-${seasons}`);
    mkdirSync(work);
    lines.push(await measureLength(work, tables, seasons, own, progress));
    rmSync(work, { recursive: true });
  }
  return { generatorSeconds, lines };
}

async function measureLength(
  folder: string,
  tables: TableRegistry,
  seasons: number,
  source: Parameters<typeof makeContext>[2],
  progress: (text: string) => void,
): Promise<ScaleLine> {
  const bench = makeContext(folder, tables, source, 1, () => {});
  const warehouse = bench.fresh('scale');
  progress(`${seasons} seasons: ingest`);
  const ingest = await bench.product(warehouse, ['ingest', 'simulated', ...source.files]);
  const { calendar } = (await bench.readEngine(warehouse)).world;
  const run = ['run', '--backfill', ...rangeFlags(calendar.dates)];
  progress(`${seasons} seasons: ${calendar.dates.length} dates, all tables`);
  const compute = await bench.product(warehouse, run);
  progress(`${seasons} seasons: nothing to do, status`);
  return {
    seasons,
    dates: calendar.dates.length,
    ingest,
    compute,
    nothingToDo: await bench.product(warehouse, run),
    status: await bench.product(warehouse, ['status']),
  };
}
