import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { gameDatesOf } from '../support/equal-hashes.ts';
import { backcourt } from '../support/run-command.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { changeFile, queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('retry');
const offense = 'team_offense_game_summary';
const defense = 'team_defense_game_summary';
const zones = 'team_defense_zone_analysis';
let path: string;
let dates: readonly string[];
let copies = 0;

beforeAll(async () => {
  ({ path } = await simulatedWarehouse(folder, { gamesPerTeam: 14, postseason: false }));
  dates = await gameDatesOf(path);
});

function copy(): string {
  copies += 1;
  const target = join(folder, `copy-${copies}.duckdb`);
  copyFileSync(path, target);
  return target;
}

/** Hides the box scores of one side of a game; the other side then stands alone. */
const breakDate = (date: string) =>
  `UPDATE nba_raw.player_box SET nba_game_id = 'X' || nba_game_id WHERE game_date = '${date}'
AND team_abbr = (SELECT MIN(team_abbr) FROM nba_raw.player_box WHERE game_date = '${date}')`;
const mendDate = (date: string) =>
  `UPDATE nba_raw.player_box SET nba_game_id = substr(nba_game_id, 2)
WHERE game_date = '${date}' AND nba_game_id LIKE 'X%'`;

async function runsOf(warehouse: string) {
  return queryFile(
    warehouse,
    "SELECT run_id, verb, request FROM backcourt.runs WHERE verb <> 'ingest' ORDER BY started_at, run_id",
  );
}

const states = async (warehouse: string, table: string) =>
  Object.fromEntries(
    await queryFile(
      warehouse,
      `SELECT CAST(partition_date AS VARCHAR), state FROM backcourt.partitions WHERE table_name = '${table}'`,
    ),
  );

describe('retry', () => {
  test('works the failed units again; the second time there is nothing left', async () => {
    const warehouse = copy();
    const bad = [dates[3] ?? '', dates[7] ?? ''];
    for (const date of bad) await changeFile(warehouse, breakDate(date));
    const run = await backcourt([
      ...['run', '--backfill', '--tables', offense, '--dates', dates.slice(0, 12).join(',')],
      ...['--warehouse', warehouse],
    ]);
    expect(run.exitCode).toBe(3);

    const still = await backcourt(['retry', '--warehouse', warehouse]);
    expect(still.exitCode).toBe(3);
    expect(still.stdout).toContain('2 units: 0 written');
    expect(still.lines.at(-1)).toMatch(/^ {2}npx backcourt retry \S+ --warehouse /);

    for (const date of bad) await changeFile(warehouse, mendDate(date));
    const cured = await backcourt(['retry', '--warehouse', warehouse]);
    expect(cured.exitCode).toBe(0);
    expect(cured.stdout).toContain('2 units: 2 written');

    const again = await backcourt(['retry', '--warehouse', warehouse]);
    expect([again.exitCode, again.lines.length]).toEqual([0, 1]);
    expect(again.lines[0]).toMatch(/^nothing left to retry: no unit of run \S+ is failed$/);
    expect((await runsOf(warehouse)).map(([, verb]) => verb)).toEqual(['run', 'retry', 'retry']);
  });

  test('dbt-core 11423: with the options of that run, not with those of today', async () => {
    const warehouse = copy();
    const day = dates[16] ?? '';
    const on = ['--warehouse', warehouse];
    const upTo = dates.slice(0, 16).join(',');
    await backcourt([
      ...['run', '--backfill', '--tables', `${offense},${defense}`, '--dates', upTo, ...on],
    ]);
    await changeFile(
      warehouse,
      `CREATE TABLE kept AS SELECT * FROM nba_analytics.${defense};
      UPDATE nba_analytics.${defense} SET opp_paint_makes = 9223372036854775807`,
    );
    const failed = await backcourt([
      ...['run', '--backfill', '--tables', zones, '--dates', day],
      ...['--option', 'min_games=3', '--batch-days', '9', ...on],
    ]);
    expect(failed.exitCode).toBe(3);
    await changeFile(
      warehouse,
      `DELETE FROM nba_analytics.${defense}; INSERT INTO nba_analytics.${defense} SELECT * FROM kept; DROP TABLE kept`,
    );
    const cured = await backcourt(['retry', ...on]);
    expect(cured.exitCode).toBe(0);
    const [record] = await queryFile(
      warehouse,
      `SELECT options FROM backcourt.partitions WHERE table_name = '${zones}' AND partition_date = DATE '${day}'`,
    );
    expect(record).toEqual(['{"min_games":3,"quality_threshold":0}']);
    const retried = (await runsOf(warehouse)).at(-1);
    expect(JSON.parse(String(retried?.[2]))).toMatchObject({
      options: { min_games: 3 },
      batch_days: 9,
      backfill_mode: true,
      units: [{ table: zones, date: day }],
    });
  });

  test('Dagster 30784: exactly the failed pairs, not their dates in all tables', async () => {
    const warehouse = copy();
    const [one = '', other = ''] = [dates[2], dates[5]];
    const on = ['--warehouse', warehouse];
    await backcourt([
      ...['run', '--backfill', '--tables', `${offense},${defense}`],
      ...['--dates', dates.slice(0, 8).join(','), ...on],
    ]);
    // One date failed in the one table, the other date in the other.
    await changeFile(
      warehouse,
      `UPDATE backcourt.partitions SET state = 'failed', failure_kind = 'bad_data', failure_text = 'x'
      WHERE (table_name = '${offense}' AND partition_date = DATE '${one}')
        OR (table_name = '${defense}' AND partition_date = DATE '${other}');
      UPDATE backcourt.runs SET summary = NULL, finished_at = NULL WHERE verb = 'run'`,
    );
    const retry = await backcourt(['retry', '--json', ...on]);
    const units = retry.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ type }) => type === 'unit')
      .map(({ table, date }) => [table, date]);
    expect([retry.exitCode, units]).toEqual([
      0,
      [
        [offense, one],
        [defense, other],
      ],
    ]);
  });

  test('of a run by its id, when a later one was fine', async () => {
    const warehouse = copy();
    const on = ['--warehouse', warehouse];
    const day = dates[3] ?? '';
    await changeFile(warehouse, breakDate(day));
    const common = ['run', '--backfill', '--tables', offense];
    await backcourt([...common, '--dates', day, ...on]);
    await changeFile(warehouse, mendDate(day));
    await backcourt([...common, '--dates', dates[4] ?? '', ...on]);

    const latest = await backcourt(['retry', ...on]);
    expect([latest.exitCode, latest.lines.length]).toEqual([0, 2]);
    expect(latest.lines[1]).toContain('1 unit of other runs failed');
    const [first] = await runsOf(warehouse);
    expect((await backcourt(['retry', String(first?.[0]), ...on])).exitCode).toBe(0);
    expect((await states(warehouse, offense))[day]).toBe('done');
  });

  test('of nothing, of an unknown run, of an ingest', async () => {
    const none = await backcourt(['retry', '--warehouse', path]);
    expect([none.exitCode, none.lines]).toEqual([0, ['nothing to retry: no run is recorded']]);
    const unknown = await backcourt(['retry', '20230101T000000Z-abcdef', '--warehouse', path]);
    expect([unknown.exitCode, unknown.stderr]).toEqual([2, expect.stringContaining('unknown run')]);
    const [[ingest] = []] = await queryFile(path, 'SELECT run_id FROM backcourt.runs');
    const wrong = await backcourt(['retry', String(ingest), '--warehouse', path]);
    expect([wrong.exitCode, wrong.stderr]).toEqual([2, expect.stringContaining('is an ingest')]);
  });
});
