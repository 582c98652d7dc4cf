/** Files that say a thing twice, and differently: refused where a wrong row would come of it, else told. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { gameLog, type SourceRow, shotChart, withEach, withRow } from '../support/game-log.ts';
import { gamesInARow } from '../support/games-in-a-row.ts';
import { loadRows } from '../support/load-rows.ts';
import { prepare } from '../support/run-command.ts';
import { scheduledGame } from '../support/scheduled-game.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { queryFile } from '../support/warehouse-file.ts';
import { writeCsv } from '../support/write-source.ts';

const folder = tempFolder('contradictions');
const game = { id: '0022300061', date: '2023-10-24', away: 'ATL', home: 'HOU' };
const log = gameLog(game);
const shots = shotChart(game);
let warehouses = 0;

const soundWarehouse = join(folder, 'sound.duckdb');
beforeAll(async () => {
  await prepare(['ingest', writeCsv(folder, 'sound.csv', log), '--warehouse', soundWarehouse]);
});

/** A warehouse with the sound log. */
function withLog(): string {
  warehouses += 1;
  const warehouse = join(folder, `${warehouses}.duckdb`);
  copyFileSync(soundWarehouse, warehouse);
  return warehouse;
}

const matchup = (row: SourceRow, text: string): SourceRow => ({ ...row, MATCHUP: text });

const refusedLogs: readonly (readonly [string, readonly SourceRow[], string])[] = [
  [
    'both sides at home',
    withEach(log, (row) => ({ MATCHUP: String(row['MATCHUP']).replace('@', 'vs.') })),
    'both sides are marked as home',
  ],
  [
    'a side that is at home and is not',
    log.map((row, index) => (index === 0 ? matchup(row, 'ATL vs. HOU') : row)),
    'rows of ATL mark it as home, others as away',
  ],
  [
    'no side at home by its flag',
    withEach(log, () => ({ MATCHUP: null, IS_HOME: 0 })),
    'neither side is marked as home',
  ],
  [
    'a game against somebody else',
    withEach(log, (row) => (row['TEAM_ABBREVIATION'] === 'HOU' ? { MATCHUP: 'HOU vs. BOS' } : {})),
    'MATCHUP is against BOS, the rows are of ATL and HOU',
  ],
  ['minutes as hours', withEach(log, () => ({ MIN: 0.5, MIN_SEC: null })), 'is MIN in hours'],
  [
    'two players of a side',
    log.filter(
      (row) => row['TEAM_ABBREVIATION'] === 'ATL' || /[AB]$/.test(String(row['PLAYER_NAME'])),
    ),
    'HOU has 2 of the five players who are on court; are rows missing?',
  ],
  [
    'a side of few minutes',
    withEach(log, (row) =>
      row['TEAM_ABBREVIATION'] === 'ATL' ? { MIN: 14.75, MIN_SEC: '14:45' } : {},
    ),
    'ATL has played 118 minutes in all, of 240; are rows missing?',
  ],
  [
    'an overtime of one side',
    withEach(log, (row) =>
      row['TEAM_ABBREVIATION'] === 'ATL' ? { MIN: 33.125, MIN_SEC: '33:08' } : {},
    ),
    'ATL has played 265 minutes in all, and HOU 240: one has an overtime that the other has not',
  ],
  [
    'a game that nobody has won',
    withEach(log, (row) => (row['PTS'] === 12 ? { FTM: 2, PTS: 11 } : {})),
    'both sides have 88 points, and no game ends so; is it over?',
  ],
  [
    'a game of zeros, its sides told by a flag',
    withEach(log, (row) => ({
      ...{ FGM: 0, FG3M: 0, FTM: 0, PTS: 0, PLUS_MINUS: 0 },
      ...{ MATCHUP: null, IS_HOME: row['TEAM_ABBREVIATION'] === 'HOU' ? 1 : 0 },
    })),
    'both sides have 0 points, and no game ends so; is it over?',
  ],
  ['minutes that differ', withRow(log, 3, { MIN: 10 }), 'MIN 10.0 is not MIN_SEC "30:00"'],
];

describe('a load of many dates', () => {
  const games = gamesInARow(refusedLogs.length, { away: 'ATL', home: 'HOU' });
  const lines: string[] = [];
  beforeAll(async () => {
    // A file tells the home side by a column of flags or by MATCHUP, so that there are two of them.
    for (const isFlagged of [false, true]) {
      const rows = games.flatMap(({ id, date }, index) => {
        const given = refusedLogs[index]?.[1] ?? [];
        if ('IS_HOME' in (given[0] ?? {}) !== isFlagged) return [];
        return withEach(given, () => ({ GAME_ID: id, GAME_DATE: date }));
      });
      const warehouse = join(folder, `refused-${isFlagged}.duckdb`);
      const result = await loadRows(folder, warehouse, 'nba-stats', rows);
      expect(result.exitCode).toBe(3);
      lines.push(...result.lines);
    }
  });

  test.each(refusedLogs.map(([what, , said], index) => [what, said, index] as const))(
    'a log is refused with its cause: %s',
    (_, said, index) => {
      const from = lines.indexOf(
        `refused player_box ${games[index]?.date}: nothing of this date was written`,
      );
      expect(from).toBeGreaterThan(-1);
      const [first] = lines.slice(from + 1);
      expect(first).toContain(said);
    },
  );

  test('nothing is written of any of them', () => {
    expect(lines.filter((line) => line.startsWith('refused'))).toHaveLength(games.length);
    expect(lines.join()).not.toContain('date written');
  });
});

test.each<readonly [string, readonly SourceRow[], string]>([
  [
    'of another team',
    withEach(shots, () => ({ TEAM_ID: 1610612738 })),
    'shoots for BOS, and plays for ATL in the box score, and so for 16 players',
  ],
  [
    'of the other side',
    withRow(shots, 0, { TEAM_ID: 1610612745 }),
    'shoots for HOU, and plays for ATL in the box score',
  ],
  [
    'without distances',
    withEach(shots, () => ({ SHOT_DISTANCE: 0 })),
    '48 of 48 three-pointers are from less than twenty feet; is SHOT_DISTANCE in feet?',
  ],
])('shots are refused with their cause: %s', async (_, rows, said) => {
  const warehouse = withLog();
  const { exitCode, stdout } = await loadRows(folder, warehouse, 'nba-stats', rows);
  expect(exitCode).toBe(3);
  expect(stdout).toContain(said);
  expect(await queryFile(warehouse, 'SELECT COUNT(*) FROM nba_raw.shots')).toEqual([['0']]);
});

test('rows of shots without events that stand twice in a file count once; two tips of a second are two', async () => {
  const season = shots.map(({ GAME_EVENT_ID, SHOT_MADE_FLAG, HTM, VTM, ...shot }, index) => ({
    ...shot,
    ...{ SHOT_MADE: SHOT_MADE_FLAG === 1 ? 'TRUE' : 'FALSE', HOME_TEAM: HTM ?? null },
    ...{ LOC_X: 0, LOC_Y: 1, QUARTER: 1, MINS_LEFT: Math.floor(index / 60), SECS_LEFT: index % 60 },
  }));
  const count = async (rows: readonly SourceRow[]) => {
    const warehouse = withLog();
    const { stdout } = await loadRows(folder, warehouse, 'nba-stats', rows);
    const [[found] = []] = await queryFile(warehouse, 'SELECT COUNT(*) FROM nba_raw.shots');
    return [found, /dropped from shots: (\d+) rows: identical/.exec(stdout)?.[1]];
  };
  expect(await count([...season, ...season.slice(0, 5)])).toEqual(['144', '5']);
  expect(await count([...season, ...season.slice(0, 1)])).toEqual(['145', undefined]);
});

test('home sides and scores of a schedule, home sides of a chart and plus/minus that are not those of the box score are told', async () => {
  const warehouse = withLog();
  const score = { status: 'final', home_points: 120, away_points: 101 };
  const turned = scheduledGame({ ...game, away: 'HOU', home: 'ATL' }, score);
  expect((await loadRows(folder, warehouse, 'schedule', [turned])).stdout).toMatch(
    /^another home team .* 1 of 1 game .*: game 0022300061 of 2023-10-24: at ATL\nanother score .* 1 of 1 game .*: 120:101, in the box score 88:89/m,
  );
  const chart = withEach(shots, () => ({ HTM: 'ATL' }));
  const other = withLog();
  expect((await loadRows(folder, other, 'nba-stats', chart)).stdout).toContain(
    'HTM of the shots is not the home team in 1 of 1 game',
  );
  const plus = withEach(log, (row) => ({ PLUS_MINUS: 3 * Number(row['PLUS_MINUS']) }));
  expect((await loadRows(folder, withLog(), 'nba-stats', plus)).stdout).toContain(
    'plus/minus of HOU is 15, and five players won by 1',
  );
  const sound = scheduledGame(game, { ...score, home_points: 89, away_points: 88 });
  expect((await loadRows(folder, withLog(), 'schedule', [sound])).stdout).not.toContain('another');
});
