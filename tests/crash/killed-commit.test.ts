import { copyFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { loadTables } from '../../src/table/table-registry.ts';
import { gameDatesOf } from '../support/equal-hashes.ts';
import { prepare } from '../support/run-command.ts';
import { repositoryRoot, runNode } from '../support/run-process.ts';
import { runTables, withOpenFile } from '../support/run-tables.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { differingUnits, partitionHashes, tornPartitions } from '../support/warehouse-file.ts';

const folder = tempFolder('killed-commit');
const script = resolve(repositoryRoot, 'tests/crash/run-until-statement.ts');
const table = 'team_defense_zone_analysis';
/** Start and end of the run: BEGIN, one statement, COMMIT. Its batch: rows, exclusions, records, each deleted and inserted. */
const statements = 3 + (1 + 6 + 1) + 3;
let path: string;
let dates: readonly string[];
let undisturbed: ReadonlyMap<string, string>;

beforeAll(async () => {
  ({ path } = await simulatedWarehouse(folder, { gamesPerTeam: 16, postseason: false }));
  const all = await gameDatesOf(path);
  await prepare([
    ...['run', '--backfill', '--tables', 'team_offense_game_summary,team_defense_game_summary'],
    ...['--dates', all.slice(0, 16).join(','), '--warehouse', path],
  ]);
  // Half of the dates have rows that the run replaces: they were made with another option.
  await prepare([
    ...['run', '--backfill', '--tables', table, '--option', 'min_games=7'],
    ...['--dates', all.slice(10, 13).join(','), '--warehouse', path],
  ]);
  dates = all.slice(10, 16);
  const whole = join(folder, 'whole.duckdb');
  copyFileSync(path, whole);
  const before = await partitionHashes(whole);
  const run = await runNode(script, [whole, '0', table, dates.join(',')]);
  expect([run.exitCode, run.stderr]).toEqual([0, '']);
  expect(Number(run.stdout)).toBe(statements);
  undisturbed = await partitionHashes(whole);
  expect(differingUnits(before, undisturbed)).toEqual(dates.map((date) => `${table} ${date}`));
});

test.each(Array.from({ length: statements }, (_, index) => index + 1))(
  'killed after statement %i: nothing torn, and the next run ends as if nothing had happened',
  async (statement) => {
    const warehouse = join(folder, `after-${statement}.duckdb`);
    copyFileSync(path, warehouse);
    const killed = await runNode(script, [warehouse, String(statement), table, dates.join(',')]);
    expect([killed.signal, killed.stderr]).toEqual(['SIGKILL', '']);
    expect(await tornPartitions(warehouse)).toEqual([]);
    // COMMIT of the batch is statement 11; what was not committed is as it was.
    const changed = differingUnits(await partitionHashes(path), await partitionHashes(warehouse));
    expect(changed).toHaveLength(statement >= 11 ? dates.length : 0);

    const registry = await loadTables();
    const { summary } = await withOpenFile(warehouse, (open) =>
      runTables(open, registry, { tables: [table], dates, runId: 'next' }),
    );
    expect([summary.failed, summary.blocked]).toEqual([[], []]);
    expect(differingUnits(undisturbed, await partitionHashes(warehouse))).toEqual([]);
    expect(await tornPartitions(warehouse)).toEqual([]);
  },
);
