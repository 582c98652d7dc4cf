import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeSimulatedLeague } from '../../simulation/write-simulated-league.ts';
import { prepare } from '../support/run-command.ts';
import type { FinalFiles } from './follow-advice.ts';
import type { Scene } from './scene.ts';
import { openSourceDesk, type SourceDesk } from './source-desk.ts';

/** A small made-up league, with what sequences begin with and end in. */
export interface PreparedLeague {
  readonly folder: string;
  readonly files: readonly string[];
  readonly firstDates: ReadonlyMap<string, string>;
  /** Warehouses to begin with. */
  readonly starts: Readonly<Record<'nothing' | 'loaded' | 'computed', string | undefined>>;
  /** Every day from the first to the last game of each season. */
  daysOf(desk: SourceDesk): Promise<readonly string[]>;
  /** A new warehouse of the final files of a scene; made once of equal files. */
  freshWarehouse(scene: Scene, files: FinalFiles, run: readonly string[]): Promise<string>;
}

/** @param folder an existing one. */
export async function prepareLeague(folder: string, seasons: number): Promise<PreparedLeague> {
  const directory = join(folder, 'league');
  mkdirSync(directory);
  const league = { directory, seasons, firstSeasonYear: 2023, gamesPerTeam: 6 } as const;
  const files = await writeSimulatedLeague({ ...league, postseason: false });
  const loaded = join(folder, 'loaded.duckdb');
  await prepare(['ingest', 'simulated', ...files, '--warehouse', loaded]);
  const computed = join(folder, 'computed.duckdb');
  copyFileSync(loaded, computed);
  const desk = await openSourceDesk(files, folder);
  const games = await desk.games(desk.truth);
  const days = await daysOf(desk);
  desk.close();
  await prepare(['run', '--backfill', '--dates', days.join(','), '--warehouse', computed]);
  return {
    folder,
    files,
    firstDates: new Map(games.map(({ id, date }) => [id, date])),
    starts: { nothing: undefined, loaded, computed },
    daysOf,
    freshWarehouse: async ({ desk: own }, final, run) => {
      const key = `${own.changes()} ${final['schedule']?.length}`;
      const name = createHash('sha256').update(key).digest('hex').slice(0, 16);
      const path = join(folder, `fresh-${name}.duckdb`);
      if (existsSync(path)) return path;
      for (const [source, paths] of Object.entries(final)) {
        if (paths.length > 0) await prepare(['ingest', source, ...paths, '--warehouse', path]);
      }
      await prepare([...run.slice(0, -1), path]);
      return path;
    },
  };
}

async function daysOf(desk: SourceDesk): Promise<readonly string[]> {
  const rows = await desk.rows(`
SELECT CAST(unnest(range(first_day, last_day + INTERVAL 1 DAY, INTERVAL 1 DAY)) AS DATE) AS day
FROM (
  SELECT CAST(min(GAME_DATE) AS DATE) AS first_day, CAST(max(GAME_DATE) AS DATE) AS last_day
  FROM logs GROUP BY left(GAME_ID, 5)
) ORDER BY day`);
  return rows.map(([day]) => String(day));
}
