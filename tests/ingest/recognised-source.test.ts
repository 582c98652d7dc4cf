import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { gameLog, type SourceRow, shotChart } from '../support/game-log.ts';
import { backcourt } from '../support/run-command.ts';
import { repositoryRoot } from '../support/run-process.ts';
import { scheduledGame } from '../support/scheduled-game.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { queryFile } from '../support/warehouse-file.ts';
import { writeCsv } from '../support/write-source.ts';

const folder = tempFolder('recognised');
const game = { id: '0022300062', date: '2023-10-25', away: 'BOS', home: 'NYK' };
const later = { id: '0022300100', date: '2023-11-01', away: 'BOS', home: 'NYK' };
const birthDate = { player_id: 2001, player_name: 'BOS Player A', birth_date: '1999-01-01' };
const line = {
  ...{ event_id: 'e', game_date: game.date, home_team_abbr: 'NYK', away_team_abbr: 'BOS' },
  ...{ home_spread: -1.5, total: 220 },
};
const write = (name: string, rows: readonly SourceRow[]) => writeCsv(folder, name, rows);

test('the examples of all sources are recognised by their columns', async () => {
  const warehouse = join(folder, 'examples.duckdb');
  const sources = ['game-lines', 'injuries', 'player-props', 'players', 'schedule'];
  const files = sources.map((source) =>
    resolve(repositoryRoot, 'docs/inputs/examples', `${source}.csv`),
  );
  const { exitCode } = await backcourt(['ingest', ...files, '--warehouse', warehouse]);

  expect(exitCode).toBe(0);
  const recognised = 'SELECT file_name, source FROM backcourt.raw_files ORDER BY file_name';
  expect(await queryFile(warehouse, recognised)).toEqual(
    sources.map((source) => [`${source}.csv`, source]),
  );
});

test('files of several sources are one load each, the games before what is about them', async () => {
  const warehouse = join(folder, 'all.duckdb');
  const files = [
    write('births.csv', [birthDate]),
    write('lines.csv', [line]),
    write('games.csv', [scheduledGame(game), scheduledGame(later)]),
    write('shots.csv', shotChart(game)),
    write('logs.csv', gameLog(game)),
  ];
  const { exitCode, lines } = await backcourt([
    ...['ingest', ...files, '--json', '--warehouse', warehouse],
  ]);

  expect(exitCode).toBe(0);
  expect(lines).toHaveLength(4);
  const runs = await queryFile(
    warehouse,
    "SELECT json_extract_string(request, '$.source') FROM backcourt.runs ORDER BY rowid",
  );
  expect(runs.flat()).toEqual(['nba-stats', 'schedule', 'game-lines', 'players']);
  const rows = await queryFile(
    warehouse,
    'SELECT content, row_count FROM backcourt.raw_files ORDER BY content',
  );
  expect(rows.map(([content, count]) => [content, Number(count)])).toEqual([
    ['game_lines', 1],
    ['player_box', 16],
    ['players', 1],
    ['schedule_entries', 2],
    ['shots', 144],
  ]);

  // What is printed to mend a raw date names the source and the files of its load.
  const request = await queryFile(
    warehouse,
    "SELECT json_extract(request, '$.files') FROM backcourt.runs WHERE request LIKE '%game-lines%'",
  );
  expect(request).toEqual([[JSON.stringify([files[1]])]]);
});

test('a file without rows that can be used does not keep the others out, and its exit code stays', async () => {
  const warehouse = join(folder, 'partly.duckdb');
  const impossible = write('impossible.csv', [{ ...line, total: 'much' }]);
  const births = write('more-births.csv', [birthDate]);
  const { exitCode } = await backcourt(['ingest', births, impossible, '--warehouse', warehouse]);

  expect(exitCode).toBe(3);
  expect(await queryFile(warehouse, 'SELECT player_id FROM nba_raw.players')).toHaveLength(1);
});

test('files of the simulated league are told apart from real ones without a word', async () => {
  const warehouse = join(folder, 'simulated.duckdb');
  const made = write(
    'made.csv',
    gameLog(game).map((row) => ({ ...row, DATA_KIND: 'simulated' })),
  );
  const real = write('real.csv', [scheduledGame(game)]);
  const mixed = await backcourt(['ingest', made, real, '--warehouse', warehouse]);

  expect(mixed).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('does not come from the simulated league'),
  });
  expect(existsSync(warehouse)).toBe(false);
  expect((await backcourt(['ingest', made, '--warehouse', warehouse])).exitCode).toBe(0);
  expect(await queryFile(warehouse, 'SELECT data_kind FROM backcourt.warehouse')).toEqual([
    ['simulated'],
  ]);
});

test.each<readonly [string, SourceRow, string]>([
  [
    'nearly a schedule',
    { nba_game_id: game.id, game_date: game.date, home_team_abbr: 'NYK', away: 'BOS' },
    'has the columns of no source; it is nearest to a schedule file, and lacks away_team_abbr; found nba_game_id, game_date, home_team_abbr, away; docs/inputs/schedule.md lists the columns',
  ],
  [
    'nothing known',
    { city: 'Boston', temperature: 12 },
    'has the columns of no source; found city, temperature; docs/inputs/README.md lists the sources',
  ],
  [
    'of many columns',
    Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`column_${index}`, index])),
    'found column_0, column_1, column_2, column_3, column_4, column_5, column_6, column_7, column_8, column_9, column_10, column_11 and 18 more; docs',
  ],
  [
    'an export',
    { player_id: 1, points: 2, run_id: 'r', code_version: 'c', processed_at: 't', data_hash: 'h' },
    'is an export of Backcourt: its rows are computed of loaded files, and cannot be loaded themselves; docs/verbs.md',
  ],
  [
    'two at once',
    { ...line, nba_game_id: game.id },
    'could be a schedule file or a game-lines file; load it with: npx backcourt ingest schedule ',
  ],
])('a file that is %s is refused, and nothing is left', async (name, row, message) => {
  const warehouse = join(folder, `${name}.duckdb`);
  const files = [write(`${name}.csv`, [row]), write('sound.csv', [birthDate])];
  const { exitCode, stderr } = await backcourt(['ingest', ...files, '--warehouse', warehouse]);

  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
  expect(existsSync(warehouse)).toBe(false);
});

test('a command without words asks for files, and a missing one is named', async () => {
  expect((await backcourt(['ingest'])).stderr).toContain('which files?');
  const missing = await backcourt(['ingest', join(folder, 'not-there.csv')]);

  expect(missing.exitCode).toBe(2);
  expect(missing.stderr).toContain('not-there.csv');
});
