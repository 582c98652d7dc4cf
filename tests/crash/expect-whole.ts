import { existsSync } from 'node:fs';
import { expect } from 'vitest';
import { tornRecords } from '../support/recorded-rows.ts';
import { backcourt } from '../support/run-command.ts';
import { differingUnits } from '../support/warehouse-file.ts';
import { recordedUnits, type Scenario } from './scenarios.ts';

/**
 * What must hold the moment after a kill: rows and records agree, and each partition is as it was
 * before or as an undisturbed run leaves it, with nothing in between. @returns how many are new.
 */
export async function expectWhole(
  scenario: Scenario,
  warehouse: string,
  where: string,
): Promise<number> {
  if (!existsSync(warehouse)) return 0;
  expect([where, await tornRecords(warehouse)]).toEqual([where, []]);
  const now = await recordedUnits(warehouse);
  const { before, after } = scenario;
  const neither = [...new Set([...before.keys(), ...now.keys()])].filter(
    (unit) => now.get(unit) !== before.get(unit) && now.get(unit) !== after.get(unit),
  );
  expect([where, neither]).toEqual([where, []]);
  const fresh = differingUnits(before, now).length;
  // All files of an ingest are one commit.
  if (scenario.args[0] === 'ingest') {
    expect([0, differingUnits(before, after).length]).toContain(fresh);
  }
  return fresh;
}

let resumed = 0;

/** The same work once more, in larger batches where it has any, ends as if nothing had happened. */
export async function expectResumes(
  scenario: Scenario,
  warehouse: string,
  where: string,
): Promise<void> {
  const batches = scenario.args.indexOf('--batch-days');
  const args = batches < 0 ? scenario.args : scenario.args.toSpliced(batches, 2);
  const { exitCode, stderr } = await backcourt([...args, '--warehouse', warehouse]);
  expect([where, exitCode, stderr]).toEqual([where, 0, '']);
  expect([where, differingUnits(scenario.after, await recordedUnits(warehouse))]).toEqual([
    where,
    [],
  ]);
  // The rows behind equal records are looked at every third time: it is the dearest part.
  resumed += 1;
  if (resumed % 3 === 0) expect([where, await tornRecords(warehouse)]).toEqual([where, []]);
}
