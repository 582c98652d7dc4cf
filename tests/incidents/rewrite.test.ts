import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from 'vitest';
import { gameDatesOf } from '../support/equal-hashes.ts';
import { backcourt, prepare, runJob } from '../support/run-command.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cellOf, changeFile, partitionHashes, queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('rewrite');
const offense = 'team_offense_game_summary';
const zones = 'team_defense_zone_analysis';
const store = 'ml_feature_store';
let path: string;
let dates: readonly string[];
let day: string;
let copies = 0;

beforeAll(async () => {
  ({ path } = await simulatedWarehouse(folder, { gamesPerTeam: 16, postseason: false }));
  dates = (await gameDatesOf(path)).slice(0, 13);
  day = dates[11] ?? '';
  await prepare(['run', '--backfill', '--dates', dates.join(','), '--warehouse', path]);
});

function copy(): string {
  copies += 1;
  const target = join(folder, `copy-${copies}.duckdb`);
  copyFileSync(path, target);
  return target;
}

const altered = async () => {
  const warehouse = copy();
  await changeFile(
    warehouse,
    `UPDATE nba_analytics.${offense} SET assists = 0 WHERE game_date = '${day}'`,
  );
  return warehouse;
};
const assists = (warehouse: string) =>
  cellOf(
    warehouse,
    `SELECT CAST(SUM(assists) AS INT) FROM nba_analytics.${offense} WHERE game_date = '${day}'`,
  );
const rowsOf = async (warehouse: string, date: string) =>
  queryFile(
    warehouse,
    `SELECT * EXCLUDE (run_id, code_version, processed_at)
FROM nba_precompute.player_daily_cache WHERE cache_date = '${date}' ORDER BY universal_player_id`,
  );
const hashesHold = async (warehouse: string) =>
  (await backcourt(['verify', '--hashes', '--sample', '0', '--warehouse', warehouse])).exitCode;

describe('rows that something else has changed', () => {
  test('are left by a run and replaced by run --rewrite; nothing else moves', async () => {
    const warehouse = await altered();
    const before = await partitionHashes(warehouse);
    const asked = ['--tables', offense, '--dates', day, '--warehouse', warehouse];
    await prepare(['run', '--backfill', ...asked]);
    expect(await assists(warehouse)).toBe(0);
    const dry = await backcourt(['run', '--rewrite', '--dry-run', ...asked]);
    expect([dry.exitCode, dry.stdout]).toEqual([
      0,
      expect.stringContaining(`${day}  done  would run: is to be rewritten`),
    ]);
    expect(await assists(warehouse)).toBe(0);
    const result = await backcourt(['run', '--rewrite', ...asked]);
    expect(result.exitCode).toBe(0);
    expect(result.lines[0]).toMatch(/^rewrite of /);
    expect(result.stdout).toContain('1 unit: 1 written');
    expect(await assists(warehouse)).toBe(await assists(path));
    expect(await partitionHashes(warehouse)).toEqual(before);
    expect(await hashesHold(warehouse)).toBe(0);
  });

  test('and what was made of them in between is made again', async () => {
    const warehouse = copy();
    await changeFile(warehouse, `UPDATE nba_analytics.${offense} SET pace = pace + 9`);
    const next = dates[12] ?? '';
    const on = ['--warehouse', warehouse];
    const later = ['--dates', next, ...on];
    const mending = ['run', '--rewrite', '--tables', offense, '--dates', dates.join(','), ...on];
    // One day is made of the damaged rows, and both its record and theirs look sound.
    const cache = ['--tables', 'player_daily_cache,ml_feature_store'];
    await prepare(['run', '--rewrite', ...cache, ...later]);
    expect(await rowsOf(warehouse, next)).not.toEqual(await rowsOf(path, next));
    expect((await backcourt(['run', '--backfill', ...later])).stdout).toContain('nothing to do');
    expect(await hashesHold(warehouse)).toBe(7);

    const mend = await backcourt(mending);
    expect(mend.exitCode).toBe(0);
    expect(mend.stdout).toContain('13 units mended: other rows stood there than recorded');
    expect(mend.stdout).toMatch(/\d+ units may have been made of damaged rows and are stale/);
    const state = await backcourt(['explain', 'player_daily_cache', next, ...on]);
    expect(state.stdout).toContain('have been mended since');

    await prepare(['run', '--stale', ...on]);
    expect(await rowsOf(warehouse, next)).toEqual(await rowsOf(path, next));
    expect((await backcourt(['run', '--backfill', ...later])).stdout).toContain('nothing to do');
    const sound = await backcourt(mending);
    expect(sound.stdout).not.toContain('mended');
  });

  test('a saved plan, and a job, rewrite as well', async () => {
    const warehouse = await altered();
    const plan = join(folder, 'rewrite.json');
    const asked = ['--dates', day, '--warehouse', warehouse];
    await prepare(['plan', '--rewrite', '--tables', offense, '--save', plan, ...asked]);
    expect(
      (await backcourt(['run', '--plan', plan, '--rewrite', ...asked.slice(2)])).exitCode,
    ).toBe(2);
    await prepare(['run', '--plan', plan, '--warehouse', warehouse]);
    expect(await assists(warehouse)).toBe(await assists(path));

    const another = await altered();
    const job = await runJob(offense, ['--rewrite', '--dates', day, '--warehouse', another]);
    expect(job.exitCode).toBe(0);
    expect(await assists(another)).toBe(await assists(path));
  });

  test('each date keeps the options it was made with', async () => {
    const warehouse = copy();
    const asked = ['--tables', zones, '--warehouse', warehouse];
    await prepare(['run', '--backfill', '--option', 'min_games=4', '--dates', day, ...asked]);
    const optionsOf = () =>
      cellOf(
        warehouse,
        `SELECT options FROM backcourt.partitions WHERE table_name = '${zones}' AND partition_date = '${day}'`,
      );
    const before = await optionsOf();
    await prepare(['run', '--rewrite', '--dates', day, ...asked]);
    expect([before, await optionsOf()]).toEqual([expect.stringContaining('"min_games":4'), before]);
  });

  test('a retry of a rewrite rewrites', async () => {
    const warehouse = await altered();
    const teams = (sql: string) =>
      changeFile(
        warehouse,
        `UPDATE nba_raw.player_box SET team_abbr = ${sql} WHERE game_date = '${day}'`,
      );
    await teams(`'X' || team_abbr`);
    const asked = ['--warehouse', warehouse];
    const failed = await backcourt([
      ...['run', '--rewrite', '--tables', offense, '--dates', day, ...asked],
    ]);
    expect(failed.exitCode).toBe(3);
    await teams('substr(team_abbr, 2)');
    await prepare(['retry', ...asked]);
    expect(await assists(warehouse)).toBe(await assists(path));
  });

  test('needs dates, and is not what is stale', async () => {
    const asked = ['--warehouse', path];
    expect((await backcourt(['run', '--rewrite', ...asked])).exitCode).toBe(2);
    const both = await backcourt(['run', '--rewrite', '--stale', '--dates', day, ...asked]);
    expect([both.exitCode, both.stderr]).toEqual([2, expect.stringContaining('--rewrite')]);
  });

  test('rows of a day on which nothing is to stand are removed', async () => {
    const warehouse = copy();
    await changeFile(
      warehouse,
      `CREATE TEMP TABLE more AS SELECT * REPLACE (DATE '2031-01-01' AS game_date) FROM nba_analytics.${offense} WHERE game_date = '${day}';
       INSERT INTO nba_analytics.${offense} SELECT * FROM more;
       INSERT INTO nba_analytics.${offense} SELECT * REPLACE (DATE '2023-07-04' AS game_date) FROM more`,
    );
    const result = await backcourt([
      ...['run', '--rewrite', '--tables', offense, '--dates', '2023-07-04,2031-01-01'],
      ...['--warehouse', warehouse],
    ]);
    expect([result.exitCode, result.stdout]).toEqual([
      0,
      expect.stringContaining('2 units removed'),
    ]);
    expect(await hashesHold(warehouse)).toBe(0);
  });
});

/** Units of which the rows may have been made of damaged ones. */
function distrustedUnits(warehouse: string): Promise<Json> {
  return cellOf(
    warehouse,
    "SELECT COUNT(*) FROM backcourt.partitions WHERE state <> 'failed' AND input_hashes IS NOT NULL AND fingerprint IS NULL",
  );
}

describe('dates that were built with fewer bootstrap days', () => {
  const early = () => dates.slice(0, 7).join(',');
  const built = async () => {
    const warehouse = copy();
    await prepare([
      ...['run', '--backfill', '--option', 'bootstrap_days=0', '--option', 'min_games=1'],
      ...['--dates', early(), '--warehouse', warehouse],
    ]);
    return warehouse;
  };
  const rowsOf = (warehouse: string) =>
    queryFile(
      warehouse,
      `SELECT CAST(game_date AS VARCHAR), COUNT(*) FROM nba_predictions.${store} GROUP BY ALL ORDER BY ALL`,
    );

  test('are removed by a restatement of the options, if it may shrink, with what was recorded of them', async () => {
    const warehouse = await built();
    const plain = ['run', '--backfill', '--dates', dates.join(','), '--warehouse', warehouse];
    const all = [...plain.slice(1), '--restate-options'];
    expect(await rowsOf(warehouse)).not.toEqual(await rowsOf(path));
    for (const verb of ['status', 'verify --hashes --sample 1']) {
      const { exitCode, stdout } = await backcourt([...verb.split(' '), '--warehouse', warehouse]);
      expect([exitCode, stdout]).toEqual([
        0,
        expect.stringContaining('built with fewer bootstrap_days than the default'),
      ]);
    }
    const before = await partitionHashes(warehouse);
    const left = await backcourt(plain);
    expect([left.exitCode, left.stdout]).toEqual([
      0,
      expect.stringMatching(new RegExp(`${store} .*, 7 dates {2}bootstrap_days fewer, today's 7`)),
    ]);
    expect(await partitionHashes(warehouse)).toEqual(before);
    const kept = await backcourt(['run', ...all]);
    expect([kept.exitCode, kept.stdout]).toEqual([
      5,
      expect.stringContaining('bootstrap period, but it was built with fewer bootstrap_days'),
    ]);
    const plan = await backcourt(['plan', ...all]);
    expect(plan.stdout).toMatch(/remove: bootstrap period/);
    const removed = await backcourt(['run', ...all, '--allow-shrink']);
    expect([removed.exitCode, removed.stdout]).toEqual([
      0,
      expect.stringMatching(/\d+ units removed/),
    ]);
    expect(await rowsOf(warehouse)).toEqual(await rowsOf(path));
    expect(await partitionHashes(warehouse)).toEqual(await partitionHashes(path));
    expect(
      await cellOf(
        warehouse,
        `SELECT summary->>'removed' FROM backcourt.runs ORDER BY started_at DESC, run_id DESC LIMIT 1`,
      ),
    ).toMatch(/^\d+$/);
    expect((await backcourt(['run', ...all])).stdout).toContain('nothing to do');
    expect(await hashesHold(warehouse)).toBe(0);
  });

  /** A restatement removes what was built in the first days, and leaves nothing to do and nothing distrusted. */
  const expectRestated = async (disturb: (warehouse: string) => Promise<void>) => {
    const warehouse = copy();
    const days = ['run', '--backfill', '--dates', dates.join(','), '--warehouse', warehouse];
    await prepare([...days, '--option', 'bootstrap_days=0']);
    await disturb(warehouse);
    const all = [...days, '--restate-options', '--allow-shrink'];
    const removed = await backcourt(all);
    expect([removed.exitCode, removed.stdout]).toEqual([
      0,
      expect.stringMatching(/\d+ units removed/),
    ]);
    expect(await distrustedUnits(warehouse)).toBe('0');
    expect((await backcourt(all)).stdout).toContain('nothing to do');
    expect(await partitionHashes(warehouse)).toEqual(await partitionHashes(path));
    expect(await hashesHold(warehouse)).toBe(0);
  };

  test('what is removed without ever having had rows costs nobody its trust', () =>
    expectRestated(() => Promise.resolve()));

  test('what may have read rows that nobody recorded is made again by the run that removes them', () => {
    const cache = 'nba_precompute.player_daily_cache';
    return expectRestated((warehouse) =>
      changeFile(
        warehouse,
        `INSERT INTO ${cache} SELECT * REPLACE (DATE '${dates[2]}' AS cache_date) FROM ${cache} WHERE cache_date = '${day}'`,
      ),
    );
  });

  test('plan --sql prints what removes them', async () => {
    const warehouse = await built();
    const { stdout } = await backcourt([
      ...['plan', '--backfill', '--restate-options', '--sql', '--tables', store],
      ...['--dates', early()],
      ...['--warehouse', warehouse],
    ]);
    expect(stdout).toContain(`DELETE FROM nba_predictions.${store}`);
    expect(stdout).not.toContain(`INSERT INTO nba_predictions.${store}`);
  });
});
