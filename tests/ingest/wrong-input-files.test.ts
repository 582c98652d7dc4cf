import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gameLog, type SourceRow } from '../support/game-log.ts';
import { loadRows } from '../support/load-rows.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { scheduledGame } from '../support/scheduled-game.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { queryFile } from '../support/warehouse-file.ts';
import { writeCsv } from '../support/write-source.ts';

const folder = tempFolder('wrong-inputs');
const game = { id: '0022300062', date: '2023-10-25', away: 'BOS', home: 'NYK' };
const never = join(folder, 'never.duckdb');

const load = (source: string, row: SourceRow) => loadRows(folder, never, source, [row]);
const lineOfGame = { event_id: 'e', game_date: '2023-10-25', home_team_abbr: 'NYK' };

test.each<readonly [string, SourceRow, string]>([
  [
    'schedule',
    { nba_game_id: game.id, game_date: game.date, home: 'NYK', away: 'BOS' },
    'lacks home_team_abbr, away_team_abbr, which a schedule file has; found nba_game_id, game_date, home, away',
  ],
  [
    'game-lines',
    { ...lineOfGame, away_team_abbr: 'BOS', total: 220 },
    'lacks home_spread, which a game-lines file has',
  ],
  [
    'game-lines',
    {
      event_id: 'e',
      home_team: 'New York Knicks',
      away_team: 'Boston Celtics',
      commence_time: '2023-10-25T23:00:00Z',
      spread_point: 1,
      game_date_et: '2023-10-25',
    },
    'lacks total_point, which an archive of closing lines has',
  ],
  [
    'player-props',
    { event_id: 'e', bookmaker: 'b', game_date: '2023-10-25', market: 'points', line: 1 },
    'lacks player_lookup or player_name, which a player-props file has',
  ],
  [
    'injuries',
    { game_date: '2023-10-25', player_name: 'A', status: 'out' },
    'lacks reported_at, which a file of injury reports has',
  ],
  ['players', { player_id: 1, born: '1999-01-01' }, 'lacks birth_date'],
])('%s: the missing column is named', async (source, row, message) => {
  const { exitCode, stderr } = await load(source, row);

  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
  expect(existsSync(never)).toBe(false);
});

test.each<readonly [string, SourceRow, string]>([
  [
    'schedule',
    gameLog(game)[0] ?? {},
    'is a player game log; load it with: npx backcourt ingest nba-stats ',
  ],
  [
    'nba-stats',
    scheduledGame(game),
    'is a schedule file; load it with: npx backcourt ingest schedule ',
  ],
  [
    'schedule',
    { ...lineOfGame, away_team_abbr: 'BOS', home_spread: -1, total: 220 },
    'is a game-lines file; load it with: npx backcourt ingest game-lines ',
  ],
  [
    'player-props',
    {
      game_date: '2023-10-25',
      player_name: 'A',
      status: 'out',
      reported_at: '2023-10-25T12:00:00Z',
    },
    'is a file of injury reports; load it with: npx backcourt ingest injuries ',
  ],
])('%s: a file of another source is told where it belongs', async (source, row, message) => {
  const { exitCode, stderr } = await load(source, row);

  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});

test('a source that is nearly right is guessed', async () => {
  const { exitCode, stderr } = await load('gamelines', lineOfGame);

  expect(exitCode).toBe(2);
  expect(stderr).toContain('did you mean "game-lines"?');
});

test('the help names every source', async () => {
  const { stdout } = await backcourt(['ingest', '--help']);

  for (const source of [
    'nba-stats',
    'schedule',
    'game-lines',
    'player-props',
    'injuries',
    'players',
  ])
    expect(stdout).toContain(`  ${source} `);
  expect(stdout).toContain('backcourt ingest schedule schedule.csv');
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('a simulated schedule goes into a simulated warehouse, a real one does not', async () => {
  const league = await simulatedWarehouse(folder, { gamesPerTeam: 2, postseason: false });
  const row = scheduledGame({ ...game, id: '0022301999', date: '2024-03-01' });
  const made = writeCsv(folder, 'simulated.csv', [{ ...row, DATA_KIND: 'simulated' }]);
  const real = writeCsv(folder, 'real.csv', [row]);
  const home = join(folder, 'real.duckdb');
  await prepare(['ingest', 'schedule', real, '--warehouse', home]);

  expect((await backcourt(['ingest', 'schedule', made, '--warehouse', league.path])).exitCode).toBe(
    0,
  );
  const stored = await queryFile(
    league.path,
    "SELECT source FROM backcourt.raw_files WHERE content = 'schedule_entries'",
  );
  expect(stored).toEqual([['schedule']]);
  const attempts = [
    await backcourt(['ingest', 'schedule', made, '--warehouse', home]),
    await backcourt(['ingest', 'schedule', real, '--warehouse', league.path]),
    await backcourt(['ingest', 'schedule', made, real, '--warehouse', league.path]),
  ];
  expect(attempts.map(({ exitCode }) => exitCode)).toEqual([2, 2, 2]);
  expect(attempts.map(({ stderr }) => stderr)).toEqual([
    expect.stringContaining('holds real data; real and simulated never mix'),
    expect.stringContaining('holds simulated data; real and simulated never mix'),
    expect.stringContaining('"'.concat(real, '" does not come from the simulated league')),
  ]);
});
