import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { gameLog, type SourceRow, shotChart, withEach, withRow } from '../support/game-log.ts';
import { gamesInARow } from '../support/games-in-a-row.ts';
import { loadRows } from '../support/load-rows.ts';
import { backcourt } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cellOf } from '../support/warehouse-file.ts';
import { renamed, writeCsv } from '../support/write-source.ts';

const folder = tempFolder('disagreeing-rows');
const game = { id: '0022300061', date: '2023-11-01', away: 'ATL', home: 'HOU' };
const other = { id: '0022300062', date: '2023-11-02', away: 'BOS', home: 'IND' };
const sound = [...gameLog(game), ...gameLog(other)].map((row) => ({
  ...row,
  SEASON_TYPE: 'Regular Season',
}));
const box = 'nba_raw.player_box';
let warehouses = 0;
const fresh = () => {
  warehouses += 1;
  return join(folder, `${warehouses}.duckdb`);
};

describe('a load of many dates, each with its own', () => {
  const faults: readonly (readonly [string, SourceRow, string])[] = [
    ['a team id of nobody', { TEAM_ID: 5 }, 'TEAM_ID 5 is none of the 30 teams'],
    ['a team id that is none', { TEAM_ID: 'x' }, 'TEAM_ID "x" is no team id'],
    ['the id of another team', { TEAM_ID: 1610612738 }, 'TEAM_ID 1610612738 is BOS'],
    ['a matchup of other teams', { MATCHUP: 'BOS @ IND' }, 'MATCHUP "BOS @ IND" is not of ATL'],
    ['a matchup that is none', { MATCHUP: 'nonsense' }, 'MATCHUP "NONSENSE" is neither'],
    ['a matchup of one team', { MATCHUP: 'ATL @ ATL' }, 'MATCHUP "ATL @ ATL" has one team'],
    ['no matchup', { MATCHUP: 'NaN' }, 'MATCHUP is missing'],
    ['no name', { PLAYER_NAME: 'NaN' }, 'PLAYER_NAME is missing'],
    ['a result that is none', { WL: 'X' }, 'WL "X" is neither W nor L'],
    ['a draw', { WL: 'T' }, 'WL "T" is neither'],
    ['another season', { SEASON_YEAR: '2022-23' }, 'SEASON_YEAR "2022-23" is not the season of'],
    ['no season', { SEASON_YEAR: 'spring' }, 'SEASON_YEAR "spring" is not the season of game'],
    ['the playoffs', { SEASON_TYPE: 'Playoffs' }, 'SEASON_TYPE "Playoffs" is not the kind of game'],
    ['seconds of one digit', { MIN_SEC: '35:9' }, 'unreadable MIN "35:9"'],
    ['minutes with an exponent', { MIN_SEC: '1e-3' }, 'unreadable MIN "1e-3"'],
    [
      'a count that only one player lacks',
      { STL: null },
      'a count is missing for a player with time on court',
    ],
  ];
  // A sound date stands before each; the last three are of cases of their own.
  const games = gamesInARow(2 * faults.length + 3, { away: 'ATL', home: 'HOU' });
  const [silentDay, unkeptDay, doubledDay] = games.slice(-3);
  const warehouse = fresh();
  let told: Awaited<ReturnType<typeof loadRows>>;

  beforeAll(async () => {
    const rows = games.flatMap((one, index) => {
      const values = faults[(index - 1) / 2]?.[1];
      const log = withEach(gameLog(one), () => ({ SEASON_TYPE: 'Regular Season' }));
      if (one === silentDay) {
        return withEach(log, () => ({ TEAM_ID: '', WL: 'NA', SEASON_YEAR: '', SEASON_TYPE: '' }));
      }
      if (one === unkeptDay) {
        return withEach(log, () => ({ STL: null, BLK: 'NA', OREB: '', TOV: null }));
      }
      if (one === doubledDay) return [...log, { ...log[0], AST: 9 }];
      return values ? withRow(log, 2, values) : log;
    });
    told = await loadRows(folder, warehouse, 'nba-stats', rows);
  });
  const refusal = (date = '') => `refused player_box ${date}: nothing of this date was written`;
  const rowOf = (index: number, row: number) => (16 * index + row).toLocaleString('en-US');

  test.each(faults.map(([what, , rule], index) => [what, rule, 2 * index + 1] as const))(
    '%s refuses the date of its row',
    (_, rule, index) => {
      expect(told.lines).toContain(refusal(games[index]?.date));
      expect(told.stdout).toContain(`row ${rowOf(index, 3)}: ${rule}`);
    },
  );

  test('no other date is refused', () => {
    expect(told.exitCode).toBe(3);
    const refused = games.filter((one, index) =>
      index < 2 * faults.length ? index % 2 === 1 : one === doubledDay,
    );
    expect(told.lines.filter((line) => line.startsWith('refused'))).toEqual(
      refused.map(({ date }) => refusal(date)),
    );
  });

  const writtenOn = (date: string | undefined, condition: string) =>
    cellOf(
      warehouse,
      `SELECT CAST(COUNT(*) AS INT) FROM ${box} WHERE game_date = '${date}' AND ${condition}`,
    );

  test('what a row need not say is no fault', async () => {
    expect(await writtenOn(silentDay?.date, 'TRUE')).toBe(16);
  });

  test('a count that a whole game lacks was not kept', async () => {
    expect(await writtenOn(unkeptDay?.date, 'stl IS NULL')).toBe(16);
  });

  test('rows of one player that differ are both at fault', () => {
    expect(told.stdout).toContain(`row ${rowOf(games.length - 1, 1)}: duplicate of PLAYER_ID`);
    expect(told.stdout).toContain(`row ${rowOf(games.length - 1, 17)}: duplicate of PLAYER_ID`);
  });
});

/** The hashes of all that comes of a log and a shot chart. */
async function hashesOf(log: readonly SourceRow[], shots: readonly SourceRow[]) {
  const path = fresh();
  const files = [writeCsv(folder, 'log.csv', log), writeCsv(folder, 'shots.csv', shots)];
  expect((await backcourt(['ingest', ...files, '--warehouse', path])).exitCode).toBe(0);
  return cellOf(
    path,
    'SELECT string_agg(data_hash ORDER BY table_name, partition_date) FROM backcourt.partitions',
  );
}
let soundHashes: ReturnType<typeof hashesOf> | undefined;
/** Those of the plain files. */
const ours = () => {
  soundHashes ??= hashesOf(sound, shotChart(game));
  return soundHashes;
};

test('tricodes of another time go by the id of their team', async () => {
  const old: Readonly<Record<string, string>> = { ATL: 'STL', HOU: 'SDR', BOS: 'BOS', IND: 'INA' };
  const renamedRows = withEach(sound, (row) => ({
    TEAM_ABBREVIATION: old[String(row['TEAM_ABBREVIATION'])] ?? '',
    MATCHUP: String(row['MATCHUP']).replace(/[A-Z]{3}/g, (code) => old[code] ?? code),
  }));
  expect(await hashesOf(renamedRows, shotChart(game))).toBe(await ours());
});

test('rows of whole minutes are those of another file that has their seconds, and add up within their rounding', async () => {
  const seconds = ['30:20', '29:40', '30:29', '29:31', '30:10', '29:50', '30:00', '30:00'];
  const exact = sound.map((row, index) => ({ ...row, MIN_SEC: seconds[index % 8] ?? '' }));
  const whole = exact.map(({ MIN_SEC, ...row }) => row);
  const name = (file: string) => writeCsv(folder, file, file === 'exact.csv' ? exact : whole);
  const hash = 'SELECT string_agg(data_hash ORDER BY ALL) FROM backcourt.partitions';
  const load = async (...files: readonly string[]) => {
    const warehouse = fresh();
    const { exitCode, stdout } = await backcourt([
      ...['ingest', ...files.map(name), '--warehouse', warehouse],
    ]);
    expect(exitCode).toBe(0);
    return { stdout, hash: await cellOf(warehouse, hash) };
  };
  const alone = await load('exact.csv');
  for (const files of [
    ['exact.csv', 'whole.csv'],
    ['whole.csv', 'exact.csv'],
  ]) {
    const both = await load(...files);
    expect(both.hash).toBe(alone.hash);
    expect(both.stdout).toContain('with whole minutes instead of its seconds');
  }
  const longer = whole.map((row, index) => (index < 5 ? { ...row, MIN: 31 } : row));
  const told = await loadRows(folder, fresh(), 'nba-stats', longer);
  expect(told.stdout).not.toContain('not add up');
  const other = exact.map((row, index) => (index === 3 ? { ...row, AST: 9 } : row));
  const files = [writeCsv(folder, 'other.csv', other), name('whole.csv')];
  const differing = await backcourt(['ingest', ...files, '--warehouse', fresh()]);
  expect(differing.stdout).toMatch(/duplicate of PLAYER_ID \d+ in game 0022300061/);
});

test('rows that overlapping files share are one row, told with the names of both', async () => {
  const shots = [...shotChart(game), ...shotChart(other)];
  const files = [
    writeCsv(folder, 'first.csv', sound),
    writeCsv(
      folder,
      'again.csv',
      renamed(sound.slice(10), (name) => name.toLowerCase()),
    ),
    writeCsv(folder, 'shots.csv', shots),
    writeCsv(folder, 'more-shots.csv', [...shots.slice(0, 5), ...shotChart(game)]),
  ];
  const warehouse = fresh();
  const { exitCode, stdout } = await backcourt([
    'ingest',
    'nba-stats',
    ...files,
    '--warehouse',
    warehouse,
  ]);
  expect(stdout).toContain(
    'dropped from player_box: 22 rows: identical to a row that is kept (first.csv, again.csv)',
  );
  expect(stdout).toContain('dropped from shots: 149 rows: identical to a row that is kept');
  expect(exitCode).toBe(0);
  expect(Number(await cellOf(warehouse, `SELECT count(*) FROM ${box}`))).toBe(32);
});

test.each([
  ['moments by UTC', (day: string) => `${day}T00:40:00Z`, 1],
  [
    'moments by UTC, some at midnight',
    (day: string) => (day === '2023-11-02' ? `${day} 00:00:00+00` : `${day}T00:40:00Z`),
    1,
  ],
  ['days written as moments', (day: string) => `${day}T00:00:00Z`, 0],
])('dates that are %s are Eastern dates', async (_, written, daysLater) => {
  const later = (date: string) => `2023-11-0${Number(date.slice(9, 10)) + daysLater}`;
  const rows = withEach(sound, (row) => ({
    GAME_DATE: written(later(String(row['GAME_DATE']).slice(0, 10))),
  }));
  const warehouse = fresh();
  expect((await loadRows(folder, warehouse, 'nba-stats', rows)).exitCode).toBe(0);
  expect(
    await cellOf(
      warehouse,
      `SELECT string_agg(day, ',' ORDER BY day) FROM (SELECT DISTINCT CAST(game_date AS VARCHAR) AS day FROM ${box})`,
    ),
  ).toBe('2023-11-01,2023-11-02');
});

test('rows of players who did not play are read and count nowhere', async () => {
  const idle = (row: SourceRow, index: number): SourceRow => ({
    ...Object.fromEntries(Object.keys(row).map((column) => [column, 0])),
    ...Object.fromEntries(
      ['GAME_ID', 'GAME_DATE', 'TEAM_ID', 'TEAM_ABBREVIATION', 'MATCHUP', 'WL'].map((column) => [
        column,
        row[column] ?? null,
      ]),
    ),
    SEASON_YEAR: '2023-24',
    SEASON_TYPE: 'Regular Season',
    PLAYER_ID: 90_000 + index,
    PLAYER_NAME: `Bench Player ${index}`,
    MIN_SEC: ['0:00', "DNP - Coach's Decision", ''][index % 3] ?? '',
    MIN: null,
  });
  const warehouse = fresh();
  const loaded = await loadRows(folder, warehouse, 'nba-stats', [...sound, ...sound.map(idle)]);
  expect([loaded.exitCode, loaded.stdout]).toEqual([0, expect.not.stringContaining('box score')]);
  const { exitCode } = await backcourt([
    ...['run', '--backfill', '--tables', 'team_offense_game_summary,player_game_summary'],
    ...['--dates', '2023-11-01,2023-11-02', '--warehouse', warehouse],
  ]);
  expect(exitCode).toBe(0);
  const active = 'SELECT count(*) FROM nba_analytics.player_game_summary WHERE is_active';
  expect(Number(await cellOf(warehouse, active))).toBe(32);
});

test('results and makes as flags, teams without blanks between them and sixty seconds are read', async () => {
  const first = Number(gameLog(game)[3]?.['PLAYER_ID']);
  const flagged = withEach(sound, (row) => ({
    WL: row['WL'] === 'W' ? 'True' : '0',
    MATCHUP: String(row['MATCHUP']).replaceAll(' ', ''),
    ...(row['PLAYER_ID'] === first ? { MIN: 29, MIN_SEC: '29:60' } : {}),
  }));
  const makes = withEach(shotChart(game), (row) => ({
    SHOT_MADE_FLAG: row['SHOT_MADE_FLAG'] === 1 ? 'True' : 'False',
  }));
  expect(await hashesOf(flagged, makes)).toBe(await ours());
});

test('midnight is no day where other rows have times, and one where none has', async () => {
  const at = (first: string, second: string) =>
    withEach(sound, (row) => ({ GAME_DATE: row['GAME_ID'] === game.id ? first : second }));
  const midnight = '2023-11-02 00:00:00';
  const timed = await loadRows(folder, fresh(), 'nba-stats', at('2023-11-01 23:30:00', midnight));
  expect(timed.exitCode).toBe(3);
  expect(timed.stdout).toContain(`unreadable GAME_DATE "${midnight}": a time at night`);
  for (const rows of [at('2023-11-01 00:00:00', midnight), at('2023-11-01', midnight)]) {
    expect((await loadRows(folder, fresh(), 'nba-stats', rows)).exitCode).toBe(0);
  }
});

test('a time at night without a zone is refused, with what to write', async () => {
  const rows = withEach(sound, (row) => ({
    GAME_DATE: `${String(row['GAME_DATE']).slice(0, 10)} 00:40:00`,
  }));
  const { exitCode, stdout } = await loadRows(folder, fresh(), 'nba-stats', rows);
  expect(exitCode).toBe(3);
  expect(stdout).toContain('a time at night without a zone; if it is UTC, write a Z behind it');
});
