import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { announceRealData, realDataFolder, realFiles } from '../support/real-data.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { queryFile, tornPartitions } from '../support/warehouse-file.ts';

announceRealData('lines and props of 2024-25');

describe.skipIf(realDataFolder === undefined)('lines and props of 2024-25', () => {
  const folder = tempFolder('real-lines');
  const warehouse = join(folder, 'real.duckdb');
  const file = (name: string) => join(realDataFolder ?? '', name);
  const props = file('props_pts_reb_ast_2024-10_2025-01.parquet');
  const lines = file('closing_lines.parquet');

  beforeAll(async () => {
    await prepare(['ingest', 'nba-stats', ...realFiles('2024-25'), '--warehouse', warehouse]);
    await prepare(['ingest', 'player-props', props, '--warehouse', warehouse]);
    await prepare(['ingest', 'game-lines', lines, '--warehouse', warehouse]);
    await prepare([
      ...['run', '--backfill', '--tables', 'team_offense_game_summary,player_game_summary'],
      ...['--start-date', '2024-10-22', '--end-date', '2025-01-12', '--warehouse', warehouse],
    ]);
  }, 120_000);

  test('half of the player games have a line, and it falls as it should', async () => {
    const rows = await queryFile(
      warehouse,
      `SELECT over_under_result, CAST(COUNT(*) AS INT), CAST(round(100 * COUNT(*) / SUM(COUNT(*)) OVER (), 1) AS DOUBLE)
FROM nba_analytics.player_game_summary
GROUP BY over_under_result ORDER BY over_under_result`,
    );

    expect(rows.map(([result, games]) => [result, games])).toEqual([
      ['OVER', 2939],
      ['PUSH', 111],
      ['UNDER', 3095],
      [null, 6190],
    ]);
    expect(Number(rows[3]?.[2])).toBeCloseTo(100 - 49.8, 1);
  });

  test.each([
    ['2024-10-22', 'Al Horford', '8.5', 'OVER', '2.5'],
    ['2024-10-22', 'LeBron James', '24.5', 'UNDER', '-8.5'],
    ['2024-10-22', 'Jayson Tatum', '26.5', 'OVER', '10.5'],
    ['2024-10-22', 'Naz Reid', '11.5', 'OVER', '0.5'],
    ['2024-10-25', 'Ziaire Williams', '7.0', 'PUSH', '0.0'],
  ])('%s %s: %s %s', async (date, player, line, result, margin) => {
    const rows = await queryFile(
      warehouse,
      `SELECT CAST(points_line AS VARCHAR), over_under_result, CAST(margin AS VARCHAR)
FROM nba_analytics.player_game_summary
WHERE game_date = '${date}' AND player_full_name = '${player}'`,
    );

    expect(rows).toEqual([[line, result, margin]]);
  });

  test('99 % of the games have a closing line', async () => {
    const [row] = await queryFile(
      warehouse,
      `SELECT CAST(COUNT(DISTINCT game.nba_game_id) AS INT), CAST(COUNT(DISTINCT CASE WHEN line.event_id IS NOT NULL THEN game.nba_game_id END) AS INT)
FROM nba_raw.schedule AS game
LEFT JOIN nba_raw.game_lines AS line
  ON line.game_date = game.game_date
  AND least(line.home_team_abbr, line.away_team_abbr) = game.team_a_abbr
  AND greatest(line.home_team_abbr, line.away_team_abbr) = game.team_b_abbr`,
    );

    expect(row).toEqual([1314, 1300]);
  });

  test('nothing of the archives is lost without a word, and a second time nothing changes', async () => {
    const twice = await backcourt(['ingest', 'player-props', props, '--warehouse', warehouse]);
    expect(twice.lines.slice(1, -1)).toEqual([
      expect.stringMatching(/player_props +19,787 rows +79 dates +nothing changed/),
      'dropped from player_props: 23,145 rows: the other side or a repetition of a line that is kept',
      '19,787 rows of player_props without captured_at: used only with accept_closing_lines (config set accept_closing_lines=true)',
      '64 of 19,787 rows of player_props match no game of the schedule: 2024-12-17; are the dates Eastern?',
      // Those of a game that was postponed.
      expect.stringMatching(/^14 rows of player_props of players whom neither team has, by name: /),
    ]);
    const again = await backcourt(['ingest', 'game-lines', lines, '--warehouse', warehouse]);
    expect(again.lines.slice(1, -1)).toEqual([
      expect.stringMatching(/game_lines +2,838 rows +512 dates +nothing changed/),
      '2,838 rows of game_lines without captured_at: used only with accept_closing_lines (config set accept_closing_lines=true)',
      expect.stringMatching(/^12 of 1,313 rows of game_lines match no game of the schedule: /),
      expect.stringMatching(
        /^1,525 rows of game_lines from .* of days before or after all of the schedule/,
      ),
    ]);
    expect(await tornPartitions(warehouse)).toEqual([]);
  });
});
