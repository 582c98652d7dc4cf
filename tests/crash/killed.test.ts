/** The short form of `tests/crash/long`: the commit alone, step by step, of one ingest and one run. */
import { beforeAll, expect, test } from 'vitest';
import { printedSeed, randomNumbers, shuffled } from '../support/random-numbers.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { expectResumes, expectWhole } from './expect-whole.ts';
import type { Order } from './order.ts';
import { makeScenarios, runUnderOrder, type Scenario, startOver } from './scenarios.ts';

const folder = tempFolder('killed');
const seed = printedSeed('killed');
const random = randomNumbers(seed);
let scenarios: readonly Scenario[];

beforeAll(async () => {
  scenarios = await makeScenarios(folder, ['ingest of corrections', 'run after corrections']);
});

/** A step that changes rows or records, and the end of a commit or what is right behind it; `tests/crash/long` takes them all. */
function orders({ steps }: Scenario): readonly Order[] {
  const changing = steps.filter(({ label }) => /^(INSERT|DELETE) .*(nba_|partitions)/.test(label));
  const commits = steps.filter(({ label }) => label === 'COMMIT');
  const [row] = shuffled(
    changing.filter(({ label }) => label.includes('nba_')),
    random,
  );
  const [record] = shuffled(
    changing.filter(({ label }) => label.includes('partitions')),
    random,
  );
  const [commit] = shuffled(commits, random);
  if (!row || !record || !commit) throw new Error('nothing is committed');
  return [
    { kind: 'step', index: (random() < 0.5 ? row : record).index, moment: 'after' },
    random() < 0.5
      ? { kind: 'during', index: commit.index, afterMs: 1 }
      : { kind: 'step', index: commit.index, moment: 'after' },
  ];
}

test('killed in the midst of a commit and at its end: never torn, and the next run ends the same', async () => {
  let kills = 0;
  for (const scenario of scenarios) {
    expect(scenario.after).not.toEqual(scenario.before);
    for (const order of orders(scenario)) {
      const where = `${scenario.name}, ${JSON.stringify(order)}, seed ${seed}`;
      const warehouse = startOver(scenario, folder, 'target');
      const { signal, exitCode, stderr } = await runUnderOrder(scenario.args, warehouse, order);
      expect([where, signal === 'SIGKILL' || exitCode === 0, stderr]).toEqual([where, true, '']);
      if (signal === 'SIGKILL') kills += 1;
      await expectWhole(scenario, warehouse, where);
      await expectResumes(scenario, warehouse, where);
    }
  }
  expect(kills).toBeGreaterThanOrEqual(scenarios.length);
}, 240_000);
