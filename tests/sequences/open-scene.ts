import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sequence } from './operation.ts';
import type { PreparedLeague } from './prepared-league.ts';
import type { Scene } from './scene.ts';
import { openSourceDesk } from './source-desk.ts';

/** A scene in a folder of its own, with the warehouse that it begins with; its desk is the caller's to close. */
export async function openScene(
  league: PreparedLeague,
  folder: string,
  begin: Sequence['start'],
): Promise<Scene> {
  const scene: Scene = {
    folder,
    warehouse: join(folder, 'w.duckdb'),
    other: join(folder, 'other.duckdb'),
    kept: join(folder, 'kept.duckdb'),
    plan: join(folder, 'plan.json'),
    desk: await openSourceDesk(league.files, folder),
    sources: new Set(),
    neverPlayed: [],
    firstDates: league.firstDates,
    journal: [`start: ${begin}`],
  };
  const start = league.starts[begin];
  if (start !== undefined) {
    copyFileSync(start, scene.warehouse);
    copyFileSync(start, scene.kept);
  }
  return scene;
}
