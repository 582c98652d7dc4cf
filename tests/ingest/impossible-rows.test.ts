import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gameLog, type SourceRow, shotChart, withRow } from '../support/game-log.ts';
import { backcourt } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { queryFile, tornPartitions } from '../support/warehouse-file.ts';
import { writeParquet } from '../support/write-source.ts';

const folder = tempFolder('impossible');
const sound = gameLog({ id: '0022300061', date: '2023-10-24', away: 'LAL', home: 'DEN' });
const victim = gameLog({ id: '0022300062', date: '2023-10-25', away: 'BOS', home: 'NYK' });
const later = gameLog({ id: '0022300063', date: '2023-10-26', away: 'MIA', home: 'MIL' });
let files = 0;

/** Ingests three dates of which the middle one has `rows`. */
async function ingest(rows: readonly SourceRow[]) {
  files += 1;
  const warehouse = join(folder, `${files}.duckdb`);
  const name = `logs-${files}.parquet`;
  const path = await writeParquet(folder, name, [...sound, ...rows, ...later]);
  const result = await backcourt(['ingest', 'nba-stats', path, '--warehouse', warehouse]);
  return { ...result, name, warehouse };
}

// The victim's first row is number 17 of the file: sixteen rows of the sound game precede it.
const broken: readonly (readonly [string, SourceRow, string])[] = [
  ['an unreadable date', { GAME_DATE: 'yesterday' }, 'unreadable GAME_DATE "yesterday"'],
  ['a date that does not exist', { GAME_DATE: '2023-02-30' }, 'unreadable GAME_DATE "2023-02-30"'],
  [
    'an id beyond every integer',
    { PLAYER_ID: '99999999999999999999' },
    'PLAYER_ID "99999999999999999999" is no player id',
  ],
  ['more field goals than attempts', { FGM: 10, PTS: 23 }, 'FGM 10 > FGA 9'],
  ['more threes than attempts', { FG3M: 4, PTS: 14 }, 'FG3M 4 > FG3A 3'],
  ['more free throws than attempts', { FTM: 4, PTS: 13 }, 'FTM 4 > FTA 3'],
  ['more threes than field goals', { FG3M: 3, FGM: 2, PTS: 9 }, 'FG3M 3 > FGM 2'],
  ['more three-point attempts than attempts', { FG3A: 10 }, 'FG3A 10 > FGA 9'],
  ['points that do not add up', { PTS: 12 }, 'PTS 12 is not 2·(FGM − FG3M) + 3·FG3M + FTM = 11'],
  ['a negative count', { STL: -1 }, 'a count is negative'],
  [
    'a missing count with time on court',
    { DREB: null },
    'a count is missing for a player with time on court',
  ],
  ['a count that is not whole', { AST: 2.5 }, 'AST "2.5" is no whole number'],
  ['a missing player id', { PLAYER_ID: null }, 'PLAYER_ID is missing'],
  ['a missing player name', { PLAYER_NAME: null }, 'PLAYER_NAME is missing'],
  [
    'an unknown team among two known ones',
    { TEAM_ABBREVIATION: 'XXX', TEAM_ID: null },
    'unknown team "XXX"',
  ],
  [
    'a third known team',
    { TEAM_ABBREVIATION: 'PHX', TEAM_ID: 1610612756, MATCHUP: 'PHX @ HOU' },
    'game 0022300062 has 3 teams',
  ],
  ['an id that is no player', { PLAYER_ID: -5 }, 'PLAYER_ID "-5" is no player id'],
  ['no matchup', { MATCHUP: null }, 'MATCHUP is missing'],
];

test.each(broken)('%s refuses its date and no other', async (_, values, rule) => {
  const { exitCode, lines, name, warehouse } = await ingest(withRow(victim, 0, values));

  expect(exitCode).toBe(3);
  expect(lines).toContain('refused player_box 2023-10-25: nothing of this date was written');
  expect(lines).toContain(`  ${name} row 17: ${rule}`);
  const written = await queryFile(
    warehouse,
    'SELECT CAST(game_date AS VARCHAR), COUNT(*) FROM nba_raw.player_box GROUP BY ALL ORDER BY ALL',
  );
  expect(written).toEqual([
    ['2023-10-24', '16'],
    ['2023-10-26', '16'],
  ]);
  const games = await queryFile(warehouse, 'SELECT game_id FROM nba_raw.schedule ORDER BY 1');
  expect(games).toEqual([['20231024_LAL_DEN'], ['20231026_MIA_MIL']]);
  expect(await tornPartitions(warehouse)).toEqual([]);
});

test('no team has more than thirty players in a game', async () => {
  const crowd = Array.from({ length: 31 }, (_, index) => ({
    ...victim[0],
    PLAYER_ID: 900_000 + index,
    PLAYER_NAME: `Player ${index}`,
  }));
  const others = victim.filter((row) => row['TEAM_ABBREVIATION'] === 'NYK');
  const { exitCode, lines, name } = await ingest([...crowd, ...others]);

  expect(exitCode).toBe(3);
  expect(lines).toContain(`  ${name} row 17: game 0022300062 has 31 players of BOS`);
});

test('many rows without a readable game are at fault for that alone', async () => {
  const lost = Array.from({ length: 40 }, () => ({ ...victim[0], GAME_ID: 'ABC' }));
  const { exitCode, stdout } = await ingest(lost);

  expect(exitCode).toBe(3);
  expect(stdout).toContain('GAME_ID "ABC" is no NBA game id');
  expect(stdout).not.toContain('null');
});

test.each([
  ['2.23E+07', 'a table tool has rounded it'],
  ['223,006,277', 'a table tool has grouped its digits'],
  ['401580627', 'it is one of ESPN'],
  ['GAME_ID', 'the headings stand among the rows'],
])('what became of the id %s is said', async (id, said) => {
  const { stdout } = await ingest([{ ...victim[0], GAME_ID: id }]);
  expect(stdout).toContain(`GAME_ID "${id}" is no NBA game id: ${said}`);
});

test('a game of the season before is no game of this one', async () => {
  const { exitCode, lines, name } = await ingest(
    victim.map((row) => ({ ...row, GAME_ID: '0022200062' })),
  );

  expect(exitCode).toBe(3);
  expect(lines).toContain('refused player_box 2023-10-25: nothing of this date was written');
  expect(lines).toContain(
    `  ${name} row 17: GAME_DATE 2023-10-25 is outside season 2022 of game 0022200062`,
  );
});

test('two rows of one player are duplicates, named with both of their places', async () => {
  const [first] = victim;
  if (!first) throw new Error('no rows');
  const { exitCode, lines, name } = await ingest([...victim, { ...first, STL: 2 }]);

  expect(exitCode).toBe(3);
  expect(lines).toContain(
    `  ${name} row 17: duplicate of PLAYER_ID ${first['PLAYER_ID']} in game 0022300062`,
  );
  expect(lines).toContain(
    `  ${name} row 33: duplicate of PLAYER_ID ${first['PLAYER_ID']} in game 0022300062`,
  );
});

test('a player without time on court may lack counts', async () => {
  const idle = { MIN_SEC: '0:00', MIN: 0, FGM: null, FGA: null, FG3M: null, FG3A: null, PTS: null };
  const { exitCode, warehouse } = await ingest(withRow(victim, 0, idle));

  expect(exitCode).toBe(0);
  const [row] = await queryFile(
    warehouse,
    'SELECT seconds_played, fgm, pts FROM nba_raw.player_box WHERE fgm IS NULL',
  );
  expect(row).toEqual(['0', null, null]);
});

test('a game on two dates refuses both', async () => {
  const { exitCode, lines, warehouse } = await ingest(
    withRow(victim, 0, { GAME_DATE: '2023-10-27T00:00:00' }),
  );

  expect(exitCode).toBe(3);
  expect(lines.filter((line) => line.startsWith('refused'))).toEqual([
    'refused player_box 2023-10-25: nothing of this date was written',
    'refused player_box 2023-10-27: nothing of this date was written',
  ]);
  expect(await queryFile(warehouse, 'SELECT COUNT(*) FROM nba_raw.schedule')).toEqual([['2']]);
});

test('of many broken rows three are shown and the rest counted', async () => {
  const rows = victim.map((row, index) => (index < 5 ? { ...row, PTS: 1 } : row));
  const { lines } = await ingest(rows);

  expect(lines.filter((line) => line.includes('PTS 1 is not'))).toHaveLength(3);
  expect(lines).toContain('  and 2 more');
});

const game = { id: '0022300062', date: '2023-10-25', away: 'BOS', home: 'NYK' };
const brokenShots: readonly (readonly [string, SourceRow, string])[] = [
  ['an unknown kind of shot', { SHOT_TYPE: 'dunk' }, 'SHOT_TYPE "dunk" is neither 2PT nor 3PT'],
  ['an id that is no player', { PLAYER_ID: 0 }, 'PLAYER_ID "0" is no player id'],
  [
    'a distance beyond the court',
    { SHOT_DISTANCE: 95 },
    'SHOT_DISTANCE 95 is longer than the court',
  ],
  ['a negative distance', { SHOT_DISTANCE: -1 }, 'SHOT_DISTANCE -1 is negative'],
  ['neither made nor missed', { SHOT_MADE_FLAG: 2 }, 'SHOT_MADE_FLAG "2" is neither 0 nor 1'],
  ['an unreadable date', { GAME_DATE: '20231325' }, 'unreadable GAME_DATE "20231325"'],
  ['a repeated event', { GAME_EVENT_ID: 11 }, 'duplicate of GAME_EVENT_ID 11 in game 0022300062'],
];

test.each(brokenShots)('a shot with %s refuses the shots of its date', async (_, values, rule) => {
  files += 1;
  const warehouse = join(folder, `${files}.duckdb`);
  const logs = await writeParquet(folder, `logs-${files}.parquet`, [...sound, ...victim]);
  const shots = await writeParquet(folder, `shots-${files}.parquet`, [
    ...shotChart({ id: '0022300061', date: '2023-10-24', away: 'LAL', home: 'DEN' }),
    ...withRow(shotChart(game), 0, values),
  ]);
  const { exitCode, lines } = await backcourt([
    ...['ingest', 'nba-stats', logs, shots, '--warehouse', warehouse],
  ]);

  expect(exitCode).toBe(3);
  expect(lines).toContain('refused shots 2023-10-25: nothing of this date was written');
  expect(lines).toContain(`  shots-${files}.parquet row 145: ${rule}`);
  const counts = await queryFile(
    warehouse,
    `SELECT table_name, CAST(partition_date AS VARCHAR), state FROM backcourt.partitions
WHERE table_name IN ('player_box', 'shots') ORDER BY ALL`,
  );
  expect(counts).toEqual([
    ['player_box', '2023-10-24', 'done'],
    ['player_box', '2023-10-25', 'done'],
    ['shots', '2023-10-24', 'done'],
    ['shots', '2023-10-25', 'failed'],
  ]);
});

test('a shot without distance is dropped and counted', async () => {
  const warehouse = join(folder, 'distance.duckdb');
  const logs = await writeParquet(folder, 'distance-logs.parquet', victim);
  const shots = await writeParquet(
    folder,
    'distance-shots.parquet',
    withRow(shotChart(game), 0, { SHOT_DISTANCE: null }),
  );
  const { exitCode, lines } = await backcourt([
    ...['ingest', 'nba-stats', logs, shots, '--warehouse', warehouse],
  ]);

  expect(exitCode).toBe(0);
  expect(lines).toContain('dropped from shots: 1 row without SHOT_DISTANCE');
  expect(await queryFile(warehouse, 'SELECT COUNT(*) FROM nba_raw.shots')).toEqual([['143']]);
});

test.each([
  ['a date long before the season of the game id', { GAME_DATE: '1950-01-01' }, '1950-01-01', 2023],
  ['a date long after it', { GAME_DATE: '2050-01-01' }, '2050-01-01', 2023],
  ['a game id of another season', { GAME_ID: '0021500062' }, '2023-10-25', 2015],
])('%s refuses the date: it would move the start of a season', async (_, values, date, season) => {
  const moved = victim.map((row) => ({ ...row, ...values }));
  const { exitCode, stdout, warehouse } = await ingest(moved);

  expect(exitCode).toBe(3);
  expect(stdout).toContain(`GAME_DATE ${date} is outside season ${season} of game`);
  expect(
    await queryFile(
      warehouse,
      'SELECT CAST(game_date AS VARCHAR) FROM nba_raw.schedule ORDER BY 1',
    ),
  ).toEqual([['2023-10-24'], ['2023-10-26']]);
});
