import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { gameLog, type SourceRow, withEach } from '../support/game-log.ts';
import { backcourt } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { queryFile } from '../support/warehouse-file.ts';
import { writeParquet } from '../support/write-source.ts';

const folder = tempFolder('dropped');
const kept = { id: '0022300001', date: '2023-11-03', away: 'IND', home: 'MIL' };
let files = 0;

async function ingest(...games: readonly (readonly SourceRow[])[]) {
  files += 1;
  const warehouse = join(folder, `${files}.duckdb`);
  const path = await writeParquet(folder, `${files}.parquet`, games.flat());
  const result = await backcourt(['ingest', 'nba-stats', path, '--warehouse', warehouse]);
  const games_ = await queryFile(warehouse, 'SELECT nba_game_id FROM nba_raw.schedule ORDER BY 1');
  return { ...result, warehouse, schedule: games_.flat() };
}

describe('a log of games of every kind', () => {
  const others = [
    ['preseason', '0012300001'],
    ['an all-star game', '0032300001'],
    ['a summer league game', '1522300001'],
  ] as const;
  const kinds = [
    ['regular season', '0022300001', 'regular_season', 2023, '2023-11-03'],
    ['playoffs', '0042300101', 'playoffs', 2023, '2024-04-20'],
    ['play-in', '0052300101', 'play_in', 2023, '2024-04-16'],
    ['the cup final', '0062300001', 'cup_final', 2023, '2023-12-09'],
    ['a final of October 2020', '0041900406', 'playoffs', 2019, '2020-10-11'],
    ['an opening night of December 2020', '0022000001', 'regular_season', 2020, '2020-12-22'],
    ['the last century', '0029900001', 'regular_season', 1999, '1999-11-02'],
  ] as const;
  let result: Awaited<ReturnType<typeof ingest>>;
  beforeAll(async () => {
    result = await ingest(
      ...others.map(([, id]) => gameLog({ ...kept, id })),
      ...kinds.map(([, id, , , date]) => gameLog({ ...kept, id, date })),
    );
  });

  test.each(others)('%s is dropped by its id', (_, id) => {
    expect(result.schedule).not.toContain(id);
  });

  test('what is dropped is counted, with the ids, and is no failure', () => {
    expect(result.exitCode).toBe(0);
    expect(result.schedule).toHaveLength(kinds.length);
    const ids = others.map(([, id]) => id).join(', ');
    expect(result.lines).toContain(
      `dropped from player_box: 3 games, 48 rows: preseason, all-star or another kind that is not kept (${ids})`,
    );
  });

  test.each(kinds)('%s is kept, its season read from the id', async (_, id, type, seasonYear) => {
    expect(
      await queryFile(
        result.warehouse,
        `SELECT game_type, CAST(season_year AS INT) FROM nba_raw.schedule WHERE nba_game_id = '${id}'`,
      ),
    ).toEqual([[type, seasonYear]]);
  });
});

test('a game against a foreign team is dropped, counted and said so, and its impossible rows harm nobody', async () => {
  const foreign = gameLog({ id: '0022300002', date: '2023-11-03', away: 'GUA', home: 'NYK' });
  const impossible = gameLog({ id: '0022300005', date: '2023-11-03', away: 'GUA', home: 'BOS' });
  const { exitCode, lines, schedule } = await ingest(
    gameLog(kept),
    foreign,
    withEach(impossible, () => ({ PTS: 99 })),
  );

  expect(exitCode).toBe(3);
  expect(schedule).toEqual(['0022300001']);
  expect(lines).toContain(
    'dropped from player_box: 2 games, 32 rows: a team that is none of the 30: GUA (0022300002, 0022300005)',
  );
});

test('a log of one side of every game is dropped and counted', async () => {
  const games = [kept, { id: '0022300003', date: '2023-11-05', away: 'BOS', home: 'MIL' }];
  const oneSide = games.flatMap(gameLog).filter((row) => row['TEAM_ABBREVIATION'] === 'MIL');
  const { exitCode, lines, schedule } = await ingest(oneSide);

  expect(exitCode).toBe(3);
  expect(schedule).toEqual([]);
  expect(lines).toContain(
    'dropped from player_box: 2 games, 16 rows: box rows of one team only (0022300001, 0022300003)',
  );
});

test('half a game among whole ones refuses its date, and every verb tells of that', async () => {
  const game = gameLog({ id: '0022300003', date: '2023-11-03', away: 'BOS', home: 'NYK' });
  const oneSide = game.filter((row) => row['TEAM_ABBREVIATION'] === 'NYK');
  const later = gameLog({ id: '0022300004', date: '2023-11-04', away: 'IND', home: 'MIL' });
  const { exitCode, stdout, schedule, warehouse } = await ingest(gameLog(kept), oneSide, later);

  expect(exitCode).toBe(3);
  expect(schedule).toEqual(['0022300004']);
  const rule = 'game 0022300003: only rows of NYK; are those of BOS missing?';
  expect(stdout).toContain(rule);
  const table = 'team_offense_game_summary';
  const on = ['--warehouse', warehouse];
  const run = await backcourt(['run', '--backfill', '--tables', table, ...on]);
  expect(run.stdout).toMatch(
    /1 date refused at ingest; rows .*\n {2}2023-11-03 {2}refused at ingest: /,
  );
  for (const verb of [['status'], ['explain', table, '2023-11-03']]) {
    expect((await backcourt([...verb, ...on])).stdout).toContain(rule);
  }
  const proven = await backcourt(['verify', '--quality', '--sample', '0', ...on]);
  expect(proven.stdout).toContain('dates that were refused at ingest, as status tells: 1');
});
