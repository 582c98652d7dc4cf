import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { carryOutOperation } from './carry-out-operation.ts';
import { compareWarehouses } from './compare-warehouses.ts';
import { followAdvice } from './follow-advice.ts';
import { writeSchedule } from './load-schedule.ts';
import { openScene } from './open-scene.ts';
import type { Sequence } from './operation.ts';
import type { PreparedLeague } from './prepared-league.ts';
import { sameAnswers } from './same-answers.ts';
import { command, type Scene } from './scene.ts';

/**
 * Plays a sequence, then loads the final files and runs. What stands there must be what a new
 * warehouse of the same files holds, there must be nothing left to do, and the proofs must hold.
 * @throws with every command that was given.
 */
export async function checkSequence(league: PreparedLeague, sequence: Sequence): Promise<void> {
  const folder = mkdtempSync(join(league.folder, 'sequence-'));
  const scene = await openScene(league, folder, sequence.start);
  try {
    for (const operation of sequence.operations) {
      await carryOutOperation(scene, operation);
      await sameAnswers(scene);
    }
    scene.journal.push('finally:');
    await settle(league, scene, sequence);
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const operations = sequence.operations.map((operation) => JSON.stringify(operation));
    throw new Error([...operations, '', ...scene.journal, '', message].join('\n'));
  } finally {
    scene.desk.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function settle(
  league: PreparedLeague,
  scene: Scene,
  { scheduleFirst, provesAll }: Sequence,
): Promise<void> {
  const { desk, warehouse } = scene;
  const files = {
    simulated: await desk.write(desk.truth, { content: 'both' }),
    schedule: scene.sources.has('schedule') ? [await writeSchedule(scene)] : [],
  };
  const on = ['--warehouse', warehouse];
  const logs = ['ingest', 'simulated', ...files.simulated, ...on];
  // Rows of a game that is called off go only if they may.
  const shrink = scene.neverPlayed.length > 0 ? ['--allow-shrink'] : [];
  const schedule = ['ingest', 'schedule', ...files.schedule, ...shrink, ...on];
  const loads = files.schedule.length === 0 ? [logs] : [logs, schedule];
  if (scheduleFirst) loads.reverse();
  // What was made with other options keeps them unless told otherwise, and a new warehouse has none.
  const days = (await league.daysOf(desk)).join(',');
  const run = ['run', '--backfill', '--restate-options', '--dates', days, ...on];
  const hashes = ['verify', '--hashes', '--sample', '0', ...on];
  await followAdvice(scene, [...loads, run, hashes], files);

  const fresh = await league.freshWarehouse(scene, files, run);
  const differences = await compareWarehouses(warehouse, fresh);
  if (differences.length > 0) {
    throw new Error(`not what a new warehouse of the same files holds:\n${differences.join('\n')}`);
  }
  const again = await command(scene, run);
  if (again.exitCode !== 0 || !again.text.includes('nothing to do')) {
    throw new Error(`there should be nothing to do\n${again.text}`);
  }
  if (provesAll) {
    const verified = await command(scene, ['verify', '--sample', '1', '--seed', '1', ...on]);
    if (verified.exitCode !== 0) throw new Error(`a proof fails\n${verified.text}`);
  }
}
