import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { beforeAll, test } from 'vitest';
import { leftLogs } from '../../src/warehouse/duckdb/left-log.ts';
import { printedSeed } from '../support/random-numbers.ts';
import { prepare } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { carryOutOperation } from './carry-out-operation.ts';
import { compareWarehouses } from './compare-warehouses.ts';
import { openScene } from './open-scene.ts';
import { sequences } from './operation.ts';
import { type PreparedLeague, prepareLeague } from './prepared-league.ts';
import { command, type Scene } from './scene.ts';
import { tellReports } from './tell-reports.ts';

/** How many histories are made, and how many times of each are looked back at. */
const wanted = Number(process.env['BACKCOURT_HISTORIES'] ?? 5);
const looks = 2;
const rawTables =
  'player_box,shots,schedule,game_results,schedule_entries,venue_distances,injuries,game_lines,player_props,players';

const folder = tempFolder('histories');
const seed = printedSeed('histories');
let league: PreparedLeague;
beforeAll(async () => {
  league = await prepareLeague(folder, 1);
});

/** What a warehouse was at some time. */
interface Moment {
  readonly time: string;
  readonly file: string;
}

test.each(Array.from({ length: wanted }, (_, number) => number))(
  `history %i of seed ${seed}: the inputs are as they were at any time, and so is what comes of them`,
  async (number) => {
    const outcome = await fc.check(
      fc.asyncProperty(sequences, fc.infiniteStream(fc.nat()), async ({ operations }, chances) => {
        const own = operations.filter(({ kind }) => kind !== 'restore' && kind !== 'damage');
        const scene = await openScene(league, mkdtempSync(join(folder, 'history-')), 'loaded');
        try {
          const moments: Moment[] = [];
          for (const operation of own) {
            await carryOutOperation(scene, operation);
            const [draw = 0] = chances.take(1);
            if (draw % 3 === 0) await tellReports(scene, draw);
            if (leftLogs(scene.warehouse).length > 0) continue;
            const file = join(scene.folder, `at-${moments.length}.duckdb`);
            copyFileSync(scene.warehouse, file);
            moments.push({ time: new Date().toISOString(), file });
            // What comes next is later, also for a clock that counts milliseconds.
            await sleep(5);
          }
          await command(scene, ['run', '--stale', '--warehouse', scene.warehouse]);
          for (let look = 0; look < looks && moments.length > 0; look += 1) {
            const [chance = 0] = chances.take(1);
            const moment = moments[chance % moments.length];
            if (moment) await lookBack(scene, moment, look);
          }
        } catch (error) {
          throw new Error(
            [...scene.journal, '', error instanceof Error ? error.stack : String(error)].join('\n'),
          );
        } finally {
          scene.desk.close();
          rmSync(scene.folder, { recursive: true, force: true });
        }
      }),
      { seed, path: String(number), numRuns: 1, plugins: [fc.unbiased()], endOnFailure: true },
    );
    if (outcome.failed) throw outcome.errorInstance;
  },
  900_000,
);

async function lookBack(scene: Scene, { time, file }: Moment, look: number): Promise<void> {
  const past = join(scene.folder, `past-${look}.duckdb`);
  scene.journal.push(`as known at ${time}, in ${file}`);
  await prepare(['as-known-at', time.slice(0, 23), '--to', past, '--warehouse', scene.warehouse]);
  const fresh = join(scene.folder, `fresh-${look}.duckdb`);
  await prepare(['copy', '--from', file, '--to', fresh, '--tables', rawTables]);
  for (const warehouse of [past, fresh]) {
    const run = ['run', '--backfill', '--restate-options', '--allow-shrink'];
    await command(scene, [...run, '--warehouse', warehouse]);
  }
  const differences = await compareWarehouses(past, fresh);
  if (differences.length > 0) {
    throw new Error(`not what was known at ${time}:\n${differences.join('\n')}`);
  }
  rmSync(past);
  rmSync(fresh);
}
