import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { gameLog, type SourceRow, shotChart, withRow } from '../support/game-log.ts';
import { gamesInARow } from '../support/games-in-a-row.ts';
import { backcourt, type CommandResult } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { queryFile } from '../support/warehouse-file.ts';
import { writeParquet } from '../support/write-source.ts';

const folder = tempFolder('impossible-shots');
const warehouse = join(folder, 'w.duckdb');

/** Each is a fault of the first shot of a date. */
const broken: readonly (readonly [string, SourceRow, string])[] = [
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
  ['a repeated event', { GAME_EVENT_ID: 11 }, 'duplicate of GAME_EVENT_ID 11 in game '],
];
const [sound, withoutDistance, ...victims] = gamesInARow(2 + broken.length, {
  away: 'BOS',
  home: 'NYK',
});
if (!sound || !withoutDistance) throw new Error('too few dates');
const days = [sound, withoutDistance, ...victims];
const shotsOfGame = shotChart(sound).length;
let result: CommandResult;

beforeAll(async () => {
  const logs = await writeParquet(folder, 'logs.parquet', days.flatMap(gameLog));
  const shots = await writeParquet(folder, 'shots.parquet', [
    ...shotChart(sound),
    ...withRow(shotChart(withoutDistance), 0, { SHOT_DISTANCE: null }),
    ...victims.flatMap((game, index) => withRow(shotChart(game), 0, broken[index]?.[1] ?? {})),
  ]);
  result = await backcourt(['ingest', 'nba-stats', logs, shots, '--warehouse', warehouse]);
});

test.each(broken.map(([what, , rule], index) => [what, rule, index] as const))(
  'a shot with %s refuses the shots of its date',
  (_, rule, index) => {
    const game = victims[index];
    expect(result.lines).toContain(`refused shots ${game?.date}: nothing of this date was written`);
    const row = (shotsOfGame * (2 + index) + 1).toLocaleString('en-US');
    expect(result.lines).toContain(
      `  shots.parquet row ${row}: ${rule}${rule.endsWith(' ') ? game?.id : ''}`,
    );
  },
);

test('the logs of these dates are written all the same, and the shots of the others', async () => {
  expect(result.exitCode).toBe(3);
  const states = await queryFile(
    warehouse,
    `SELECT table_name, CAST(partition_date AS VARCHAR), state FROM backcourt.partitions
WHERE table_name IN ('player_box', 'shots') ORDER BY ALL`,
  );
  expect(states).toEqual([
    ...days.map(({ date }) => ['player_box', date, 'done']),
    ...days.map(({ date }, index) => ['shots', date, index < 2 ? 'done' : 'failed']),
  ]);
});

test('a shot without distance is dropped and counted', async () => {
  expect(result.lines).toContain('dropped from shots: 1 row without SHOT_DISTANCE');
  expect(
    await queryFile(
      warehouse,
      'SELECT CAST(COUNT(*) AS INT) FROM nba_raw.shots GROUP BY game_date ORDER BY game_date',
    ),
  ).toEqual([[shotsOfGame], [shotsOfGame - 1]]);
});
