import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SourceRow } from '../support/game-log.ts';
import { loadRows } from '../support/load-rows.ts';
import { backcourt } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { queryFile, tornPartitions } from '../support/warehouse-file.ts';
import { writeCsv } from '../support/write-source.ts';

const folder = tempFolder('injuries');
let warehouses = 0;

function newWarehouse(): string {
  warehouses += 1;
  return join(folder, `${warehouses}.duckdb`);
}

const report = (more: SourceRow = {}): SourceRow => ({
  game_date: '2023-10-24',
  player_name: 'Moe Wagner',
  reported_at: '2023-10-24T17:30:00-04:00',
  team_abbr: 'Orlando Magic',
  status: 'Questionable',
  ...more,
});

test('every report of a player is kept, in lower case and under his lookup', async () => {
  const warehouse = newWarehouse();
  const rows = [
    report(),
    report({ reported_at: '2023-10-24T22:00:00', status: 'OUT' }),
    report({ player_name: 'Luka Dončić', team_abbr: null, status: 'available' }),
  ];
  const { exitCode } = await loadRows(folder, warehouse, 'injuries', rows);

  expect(exitCode).toBe(0);
  expect(
    await queryFile(
      warehouse,
      'SELECT player_lookup, CAST(reported_at AS VARCHAR), team_abbr, status FROM nba_raw.injuries ORDER BY ALL',
    ),
  ).toEqual([
    ['lukadoncic', '2023-10-24 21:30:00+00', null, 'available'],
    ['moritzwagner', '2023-10-24 21:30:00+00', 'ORL', 'questionable'],
    ['moritzwagner', '2023-10-24 22:00:00+00', 'ORL', 'out'],
  ]);
  const again = await loadRows(folder, warehouse, 'injuries', rows);
  expect(again.lines[1]).toMatch(/nothing changed/);
});

test('birth dates are one partition, replaced as a whole', async () => {
  const warehouse = newWarehouse();
  const rows = [
    { player_id: 203999, birth_date: '1995-02-19' },
    { player_id: '1629029.0', birth_date: '1999-02-28T00:00:00' },
    { player_id: 1, birth_date: null },
  ];
  const { exitCode, lines } = await loadRows(folder, warehouse, 'players', rows);

  expect(exitCode).toBe(0);
  expect(lines[1]).toMatch(/players +2 rows +written$/);
  expect(lines).toContain('dropped from players: 1 row without a birth date');
  expect(
    await queryFile(
      warehouse,
      'SELECT CAST(player_id AS INT), CAST(birth_date AS VARCHAR), CAST(partition_date AS VARCHAR) FROM nba_raw.players ORDER BY 1',
    ),
  ).toEqual([
    [203999, '1995-02-19', '1900-01-01'],
    [1629029, '1999-02-28', '1900-01-01'],
  ]);
  expect(await tornPartitions(warehouse)).toEqual([]);

  const again = await loadRows(folder, warehouse, 'players', rows);
  expect(again.lines[1]).toMatch(/nothing changed/);
  const fewer = await loadRows(folder, warehouse, 'players', rows.slice(0, 1));
  expect(fewer.exitCode).toBe(5);
  expect(fewer.lines).toContain(
    'refused players: 2 rows would become 1; allow it with --allow-shrink',
  );
  const status = await backcourt(['status', '--warehouse', warehouse]);
  expect(status.stdout).not.toContain('players');
});

test('one impossible birth date keeps all of them out', async () => {
  const warehouse = newWarehouse();
  const { exitCode, lines, file } = await loadRows(folder, warehouse, 'players', [
    { player_id: 203999, birth_date: '1995-02-19' },
    { player_id: 2, birth_date: '19 Feb' },
  ]);

  expect(exitCode).toBe(3);
  expect(lines).toContain('refused players: nothing of it was written');
  expect(lines).toContain(`  ${file} row 2: unreadable birth_date "19 Feb"`);
  expect(await queryFile(warehouse, 'SELECT * FROM nba_raw.players')).toEqual([]);
});

test("the league's own report is as old as its name says, and else too late for the game", async () => {
  const row: SourceRow = {
    'Game Date': '10/24/2023',
    'Game Time': '07:30(ET)',
    Matchup: 'LAL@DEN',
    Team: 'Denver Nuggets',
    'Player Name': 'Murray, Jamal',
    'Current Status': 'Out',
    Reason: 'Injury/Illness - Knee',
  };
  const times = [];
  for (const name of ['Injury-Report_2023-10-24_05PM.csv', 'report.csv']) {
    const warehouse = newWarehouse();
    const file = writeCsv(folder, name, [row]);
    const { exitCode, stdout } = await backcourt(['ingest', file, '--warehouse', warehouse]);
    const [[at] = []] = await queryFile(
      warehouse,
      'SELECT CAST(reported_at AS VARCHAR) FROM nba_raw.injuries',
    );
    times.push([exitCode, at, stdout.includes('nothing was known of them before the game')]);
  }
  expect(times).toEqual([
    [0, expect.stringMatching(/^2023-10-24 21:00:00/), false],
    [0, expect.stringMatching(/^2023-10-25 03:59:00/), true],
  ]);
  const blank = { 'Game Date': '', 'Game Time': '', Matchup: '', Team: '' };
  const printed = [
    row,
    { ...row, ...blank, 'Player Name': 'Gordon, Aaron' },
    { ...row, ...blank, Team: 'Los Angeles Lakers', 'Player Name': 'Davis, Anthony' },
  ];
  const warehouse = newWarehouse();
  const file = writeCsv(folder, 'printed.csv', printed);
  const { exitCode } = await backcourt(['ingest', file, '--warehouse', warehouse]);
  expect(exitCode).toBe(0);
  expect(
    await queryFile(
      warehouse,
      'SELECT CAST(game_date AS VARCHAR), player_lookup, team_abbr FROM nba_raw.injuries ORDER BY player_lookup',
    ),
  ).toEqual([
    ['2023-10-24', 'aarongordon', 'DEN'],
    ['2023-10-24', 'anthonydavis', 'LAL'],
    ['2023-10-24', 'jamalmurray', 'DEN'],
  ]);
});
