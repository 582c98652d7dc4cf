import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll } from 'vitest';
import { between, gameDatesOf } from './equal-hashes.ts';
import { madeOnce } from './made-once.ts';
import { prepare } from './run-command.ts';
import { simulatedWarehouse } from './simulated-warehouse.ts';
import { partitionHashes } from './warehouse-file.ts';

/** A small ingested warehouse, and what an undisturbed backfill of it leaves. */
export interface SmallSeason {
  readonly ingested: string;
  readonly computed: string;
  readonly files: readonly string[];
  readonly dates: readonly string[];
  /** `run --backfill` of the whole season, without its warehouse. */
  readonly run: readonly string[];
  readonly hashes: ReadonlyMap<string, string>;
}

/** Makes the season before the first test of a file. @returns what gives it to a test. */
export function smallSeason(folder: string): () => SmallSeason {
  let season: SmallSeason | undefined;
  beforeAll(async () => {
    const league = { gamesPerTeam: 8, postseason: false } as const;
    const { path: ingested, files } = await simulatedWarehouse(folder, league);
    const dates = await gameDatesOf(ingested);
    const run = ['run', '--backfill', ...between(dates[0], dates.at(-1))];
    const computed = join(folder, 'computed.duckdb');
    await madeOnce(['computed', league], folder, async (place) => {
      const copy = join(place, 'computed.duckdb');
      copyFileSync(ingested, copy);
      await prepare([...run, '--warehouse', copy]);
    });
    season = { ingested, computed, files, dates, run, hashes: await partitionHashes(computed) };
  });
  return () => {
    if (!season) throw new Error('not made yet');
    return season;
  };
}
