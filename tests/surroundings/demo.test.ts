import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { commandFile, runNode, startNode } from '../support/run-process.ts';
import { smallSeason } from '../support/small-season.ts';
import { tempFolder, tempFolderOfTest } from '../support/temp-folder.ts';
import { changeFile, queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('demo');
const season = smallSeason(folder);

let place: string;
let warehouse: string;

beforeEach(() => {
  place = tempFolderOfTest('demo');
  warehouse = join(place, 'w.duckdb');
  copyFileSync(season().computed, warehouse);
});

describe('the demo', () => {
  const demo = (path: string, ...more: readonly string[]) =>
    runNode(commandFile, ['demo', '--seasons', '1', '--warehouse', path, ...more]);

  test('does not take a warehouse that somebody else has made, simulated or not', async () => {
    const refused = await demo(warehouse);
    expect([refused.exitCode, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain(
      `"${warehouse}" was not made by the demo; give it a --warehouse of its own, or replace this one with --overwrite`,
    );
    await changeFile(warehouse, "UPDATE backcourt.warehouse SET data_kind = 'real'");
    const real = await demo(warehouse, '--overwrite');
    expect([real.exitCode, real.stderr]).toEqual([2, expect.stringContaining('real data')]);

    const other = join(place, 'other.duckdb');
    await changeFile(other, 'CREATE TABLE t AS SELECT 1 AS n');
    const foreign = await demo(other, '--overwrite');
    expect([foreign.exitCode, foreign.stderr]).toEqual([
      2,
      expect.stringContaining('is a DuckDB file, but not a Backcourt warehouse'),
    ]);
  });

  test('replaces what it has made itself, also when it was killed in between', async () => {
    const own = join(place, 'demo.duckdb');
    copyFileSync(warehouse, own);
    await changeFile(own, "UPDATE backcourt.runs SET reason = 'backcourt demo'");
    const before = await queryFile(own, 'SELECT run_id FROM backcourt.runs');
    const killed = startNode(commandFile, ['demo', '--seasons', '1', '--warehouse', own]);
    await killed.says('$ backcourt run');
    killed.kill('SIGKILL');
    expect((await killed.ended).signal).toBe('SIGKILL');
    const [after, reasons] = [
      await queryFile(own, 'SELECT run_id FROM backcourt.runs'),
      await queryFile(own, 'SELECT DISTINCT reason FROM backcourt.runs'),
    ];
    expect(before.length).toBeGreaterThan(0);
    expect(after.filter(([id]) => before.some(([earlier]) => earlier === id))).toEqual([]);
    expect(reasons).toEqual([['backcourt demo']]);
  });

  test('speaks JSON and nothing else, in a real process', async () => {
    const { exitCode, stdout } = await demo(join(place, 'demo.duckdb'), '--json');
    expect([exitCode, stdout.endsWith('}\n')]).toEqual([0, true]);
    const types = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).type);
    expect([...new Set(types)]).toEqual([
      'ingest',
      'header',
      'unit',
      'summary',
      'warehouse',
      'coverage',
      'no_shot_chart',
    ]);
  });
});
