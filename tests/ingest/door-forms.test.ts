/** What table tools, other clocks and other times do to files: read where no doubt is left, and never in silence. */
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { copyOf } from '../support/copy-of.ts';
import { gameLog, type SourceRow, withEach } from '../support/game-log.ts';
import { loadRows } from '../support/load-rows.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { scheduledGame } from '../support/scheduled-game.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { differingUnits, partitionHashes, queryFile } from '../support/warehouse-file.ts';
import { writeCsv } from '../support/write-source.ts';

const folder = tempFolder('door-forms');
const games = [
  { id: '0022300161', date: '2023-11-08', away: 'LAL', home: 'DEN' },
  { id: '0022300162', date: '2023-11-09', away: 'BOS', home: 'NYK' },
] as const;
const log = games.flatMap(gameLog);
let warehouses = 0;

function fresh(): string {
  warehouses += 1;
  return join(folder, `${warehouses}.duckdb`);
}

const ofDay = (row: SourceRow) => String(row['GAME_DATE']).slice(0, 10);
const midnight = (row: SourceRow) => Date.parse(`${ofDay(row)}T00:00:00Z`);
/** Half past seven in the East, which is half past midnight of the next day by UTC. */
const tipoff = (row: SourceRow) => midnight(row) + 24.5 * 3_600_000;
const since1899 = (row: SourceRow) => midnight(row) / 86_400_000 + 25_569;

const nicknames: Readonly<Record<string, string>> = {
  ...{ LAL: 'Lakers', DEN: 'Nuggets', BOS: 'Celtics', NYK: 'Knicks' },
};

describe('the same games in another form are the same rows', () => {
  let expected: ReadonlyMap<string, string>;
  beforeAll(async () => {
    const warehouse = fresh();
    await loadRows(folder, warehouse, 'nba-stats', log);
    expected = await partitionHashes(warehouse);
  });

  const dated = (write: (row: SourceRow) => string | number) => () =>
    withEach(log, (row) => ({ GAME_DATE: write(row) }));
  test.each<readonly [string, () => readonly SourceRow[]]>([
    ['days as seconds since 1970', dated((row) => midnight(row) / 1000)],
    ['days as thousandths', dated(midnight)],
    ['tip-offs as seconds since 1970', dated((row) => tipoff(row) / 1000)],
    ['tip-offs as thousandths', dated(tipoff)],
    ['tip-offs as billionths', dated((row) => `${tipoff(row)}000000`)],
    ['days of a spreadsheet', dated(since1899)],
    ['times of a spreadsheet', dated((row) => since1899(row) + 0.8125)],
    ['days in a formula', dated((row) => `="${ofDay(row)}"`)],
    [
      'wins in words, games of one team at another, teams by the last part of their names, names turned round, counts with a comma before the tenths',
      () =>
        withEach(log, (row) => {
          const [first, ...rest] = String(row['PLAYER_NAME']).split(' ');
          return {
            WL: row['WL'] === 'W' ? 'Win' : 'Loss',
            MATCHUP: String(row['MATCHUP']).replace('@', 'at'),
            TEAM_ABBREVIATION: nicknames[String(row['TEAM_ABBREVIATION'])] ?? '',
            PLAYER_NAME: `${rest.join(' ')}, ${first}`,
            FGM: `${row['FGM']},0`,
            PTS: `${row['PTS']}\u00a0`,
          };
        }),
    ],
  ])('%s', async (_, rows) => {
    const warehouse = fresh();
    const { exitCode, stderr } = await loadRows(folder, warehouse, 'nba-stats', rows());

    expect([exitCode, stderr]).toEqual([0, '']);
    expect(differingUnits(expected, await partitionHashes(warehouse))).toEqual([]);
  });

  test('in a text file', async () => {
    const warehouse = fresh();
    await prepare(['ingest', writeCsv(folder, 'log.txt', log), '--warehouse', warehouse]);
    expect(differingUnits(expected, await partitionHashes(warehouse))).toEqual([]);
  });
});

test('dates that are numbers are told', async () => {
  const rows = withEach(log, (row) => ({ GAME_DATE: midnight(row) / 1000 }));
  const { lines, file } = await loadRows(folder, fresh(), 'nba-stats', rows);
  expect(lines).toContain(
    `the dates of ${file} are numbers, read as seconds or thousandths since 1970 by UTC, or as days of a spreadsheet`,
  );
});

test('a time at night with strokes and without a zone is no day', async () => {
  const rows = withEach(log, (row) => {
    const [year, month, day] = ofDay(row).split('-').map(Number) as [number, number, number];
    return { GAME_DATE: `${month}/${day + 1}/${year} 0:30` };
  });
  const { exitCode, stdout } = await loadRows(folder, fresh(), 'nba-stats', rows);

  expect(exitCode).toBe(3);
  expect(stdout).toContain('a time at night without a zone; if it is UTC, write a Z behind it');
});

test('ids in four bytes have lost digits, and are not taken for those of other games', async () => {
  const path = join(folder, 'narrow.parquet');
  const csv = writeCsv(folder, 'narrow.csv', log);
  const { openMemoryWarehouse } = await import('../support/memory-warehouse.ts');
  const warehouse = await openMemoryWarehouse();
  await warehouse.exportRows(
    `SELECT * REPLACE (CAST(GAME_ID AS FLOAT) AS GAME_ID) FROM read_csv('${csv}')`,
    path,
    { format: 'parquet' },
  );
  await warehouse.close();
  const { exitCode, stdout } = await backcourt(['ingest', path, '--warehouse', fresh()]);

  expect(exitCode).toBe(3);
  expect(stdout).toContain('is no NBA game id: a table tool has rounded it');
});

test('tricodes of another time are those of the team that goes on, without its id as well', async () => {
  const warehouse = fresh();
  const old = gameLog({ id: '0020700061', date: '2007-11-08', away: 'SAS', home: 'OKC' });
  const rows = withEach(old, ({ MATCHUP, TEAM_ABBREVIATION: team }) => ({
    TEAM_ID: null,
    TEAM_ABBREVIATION: team === 'OKC' ? 'SEA' : (team as string),
    MATCHUP: String(MATCHUP).replace('OKC', 'SEA'),
  }));
  const { exitCode } = await loadRows(folder, warehouse, 'nba-stats', rows);

  expect(exitCode).toBe(0);
  expect(
    await queryFile(warehouse, 'SELECT DISTINCT team_abbr FROM nba_raw.player_box ORDER BY 1'),
  ).toEqual([['OKC'], ['SAS']]);
});

/** A log in which hardly two players are alike, as in every real one. */
const uneven = withEach(log, (row) => {
  const points = (Number(row['PLAYER_ID']) % 10) + (String(row['TEAM_ABBREVIATION']) > 'K' ? 3 : 0);
  const counts = { FGM: 0, FGA: 9, FG3M: 0, FG3A: 3, FTM: points, FTA: points };
  return { ...counts, PTS: points, PLUS_MINUS: null, WL: null };
});
const first = uneven.slice(0, 16);

describe('a box score that is, player by player, that of another game, is told', () => {
  const again = withEach(first, () => ({ GAME_ID: '0022300190', GAME_DATE: '2023-11-12' }));
  const said =
    'the same box score player by player, in 2 games: 0022300161 of 2023-11-08 and 0022300190 of 2023-11-12; has an id or a date been shifted?';

  test('where one load has both', async () => {
    const { lines } = await loadRows(folder, fresh(), 'nba-stats', [...uneven, ...again]);
    expect(lines).toContain(said);
  });

  const standing = fresh();
  let before: Awaited<ReturnType<typeof loadRows>>;
  beforeAll(async () => {
    before = await loadRows(folder, standing, 'nba-stats', uneven);
  });

  test('where the other stands', async () => {
    const warehouse = copyOf(standing);
    const { lines } = await loadRows(folder, warehouse, 'nba-stats', again);

    expect(before.stdout).not.toContain('player by player');
    expect(lines).toContain(said);
  });

  test('and not on its own date, where only the id is another', async () => {
    const warehouse = copyOf(standing);
    const renamed = withEach(first, () => ({ GAME_ID: '0022300190' }));
    const { stdout } = await loadRows(folder, warehouse, 'nba-stats', renamed);

    expect(stdout).not.toContain('player by player');
  });
});

test('lines by another clock than the schedule are told, and read with commas and without places', async () => {
  const warehouse = fresh();
  await loadRows(folder, warehouse, 'nba-stats', log);
  await loadRows(
    folder,
    warehouse,
    'schedule',
    games.map((game) => scheduledGame(game, { tipoff_at: `${game.date}T19:30:00-05:00` })),
  );
  const lines = games.map((game) => ({
    event_id: game.id,
    game_date: game.date,
    home_team_abbr: game.home === 'DEN' ? 'Nuggets' : 'Knicks',
    away_team_abbr: game.away,
    // The wall clock in the East, marked as UTC.
    tipoff_at: `${game.date}T19:30:00Z`,
    captured_at: `${game.date}T18:00:00Z`,
    home_spread: game.home === 'DEN' ? '-2,5' : 'PK',
    total: '221,5',
  }));
  const report = await loadRows(folder, warehouse, 'game-lines', lines);

  expect(report.exitCode).toBe(0);
  expect(report.lines).toContain(
    'another tip-off than the schedule by more than 90 minutes, in 2 of 2 lines of game_lines; is one of the two by another clock?',
  );
  expect(report.stdout).toContain(
    `few tip-offs after 17:00 Eastern, only 0 of 2 of ${report.file}`,
  );
  expect(
    await queryFile(
      warehouse,
      'SELECT CAST(home_spread AS VARCHAR) AS spread FROM nba_raw.game_lines ORDER BY 1',
    ),
  ).toEqual([['-2.5'], ['0.0']]);
});

test('tip-offs that are all at midnight are days, and told', async () => {
  const warehouse = fresh();
  const days = ['2023-11-08', '2023-11-09', '2023-11-10', '2023-11-11', '2023-11-12'];
  const rows = days.map((date, index) =>
    scheduledGame(
      { id: `002230016${index + 1}`, date, away: 'LAL', home: 'DEN' },
      { tipoff_at: `${date} 00:00:00` },
    ),
  );
  const { exitCode, lines, file } = await loadRows(folder, warehouse, 'schedule', rows);

  expect(exitCode).toBe(0);
  expect(lines).toContain(
    `the tip-offs of ${file} are all at midnight, and taken for days without a time`,
  );
  expect(
    await queryFile(
      warehouse,
      'SELECT CAST(game_date AS VARCHAR), tipoff_at FROM nba_raw.schedule ORDER BY 1',
    ),
  ).toEqual(days.map((day) => [day, null]));
});

describe('a season that is loaded from its middle on', () => {
  const middle = { id: '0022300661', date: '2024-01-25', away: 'LAL', home: 'DEN' } as const;

  test('is told at ingest and in status', async () => {
    const warehouse = fresh();
    const said =
      'season 2023-24 begins on 2023-10-24, its logs on 2024-01-25; what looks back to its beginning is short of games';
    const { lines } = await loadRows(folder, warehouse, 'nba-stats', gameLog(middle));
    const status = await backcourt(['status', '--warehouse', warehouse]);
    const { stdout } = await backcourt(['status', '--json', '--warehouse', warehouse]);

    expect(lines).toContain(`logs that begin late: ${said}`);
    expect(status.lines).toContain(said);
    expect(stdout).toContain(
      '{"type":"season_start","season_year":2023,"first":"2024-01-25","began":"2023-10-24","is_guess":false}',
    );
  });

  test('has a guessed beginning where no calendar is built in, and is said to', async () => {
    const warehouse = fresh();
    const old = { ...middle, id: '0021800661', date: '2019-01-17' };
    const guess = 'season 2018-19: it is a guess that it begins on 2019-01-17';
    const { stdout } = await loadRows(folder, warehouse, 'nba-stats', gameLog(old));
    const status = await backcourt(['status', '--warehouse', warehouse]);
    const zones = ['--tables', 'team_defense_zone_analysis'];
    const run = await backcourt([
      ...['run', '--backfill', ...zones, '--verbose', '--warehouse', warehouse],
    ]);

    expect(stdout).toContain(guess);
    expect(status.stdout).toContain(guess);
    expect(run.stdout).toContain('bootstrap period, counted from 2019-01-17: a guess');
  });
});
