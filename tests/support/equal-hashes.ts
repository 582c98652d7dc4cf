import { copyFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import { prepare } from './run-command.ts';
import { partitionHashes, queryFile, tornPartitions } from './warehouse-file.ts';

/** The computed tables in groups that can be run one after another. */
export const groupsInOrder: readonly string[] = [
  'team_offense_game_summary,team_defense_game_summary,player_game_summary',
  'upcoming_team_game_context,upcoming_player_game_context',
  'team_defense_zone_analysis,player_shot_zone_analysis',
  'player_composite_factors,player_daily_cache,ml_feature_store,ml_feature_store_v2',
];

let copies = 0;

/** Hashes of all partitions after one or several backfills of a copy of an ingested warehouse. */
export async function hashesAfter(
  folder: string,
  source: string,
  ...runs: readonly (readonly string[])[]
): Promise<ReadonlyMap<string, string>> {
  copies += 1;
  const warehouse = join(folder, `copy-${copies}-of-${basename(source)}`);
  copyFileSync(source, warehouse);
  for (const args of runs) await prepare(['run', '--backfill', ...args, '--warehouse', warehouse]);
  expect(await tornPartitions(warehouse)).toEqual([]);
  return partitionHashes(warehouse);
}

/** Game dates of a warehouse, ascending. */
export async function gameDatesOf(path: string): Promise<readonly string[]> {
  const rows = await queryFile(
    path,
    'SELECT DISTINCT CAST(game_date AS VARCHAR) FROM nba_raw.schedule ORDER BY 1',
  );
  return rows.flat().map(String);
}

/** The flags that ask for the dates from one to another, both included. */
export function between(start: string | undefined, end: string | undefined): readonly string[] {
  return ['--start-date', start ?? '', '--end-date', end ?? ''];
}
