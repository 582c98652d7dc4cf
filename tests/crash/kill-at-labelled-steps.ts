import { beforeAll, expect, test } from 'vitest';
import { printedSeed, randomNumbers } from '../support/random-numbers.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { chooseSteps } from './choose-steps.ts';
import { expectResumes, expectWhole } from './expect-whole.ts';
import { killsOf } from './kills-of.ts';
import {
  makeScenarios,
  removeWarehouse,
  runUnderOrder,
  type Scenario,
  type ScenarioName,
  startOver,
} from './scenarios.ts';

const killsPerScenario = killsOf(40);

/** One test for each scenario: it is killed before and after every kind of step, and goes on after each. */
export function killAtLabelledSteps(names: readonly ScenarioName[]): void {
  const folder = tempFolder('killed-steps');
  const seed = printedSeed(`killed at labelled steps of ${names.join(', ')}`);
  const random = randomNumbers(seed);
  let scenarios: readonly Scenario[];
  let kills = 0;

  beforeAll(async () => {
    scenarios = await makeScenarios(folder, names);
  });

  test.each(names)('%s: killed before and after every kind of step, never torn', async (name) => {
    const scenario = scenarios.find((candidate) => candidate.name === name);
    if (!scenario) throw new Error(`no scenario "${name}"`);
    expect(scenario.after).not.toEqual(scenario.before);
    const fresh = new Set<number>();
    for (const { step, moment } of chooseSteps(scenario.steps, killsPerScenario, random)) {
      const where = `${name}, ${moment} step ${step.index}: ${step.label}, seed ${seed}`;
      const warehouse = startOver(scenario, folder, 'killed');
      const order = { kind: 'step', index: step.index, moment } as const;
      const { signal, stderr } = await runUnderOrder(scenario.args, warehouse, order);
      expect([where, signal, stderr]).toEqual([where, 'SIGKILL', '']);
      kills += 1;
      fresh.add(await expectWhole(scenario, warehouse, where));
      await expectResumes(scenario, warehouse, where);
      removeWarehouse(warehouse);
    }
    // Kills early and late: nothing was there yet, and everything was.
    expect(fresh.has(0)).toBe(true);
    expect(fresh.size).toBeGreaterThan(1);
  });

  const least = killsPerScenario * names.length;
  test(`${least} kills in all`, () => {
    process.stderr.write(`killed at labelled steps of ${names.join(', ')}: ${kills} kills\n`);
    expect(kills).toBeGreaterThanOrEqual(least);
  });
}
