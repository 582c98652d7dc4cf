import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gameLog, type SourceRow, shotChart, withEach } from '../support/game-log.ts';
import { loadRows } from '../support/load-rows.ts';
import { backcourt } from '../support/run-command.ts';
import { scheduledGame } from '../support/scheduled-game.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { queryFile } from '../support/warehouse-file.ts';
import { writeCsv } from '../support/write-source.ts';

const folder = tempFolder('notices');
const game = { id: '0022300061', date: '2023-10-24', away: 'ATL', home: 'HOU' };
const second = { id: '0022300062', date: '2023-10-25', away: 'BOS', home: 'IND' };
const sound = [...gameLog(game), ...gameLog(second)];
let warehouses = 0;
const fresh = () => {
  warehouses += 1;
  return join(folder, `${warehouses}.duckdb`);
};

/** What is told of rows that are accepted. */
async function told(
  warehouse: string,
  source: string,
  rows: readonly SourceRow[],
): Promise<readonly string[]> {
  const { exitCode, stdout } = await loadRows(folder, warehouse, source, rows);
  expect(exitCode).toBe(0);
  return stdout.split('\n').filter((line) => !/^(ingested | {2}|[\d.]+ s$|$)/.test(line));
}

test('a sound log is told without a word, and each that does not add up by its game', async () => {
  expect(await told(fresh(), 'nba-stats', sound)).toEqual([]);
  expect(
    await told(
      fresh(),
      'nba-stats',
      sound.filter((row) => !String(row['PLAYER_NAME']).endsWith('H')),
    ),
  ).toEqual([
    expect.stringMatching(
      /^box scores that do not add up, of 2 games: game 0022300061 of 2023-10-24: (ATL|HOU) played 210 minutes in all; game 0022300062/,
    ),
  ]);
  const long = withEach(sound, (row) =>
    row['TEAM_ABBREVIATION'] === 'HOU' ? { MIN: 31, MIN_SEC: '31:00' } : {},
  );
  expect(await told(fresh(), 'nba-stats', long)).toEqual([
    expect.stringContaining(': game 0022300061 of 2023-10-24: HOU played 248 minutes in all'),
  ]);
  const turned = withEach(sound, (row) => (row['GAME_ID'] === game.id ? { WL: 'W' } : {}));
  expect(await told(fresh(), 'nba-stats', turned)).toEqual([
    expect.stringContaining('box scores that do not add up, of 1 game: game 0022300061'),
  ]);
  const plus = withEach(sound, (row) =>
    row['TEAM_ABBREVIATION'] === 'ATL' ? { PLUS_MINUS: 0 } : {},
  );
  expect(await told(fresh(), 'nba-stats', plus)).toEqual([
    expect.stringContaining('plus/minus of both sides is 5, not 0'),
  ]);
});

test('logs that begin late, have a hole or lack games of a team are told', async () => {
  const late = [game, second].flatMap((one) => gameLog({ ...one, date: '2024-01-05' }));
  expect(await told(fresh(), 'nba-stats', late)).toEqual([
    expect.stringContaining(
      'logs that begin late: season 2023-24 begins on 2023-10-24, its logs on 2024-01-05',
    ),
  ]);
  const hole = [...gameLog(game), ...gameLog({ ...second, date: '2023-11-10' })];
  expect(await told(fresh(), 'nba-stats', hole)).toEqual([
    'a hole in the logs: no game for 16 days after 2023-10-24, until 2023-11-10',
  ]);
  const final = gameLog({ id: '0042300101', date: '2023-10-27', away: 'ATL', home: 'BOS' });
  const third = gameLog({ id: '0022300063', date: '2023-10-26', away: 'ATL', home: 'IND' });
  expect(await told(fresh(), 'nba-stats', [...sound, ...third, ...final])).toEqual([
    'teams with fewer games: season 2023-24: 1 games of some teams, 2 of others; fewer have BOS, HOU',
    expect.stringMatching(
      /^no play-in: season 2023-24 has playoffs and no play-in, .*docs.inputs.README.md/,
    ),
  ]);
  const playIn = gameLog({ id: '0052300101', date: '2023-10-26', away: 'BOS', home: 'HOU' });
  expect(await told(fresh(), 'nba-stats', [...sound, ...third, ...playIn, ...final])).toEqual([
    expect.stringContaining('1 games of some teams, 2 of others'),
  ]);
});

test('dates without a shot chart are told at ingest and in status, unless nobody loads charts', async () => {
  const warehouse = fresh();
  const one = 'season 2023-24: 1 of 2 dates with box scores has no shot chart, first 2023-10-25';
  const status = async () => (await backcourt(['status', '--warehouse', warehouse])).stdout;
  expect(await told(warehouse, 'nba-stats', sound)).toEqual([]);
  expect(await status()).not.toContain('shot chart');
  expect(await told(warehouse, 'nba-stats', shotChart(game))).toEqual([
    expect.stringContaining(one),
  ]);
  expect(await status()).toContain(one);
  const [, ...others] = await told(warehouse, 'nba-stats', sound);
  expect(others).toEqual([]);
  expect(await told(warehouse, 'nba-stats', shotChart(second))).toEqual([]);
  expect(await status()).not.toContain('shot chart');
});

test.each([
  ['makes', 1],
  ['misses', 0],
])('shot charts of %s only are told', async (what, flag) => {
  const warehouse = fresh();
  await told(warehouse, 'nba-stats', sound);
  const shots = [game, second].flatMap(shotChart);
  expect(await told(warehouse, 'nba-stats', shots)).toEqual([]);
  const other = fresh();
  await told(other, 'nba-stats', sound);
  const only = shots.filter((row) => row['SHOT_MADE_FLAG'] === flag);
  expect(await told(other, 'nba-stats', only)).toEqual([
    `shots that are not those of the box score: they agree in 0 of 2 games; the files seem to have only ${what}`,
  ]);
});

test('games of the schedule without a box score are told, those to come and those not decided are not', async () => {
  const warehouse = fresh();
  const between = { id: '0022300063', date: '2023-10-25', away: 'MIA', home: 'DEN' };
  const later = { id: '0022300064', date: '2023-10-27', away: 'MIA', home: 'DEN' };
  await told(warehouse, 'nba-stats', sound);
  const rows = [
    ...[game, second, between, later].map((one) => scheduledGame(one)),
    { ...scheduledGame({ ...later, id: '0042300101' }), home_team_abbr: '', away_team_abbr: 'TBD' },
  ];
  expect(await told(warehouse, 'schedule', rows)).toEqual([
    'dropped from schedule_entries: 1 row: its teams are not decided yet',
    expect.stringContaining('no box score of 1 game of the schedule, on 2023-10-25'),
  ]);
});

test('tip-offs at times when nobody plays are told', async () => {
  const at = (times: readonly string[]) =>
    [game, second].map((one, index) =>
      scheduledGame(one, { tipoff_at: `${one.date}T${times[index]}` }),
    );
  expect(await told(fresh(), 'schedule', at(['23:30:00Z', '23:00:00Z']))).toEqual([]);
  expect(await told(fresh(), 'schedule', at(['19:30:00Z', '19:00:00Z']))).toEqual([
    expect.stringContaining('few tip-offs after 17:00 Eastern, only 0 of 2 of '),
  ]);
  const week = [...Array(5).keys()].map((index) =>
    scheduledGame(
      { ...game, id: `002230006${index}`, date: `2023-10-2${4 + index}` },
      { tipoff_at: `2023-10-2${4 + index} ${index === 0 ? 22 : 19}:00:00` },
    ),
  );
  expect(await told(fresh(), 'schedule', week)).toEqual([
    expect.stringMatching(
      /^few tip-offs .* only 1 of 5 of schedule-\d+\.csv, .* without one as UTC/,
    ),
  ]);
  expect(await told(fresh(), 'schedule', at(['10:30:00Z', '23:00:00Z']))).toEqual([
    expect.stringContaining('tip-offs before 11:00 Eastern, 1 of 2 of '),
  ]);
});

test('lines have the Eastern date of their tip-off; without capture, game or both signs they are told', async () => {
  const warehouse = fresh();
  await told(warehouse, 'nba-stats', sound);
  const line = {
    event_id: 'e1',
    game_date: '2023-10-25',
    home_team_abbr: 'HOU',
    away_team_abbr: 'ATL',
    tipoff_at: '2023-10-25T00:40:00Z',
    captured_at: '2023-10-24T23:50:00Z',
    home_spread: -2.5,
    total: 220,
  };
  expect(await told(warehouse, 'game-lines', [line])).toEqual([]);
  expect(
    await queryFile(warehouse, 'SELECT CAST(game_date AS VARCHAR) FROM nba_raw.game_lines'),
  ).toEqual([['2023-10-24']]);
  const many = Array.from({ length: 12 }, (_, index) => ({
    ...line,
    event_id: `e${index}`,
    tipoff_at: null,
    captured_at: null,
  }));
  expect(await told(warehouse, 'game-lines', many)).toEqual([
    '12 rows of game_lines without captured_at: used only with accept_closing_lines (config set accept_closing_lines=true)',
    expect.stringContaining('spreads of one sign: all 12 of home_spread'),
    expect.stringContaining('12 of 12 rows of game_lines match no game of the schedule: 2023-10-'),
  ]);
});

test('of hourly captures all before tip-off are kept, with a tip-off in the file or without', async () => {
  const prop = (line: number, hour: number) => ({
    event_id: 'e1',
    bookmaker: 'book',
    player_lookup: 'patplain',
    game_date: '2023-10-24',
    market: 'points',
    line,
    tipoff_at: '2023-10-24T23:30:00Z',
    captured_at: `2023-10-24T${hour}:00:00Z`,
  });
  const rows = [prop(20.5, 15), prop(20.5, 16), prop(21.5, 17), prop(20.5, 18)];
  for (const tipoff_at of ['2023-10-24T23:30:00Z', null]) {
    const warehouse = fresh();
    const given = rows.map((row) => ({ ...row, tipoff_at }));
    // There is no schedule yet; a file with tip-offs makes none either.
    const beyond = (table: string) => [
      expect.stringContaining(`4 rows of ${table} from 2023-10-24 to 2023-10-24 of days before or`),
    ];
    expect(await told(warehouse, 'player-props', given)).toEqual(beyond('player_props'));
    expect(
      await queryFile(
        warehouse,
        'SELECT CAST(hour(captured_at) AS INT) FROM nba_raw.player_props ORDER BY 1',
      ),
    ).toEqual([[15], [16], [17], [18]]);
    const line = { event_id: 'e1', game_date: '2023-10-24', home_team_abbr: 'DEN', tipoff_at };
    const lines = rows.map(({ captured_at }, index) => ({
      ...{ ...line, away_team_abbr: 'LAL', captured_at, home_spread: -index, total: 220 },
    }));
    expect(await told(warehouse, 'game-lines', lines)).toEqual(beyond('game_lines'));
    expect(await queryFile(warehouse, 'SELECT COUNT(*) FROM nba_raw.game_lines')).toEqual([['4']]);
  }
});

test('reports of a day whose tip-off nobody knows and of players whom neither team has are told', async () => {
  const warehouse = fresh();
  await told(warehouse, 'nba-stats', sound);
  const report = {
    game_date: game.date,
    player_name: 'ATL Player A',
    reported_at: '2023-10-24T12:00:00-04:00',
    status: 'out',
  };
  const early = { ...report, player_name: 'No Body', reported_at: '2023-10-23T12:00:00-04:00' };
  expect(await told(warehouse, 'injuries', [report, early])).toEqual([
    '1 row of injuries of players whom neither team has, by name: No Body 1',
    expect.stringContaining('1 row of injuries of the day of a game whose tip-off is not known'),
  ]);
});

test('notices are part of the JSON', async () => {
  const path = writeCsv(folder, 'few.csv', sound.slice(1));
  const { stdout } = await backcourt([
    'ingest',
    'nba-stats',
    path,
    '--json',
    '--warehouse',
    fresh(),
  ]);
  expect(JSON.parse(stdout).notices).toMatchObject([
    { kind: 'odd_game', table: 'player_box', count: 1 },
  ]);
});
