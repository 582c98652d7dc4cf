/** Incidents 9, 11, 13 and 14: resuming, speed, and the dates of November 2021. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { StepList } from '../crash/order.ts';
import { runUnderOrder } from '../crash/scenarios.ts';
import { copyOf } from '../support/copy-of.ts';
import { announceRealData, realDataFolder, realFiles } from '../support/real-data.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { commandFile, runNode } from '../support/run-process.ts';
import { smallSeason } from '../support/small-season.ts';
import { tempFolder, tempFolderOfTest } from '../support/temp-folder.ts';
import {
  changeFile,
  differingUnits,
  partitionHashes,
  queryFile,
} from '../support/warehouse-file.ts';

announceRealData('the game dates of November 2021');

const folder = tempFolder('resume');
const season = smallSeason(folder);
const table = 'team_offense_game_summary';

/** Hides the box scores of one side of each game of a day, and shows them again. */
const breakDay = (day: string) =>
  `UPDATE nba_raw.player_box SET nba_game_id = 'X' || nba_game_id WHERE game_date = '${day}'
AND team_abbr IN (SELECT team_a_abbr FROM nba_raw.schedule WHERE game_date = '${day}')`;
const mendDay = (day: string) =>
  `UPDATE nba_raw.player_box SET nba_game_id = substr(nba_game_id, 2)
WHERE game_date = '${day}' AND nba_game_id LIKE 'X%'`;

test('9. fragile resume: nothing is kept in a temporary folder, 19 of 585 dates are not lost', async () => {
  const { ingested, run, hashes } = season();
  const warehouse = copyOf(ingested);
  const args = [...run, '--batch-days', '3', '--warehouse', warehouse];
  const first = tempFolderOfTest('gone');
  const killed = await runUnderOrder(args.slice(0, -2), warehouse, {
    kind: 'step',
    index: 120,
    moment: 'after',
  });
  expect(killed.signal).toBe('SIGKILL');
  const done = await partitionHashes(warehouse);
  // Another process with another home and temporary folder, as after a restart.
  const resumed = await runNode(commandFile, [...args, '--verbose'], {
    env: { TMPDIR: first, HOME: first },
  });

  expect([resumed.exitCode, resumed.stderr]).toEqual([0, '']);
  expect(differingUnits(hashes, await partitionHashes(warehouse))).toEqual([]);
  const before = await partitionHashes(ingested);
  const again = resumed.lines.filter((line) => line.includes('  up to date: ')).length;
  expect(again).toBe(differingUnits(before, done).length);
  expect(again).toBeGreaterThan(0);
});

test('9. fragile resume: a failure before the latest success is not skipped for ever', async () => {
  const { ingested, dates } = season();
  const warehouse = copyOf(ingested);
  const bad = dates[2] ?? '';
  await changeFile(warehouse, breakDay(bad));
  const args = [
    'run',
    '--backfill',
    '--tables',
    table,
    '--dates',
    dates.join(','),
    '--warehouse',
    warehouse,
  ];
  expect((await backcourt(args)).exitCode).toBe(3);
  expect((await backcourt(args)).exitCode).toBe(3);
  await changeFile(warehouse, mendDay(bad));
  const { exitCode, lines } = await backcourt(args);

  expect(exitCode).toBe(0);
  const worked = lines.filter((line) => /^\d{4}-/.test(line) && !line.includes('up to date'));
  expect(worked.map((line) => line.slice(0, 16))).toEqual([`${bad}  done`]);
});

test('9. fragile resume: the retry command has every failed date, the exit code is 3', async () => {
  const { ingested, dates } = season();
  const warehouse = copyOf(ingested);
  const bad = dates.filter((_, index) => index !== 4);
  for (const day of bad) await changeFile(warehouse, breakDay(day));
  const { exitCode, lines } = await backcourt([
    ...['run', '--backfill', '--tables', table, '--dates', dates.join(',')],
    ...['--warehouse', warehouse],
  ]);

  expect(exitCode).toBe(3);
  const retry = lines[lines.indexOf('retry with:') + 1] ?? '';
  expect(/--dates (\S+)/.exec(retry)?.[1]?.split(',')).toEqual(bad);
  const listed = lines.slice(lines.indexOf('failed:') + 1, lines.indexOf('retry with:'));
  expect(listed.map((line) => line.trim().slice(0, 10))).toEqual(bad);
});

test('11. slow: the number of statements grows with neither dates nor players', async () => {
  const { ingested, dates } = season();
  const statements = async (days: readonly string[]) => {
    const warehouse = copyOf(ingested);
    const list = join(folder, 'steps.json');
    const args = ['run', '--backfill', '--dates', days.join(',')];
    const { exitCode } = await runUnderOrder(args, warehouse, { kind: 'list', to: list });
    expect(exitCode).toBe(0);
    const { steps }: StepList = JSON.parse(readFileSync(list, 'utf8'));
    return steps.length;
  };
  // Both reach beyond the bootstrap days, so that the same tables are worked.
  const twelve = await statements(dates.slice(0, 12));
  expect(await statements(dates)).toBe(twelve);
  expect(twelve).toBeLessThan(250);
});

describe.runIf(realDataFolder)('14. the game dates of November 2021', () => {
  test('are 11, 3, 11, 6, 9, 9, 5, 10, 4, 13, 0 on Thanksgiving, 12, 8, 5, 9, 5', async () => {
    const warehouse = join(tempFolderOfTest('november'), 'w.duckdb');
    const logs = realFiles('2021-22').filter((file) => file.includes('playergamelogs'));
    await prepare(['ingest', 'nba-stats', ...logs, '--warehouse', warehouse]);
    const rows = await queryFile(
      warehouse,
      `SELECT COUNT(game.nba_game_id)
FROM generate_series(DATE '2021-11-15', DATE '2021-11-30', INTERVAL 1 DAY) AS days (day)
LEFT JOIN nba_raw.schedule AS game ON game.game_date = CAST(day AS DATE)
GROUP BY day ORDER BY day`,
    );
    expect(rows.flat().map(Number)).toEqual([
      ...[11, 3, 11, 6, 9, 9, 5, 10, 4, 13, 0, 12, 8, 5, 9, 5],
    ]);
    const { stdout } = await prepare([
      ...['run', '--backfill', '--tables', table, '--warehouse', warehouse],
      ...['--start-date', '2021-11-24', '--end-date', '2021-11-26'],
    ]);
    expect(stdout).toContain('Skipping 2021-11-25 (no games scheduled)');
    expect(existsSync(warehouse)).toBe(true);
  });
});
