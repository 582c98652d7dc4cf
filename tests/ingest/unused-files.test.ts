import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gameLog, type SourceRow, shotChart, withEach } from '../support/game-log.ts';
import { openMemoryWarehouse } from '../support/memory-warehouse.ts';
import { backcourt } from '../support/run-command.ts';
import { scheduledGame } from '../support/scheduled-game.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cellOf, queryFile } from '../support/warehouse-file.ts';
import { writeCsv, writeParquet } from '../support/write-source.ts';

const folder = tempFolder('unused');
const game = { id: '0022300062', date: '2023-10-25', away: 'BOS', home: 'NYK' };
const prop = {
  ...{ event_id: 'e1', bookmaker: 'b', player_name: 'Some Player', game_date: '2023-10-25' },
  ...{ market: 'points', line: 20.5 },
};
const samples: Readonly<Record<string, readonly SourceRow[]>> = {
  'nba-stats': gameLog(game),
  schedule: [scheduledGame(game)],
  'game-lines': [
    {
      ...{ event_id: 'e1', game_date: '2023-10-25', home_team_abbr: 'NYK', away_team_abbr: 'BOS' },
      ...{ home_spread: -1.5, total: 220 },
    },
  ],
  'player-props': [prop],
  injuries: [
    {
      ...{ game_date: '2023-10-25', player_name: 'Some Player', status: 'out' },
      reported_at: '2023-10-25T12:00:00Z',
    },
  ],
  players: [{ player_id: 1, birth_date: '1999-01-01' }],
};
let loads = 0;

async function ingest(source: string, ...paths: readonly string[]) {
  loads += 1;
  const warehouse = join(folder, `${loads}.duckdb`);
  return {
    warehouse,
    ...(await backcourt(['ingest', source, ...paths, '--warehouse', warehouse])),
  };
}

test.each(Object.keys(samples))('%s: a file with nothing but column names', async (source) => {
  const [row = {}] = samples[source] ?? [];
  const empty = join(folder, `${source}-empty.csv`);
  writeFileSync(empty, `${Object.keys(row).join(',')}\n`);
  const { exitCode, lines } = await ingest(source, empty);

  expect(exitCode).toBe(3);
  expect(lines).toContain(`nothing of ${source}-empty.csv was used: it has no rows`);
});

test('Parquet without rows', async () => {
  const shots = shotChart(game);
  const path = await writeParquet(folder, 'some.parquet', shots);
  const empty = join(folder, 'none.parquet');
  const memory = await openMemoryWarehouse();
  await memory.exportRows(`SELECT * FROM '${path}' WHERE FALSE`, empty, { format: 'parquet' });
  await memory.close();
  const { exitCode, lines } = await ingest('nba-stats', empty);

  expect(exitCode).toBe(3);
  expect(lines).toContain('nothing of none.parquet was used: it has no rows');
});

test.each<readonly [string, string, readonly SourceRow[], string]>([
  [
    'a market without lines in every row',
    'player-props',
    [{ ...prop, market: 'player_double_double', line: null }],
    'nothing of FILE was used: 1 row, all dropped',
  ],
  [
    'captured after tip-off in every row',
    'player-props',
    [{ ...prop, tipoff_at: '2023-10-25T23:00:00Z', captured_at: '2023-10-25T23:30:00Z' }],
    'nothing of FILE was used: 1 row, all dropped',
  ],
  [
    'no birth date in any row',
    'players',
    [{ player_id: 1, birth_date: null }],
    'nothing of FILE was used: 1 row, all dropped',
  ],
  [
    'preseason in every row',
    'nba-stats',
    withEach(gameLog(game), () => ({ GAME_ID: '0012300001' })),
    'nothing of FILE was used: 16 rows, all dropped',
  ],
  [
    'no distance in any row',
    'nba-stats',
    withEach(shotChart(game), () => ({ SHOT_DISTANCE: null })),
    'nothing of FILE was used: 144 rows, all dropped',
  ],
  [
    'an unreadable distance in every row',
    'nba-stats',
    withEach(shotChart(game), () => ({ SHOT_DISTANCE: 'abc' })),
    '  FILE row 1: SHOT_DISTANCE "abc" is no whole number',
  ],
  [
    'an unreadable game in every row',
    'nba-stats',
    withEach(gameLog(game), () => ({ GAME_ID: 'abc' })),
    '  FILE row 1: GAME_ID "abc" is no NBA game id',
  ],
  [
    'no game in any row',
    'nba-stats',
    withEach(gameLog(game), () => ({ GAME_ID: null })),
    '  FILE row 1: GAME_ID is missing',
  ],
  [
    'an unreadable player in every row',
    'nba-stats',
    withEach(shotChart(game), () => ({ PLAYER_ID: '2.0E+03' })),
    '  FILE row 1: PLAYER_ID "2.0E+03" is no player id',
  ],
  [
    'a shot longer than the court',
    'nba-stats',
    withEach(shotChart(game), () => ({ SHOT_DISTANCE: 300 })),
    '  FILE row 1: SHOT_DISTANCE 300 is longer than the court',
  ],
])('%s is no success', async (_, source, rows, line) => {
  const name = `file-${loads}.csv`;
  const { exitCode, lines } = await ingest(source, writeCsv(folder, name, rows));

  expect(exitCode).toBe(3);
  expect(lines).toContain(line.replace('FILE', name));
});

test('a file of which nothing is used is told beside one that is loaded', async () => {
  const good = writeCsv(folder, 'good.csv', gameLog(game));
  const preseason = withEach(gameLog(game), () => ({ GAME_ID: '0012300001' }));
  const { exitCode, lines, warehouse } = await ingest(
    'nba-stats',
    good,
    writeCsv(folder, 'preseason.csv', preseason),
  );

  expect(exitCode).toBe(3);
  expect(lines).toContain('nothing of preseason.csv was used: 16 rows, all dropped');
  expect(await cellOf(warehouse, 'SELECT COUNT(*) FROM nba_raw.player_box')).toBe('16');
});

test('a schedule file that only calls games off is used', async () => {
  const row = scheduledGame(game, { status: 'postponed' });
  const { exitCode } = await ingest('schedule', writeCsv(folder, 'off.csv', [row]));

  expect(exitCode).toBe(0);
});

test.each([
  ['a blank behind it', (id: string) => `${id} `],
  ['a tab', (id: string) => `${id}\t`],
  ['a point', (id: string) => `${id}.0`],
  ['a formula', (id: string) => `="${id}"`],
  ['an apostrophe', (id: string) => `'${id}`],
  ['zeros lost', (id: string) => id.replace(/^0+/, '')],
])('ids of shots with %s are those of the box scores', async (_, spell) => {
  const log = writeCsv(folder, `log-${loads}.csv`, gameLog(game));
  const shots = withEach(shotChart(game), (row) => ({
    GAME_ID: spell(String(row['GAME_ID'])),
    PLAYER_ID: spell(String(row['PLAYER_ID'])),
    TEAM_ID: spell(String(row['TEAM_ID'])),
  }));
  const chart = writeCsv(folder, `shots-${loads}.csv`, shots);
  const { exitCode, warehouse } = await ingest('nba-stats', log, chart);

  expect(exitCode).toBe(0);
  expect(
    await queryFile(
      warehouse,
      `SELECT COUNT(*) FROM nba_raw.shots AS shot
INNER JOIN nba_raw.player_box AS box USING (nba_game_id, player_id, team_abbr)`,
    ),
  ).toEqual([['144']]);
});

test('a game under two spellings of its id is one game, on two dates', async () => {
  const later = withEach(gameLog({ ...game, date: '2023-10-28' }), (row) => ({
    GAME_ID: `${row['GAME_ID']} `,
  }));
  const path = writeCsv(folder, 'spelled.csv', [...gameLog(game), ...later]);
  const { exitCode, stdout } = await ingest('nba-stats', path);

  expect(exitCode).toBe(3);
  expect(stdout).toContain('game 0022300062 has two dates');
});

test('a file of which nothing was used does not say what a new warehouse holds', async () => {
  const empty = join(folder, 'players-only-names.csv');
  writeFileSync(empty, 'player_id,birth_date\n');
  const { warehouse, exitCode } = await ingest('players', empty);
  expect(exitCode).toBe(3);
  const rows = gameLog(game).map((row) => ({ ...row, DATA_KIND: 'simulated' }));
  const simulated = await writeParquet(folder, 'simulated.parquet', rows);
  const loaded = await backcourt(['ingest', simulated, '--warehouse', warehouse]);
  expect([loaded.exitCode, loaded.stderr]).toEqual([0, '']);
  expect(await cellOf(warehouse, 'SELECT data_kind FROM backcourt.warehouse')).toBe('simulated');
});
