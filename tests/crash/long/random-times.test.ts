import { beforeAll, expect, test } from 'vitest';
import { printedSeed, randomNumbers } from '../../support/random-numbers.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { expectResumes, expectWhole } from '../expect-whole.ts';
import { killsOf } from '../kills-of.ts';
import type { Order } from '../order.ts';
import {
  makeScenarios,
  removeWarehouse,
  runUnderOrder,
  type Scenario,
  startOver,
} from '../scenarios.ts';

const killsInAll = killsOf(100);

const folder = tempFolder('killed-times');
const seed = printedSeed('killed at random times');
const random = randomNumbers(seed);
let scenarios: readonly Scenario[];

beforeAll(async () => {
  scenarios = await makeScenarios(folder);
});

/** Any moment of the work, or one in the midst of a COMMIT or the closing, where files are written. */
function someOrder({ steps, totalMs }: Scenario): Order {
  if (random() < 0.6) return { kind: 'time', afterMs: random() * totalMs };
  const writing = steps.filter(({ label }) => label === 'COMMIT' || label === 'close');
  const step = writing[Math.floor(random() * writing.length)];
  const next = steps[(step?.index ?? 0) + 1]?.startMs ?? totalMs;
  return {
    kind: 'during',
    index: step?.index ?? 0,
    afterMs: random() * (next - (step?.startMs ?? 0)),
  };
}

test(`${killsInAll} kills at random times, also of what goes on after a kill: never torn`, async () => {
  const counted: Record<string, number> = {};
  let kills = 0;
  for (let attempt = 0; kills < killsInAll; attempt += 1) {
    expect(attempt).toBeLessThan(4 * killsInAll);
    const scenario = scenarios[attempt % scenarios.length];
    if (!scenario) throw new Error('no scenarios');
    const warehouse = startOver(scenario, folder, 'killed');
    // Killed, gone on with, killed again, until it once comes through or has been killed thrice.
    let done = 0;
    for (let life = 0; life < 3 && kills < killsInAll; life += 1) {
      const order = someOrder(scenario);
      const where = `${scenario.name}, life ${life}, ${JSON.stringify(order)}, seed ${seed}`;
      const { signal, exitCode, stderr } = await runUnderOrder(scenario.args, warehouse, order);
      const ended = signal === 'SIGKILL' || exitCode === 0;
      expect([where, ended, stderr]).toEqual([where, true, '']);
      const fresh = await expectWhole(scenario, warehouse, where);
      // What was committed before a kill is never lost again.
      expect([where, fresh >= done]).toEqual([where, true]);
      done = fresh;
      if (signal !== 'SIGKILL') break;
      kills += 1;
      counted[scenario.name] = (counted[scenario.name] ?? 0) + 1;
    }
    await expectResumes(scenario, warehouse, `${scenario.name}, seed ${seed}`);
    removeWarehouse(warehouse);
  }
  process.stderr.write(`killed at random times: ${JSON.stringify(counted)}\n`);
  expect(Object.keys(counted)).toHaveLength(scenarios.length);
});
