import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { gameDatesOf } from '../../support/equal-hashes.ts';
import { printedSeed, randomNumbers } from '../../support/random-numbers.ts';
import { prepare } from '../../support/run-command.ts';
import { brokenFiles, filesBelow, manifestFiles } from '../../support/snapshot-of.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { killsOf } from '../kills-of.ts';
import type { Order } from '../order.ts';
import {
  makeScenario,
  makeScenarios,
  runUnderOrder,
  type Scenario,
  startOver,
} from '../scenarios.ts';

const killsInAll = killsOf(25);

const folder = tempFolder('killed-snapshot');
const seed = printedSeed('a snapshot killed at random times');
const random = randomNumbers(seed);
const [before, after, target] = ['before', 'after', 'target'].map((name) => join(folder, name));
let scenario: Scenario;

const manifestOf = (place: string | undefined) =>
  existsSync(join(`${place}`, 'manifest.json'))
    ? readFileSync(join(`${place}`, 'manifest.json'), 'utf8')
    : undefined;

beforeAll(async () => {
  const [made] = await makeScenarios(folder, ['run after corrections']);
  if (!made || !before || !after || !target) throw new Error('no scenario');
  // What stands before the run, as the snapshot of a run that has nothing to do.
  const old = startOver(made, folder, 'old');
  const [first = ''] = await gameDatesOf(old);
  const nothing = ['run', '--backfill', '--tables', 'player_daily_cache', '--dates', first];
  await prepare([...nothing, '--snapshot', before, '--warehouse', old]);
  cpSync(before, after, { recursive: true });
  const whole = startOver(made, folder, 'whole');
  await prepare([...made.args, '--snapshot', after, '--warehouse', whole]);
  cpSync(before, target, { recursive: true });
  const args = [...made.args, '--snapshot', target];
  scenario = await makeScenario(folder, 'run with a snapshot', made.start, args);
});

/** Mostly a moment after the last commit, where the snapshot is written; at times one before. */
function someOrder(): Order {
  const { steps, totalMs } = scenario;
  const last = steps.findLast(({ label }) => label === 'COMMIT')?.startMs ?? 0;
  const from = random() < 0.2 ? 0 : last;
  return { kind: 'time', afterMs: from + random() * (totalMs - from) };
}

test(`${killsInAll} kills at random times: the snapshot is the old one or the new one, and whole`, async () => {
  if (!before || !after || !target) throw new Error('no places');
  const [old, fresh] = [manifestOf(before), manifestOf(after)];
  expect(old).not.toBe(fresh);
  const kept = [...manifestFiles(before), ...manifestFiles(after)].map(({ path }) => path);
  let kills = 0;
  let partly = 0;
  // Some must come in the midst of the writing; on a busy machine fewer do.
  for (let attempt = 0; kills < killsInAll || partly === 0; attempt += 1) {
    expect(attempt).toBeLessThan(8 * killsInAll);
    for (const begin of [before, undefined]) {
      const warehouse = startOver(scenario, folder, 'killed');
      rmSync(target, { recursive: true, force: true });
      if (begin !== undefined) cpSync(begin, target, { recursive: true });
      const order = someOrder();
      const where = `${JSON.stringify(order)}, seed ${seed}`;
      const { signal, exitCode } = await runUnderOrder(scenario.args, warehouse, order);
      expect([where, signal === 'SIGKILL' || exitCode === 0]).toEqual([where, true]);
      if (signal === 'SIGKILL') kills += 1;
      const stands = manifestOf(target);
      expect([where, [manifestOf(begin), fresh]]).toEqual([
        where,
        expect.arrayContaining([stands]),
      ]);
      expect([where, await brokenFiles(target)]).toEqual([where, []]);
      const named = manifestFiles(target).length;
      if (signal === 'SIGKILL' && filesBelow(target).length > named) partly += 1;
      // The next run ends the same, and leaves nothing of what was cut short.
      await prepare([...scenario.args, '--warehouse', warehouse]);
      expect([where, manifestOf(target)]).toEqual([where, fresh]);
      expect([where, await brokenFiles(target)]).toEqual([where, []]);
      expect(filesBelow(target).filter((file) => !kept.includes(file))).toEqual([]);
    }
  }
  process.stderr.write(`snapshots killed: ${kills}, ${partly} in the midst\n`);
  expect(partly).toBeGreaterThan(0);
});
