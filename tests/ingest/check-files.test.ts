/** `ingest --check` says what the ingest would say, and writes nothing. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gameLog, type LoggedGame } from '../support/game-log.ts';
import { backcourt } from '../support/run-command.ts';
import { scheduledGame } from '../support/scheduled-game.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { writeCsv } from '../support/write-source.ts';

const folder = tempFolder('check files');
const warehouse = join(folder, 'w.duckdb');
const opener = { id: '0022300061', date: '2023-10-24', away: 'LAL', home: 'DEN' };
const second = { id: '0022300062', date: '2023-10-25', away: 'BOS', home: 'NYK' };
const third = { id: '0022300063', date: '2023-10-25', away: 'MIA', home: 'MIL' };
let files = 0;

function logs(games: readonly LoggedGame[], change: (points: number) => number = (same) => same) {
  files += 1;
  const rows = games.flatMap(gameLog).map((row, index) => ({
    ...row,
    ...(index === 0 && { AST: change(Number(row['AST'])) }),
  }));
  return writeCsv(folder, `logs-${files}.csv`, rows);
}

function schedule(games: readonly LoggedGame[]) {
  files += 1;
  return writeCsv(
    folder,
    `schedule-${files}.csv`,
    games.map((game) => scheduledGame(game)),
  );
}

/** What is said of a load, without what no two loads have in common. */
function said(stdout: string): readonly unknown[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const { seconds, is_written, run_id, ...report } = JSON.parse(line);
      expect(run_id === null).toBe(!is_written);
      expect(seconds).toBeGreaterThanOrEqual(0);
      return report;
    });
}

const bytes = () => (existsSync(warehouse) ? readFileSync(warehouse) : undefined);

// Each load finds what those before it have left.
test.each([
  ['the first file of a new warehouse', () => [logs([opener, second, third])], 0],
  ['the same again', () => [logs([opener, second, third])], 0],
  ['a corrected assist', () => [logs([opener, second, third], (assists) => assists + 1)], 0],
  ['a date that would lose a game', () => [logs([opener, second])], 5],
  [
    'a schedule with a game on another day',
    () => [schedule([{ ...third, date: '2023-10-27' }])],
    3,
  ],
  [
    'two sources, one of which names a team that is none',
    () => [
      schedule([opener, { ...second, id: '0022300099', date: '2023-10-29', home: 'XXX' }]),
      logs([{ ...third, id: '0022300070', date: '2023-10-28' }]),
    ],
    3,
  ],
] as const)('%s', async (_, makeFiles, exitCode) => {
  const paths = makeFiles();
  const before = bytes();
  const beside = readdirSync(folder);
  const flags = ['--warehouse', warehouse, '--json'];
  const checked = await backcourt(['ingest', '--check', ...paths, ...flags]);

  expect(bytes()).toEqual(before);
  expect(readdirSync(folder)).toEqual(beside);
  const loaded = await backcourt(['ingest', ...paths, ...flags]);
  expect(checked.stdout).toContain('"is_written":false');
  expect(loaded.stdout).toContain('"is_written":true');
  expect(said(checked.stdout)).toEqual(said(loaded.stdout));
  expect([checked.exitCode, loaded.exitCode]).toEqual([exitCode, exitCode]);
});

test('says that nothing is written', async () => {
  const path = logs([{ ...opener, id: '0022300101', date: '2023-10-31' }]);
  const { lines } = await backcourt(['ingest', '--check', path, '--warehouse', warehouse]);
  expect(lines[0]).toBe(
    `checked 1 file for ${warehouse}; nothing is written, this is what an ingest would do`,
  );
  expect(lines.some((line) => /player_box .*1 date would be written/.test(line))).toBe(true);
});

test('a warehouse of the other kind of data is refused as by an ingest', async () => {
  const path = writeCsv(
    folder,
    'simulated.csv',
    gameLog(opener).map((row) => ({ ...row, DATA_KIND: 'simulated' })),
  );
  const { exitCode, stderr } = await backcourt([
    'ingest',
    '--check',
    path,
    '--warehouse',
    warehouse,
  ]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('real and simulated never mix');
});
