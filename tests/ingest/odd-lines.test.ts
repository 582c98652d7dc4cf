/** Lines, props, reports and names that are taken and may not be what they seem: each is told. */
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { gameLog, type SourceRow, withRow } from '../support/game-log.ts';
import { loadRows } from '../support/load-rows.ts';
import { scheduledGame } from '../support/scheduled-game.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('odd-lines');
const warehouse = join(folder, 'w.duckdb');
const game = { id: '0022300061', date: '2023-10-24', away: 'ATL', home: 'HOU' };

beforeAll(async () => {
  await loadRows(folder, warehouse, 'nba-stats', gameLog(game));
  const tipoff = { tipoff_at: '2023-10-24T23:30:00Z' };
  await loadRows(folder, warehouse, 'schedule', [scheduledGame(game, tipoff)]);
});

async function told(source: string, rows: readonly SourceRow[]): Promise<string> {
  return (await loadRows(folder, warehouse, source, rows, '--allow-shrink')).stdout;
}

const line = {
  ...{ event_id: 'e1', game_date: game.date, home_team_abbr: 'HOU', away_team_abbr: 'ATL' },
  ...{ home_spread: -2.5, total: 220, captured_at: '2023-10-24T20:00:00Z' },
};

test('lines that no game was offered at, and those of after the tip-off that the schedule has', async () => {
  expect(await told('game-lines', [line])).not.toMatch(/offered|tip-off/);
  const odd = 'lines that no game was offered at: home_spread or total of 1 of 1 line';
  expect(await told('game-lines', [{ ...line, home_spread: -110 }])).toContain(odd);
  expect(await told('game-lines', [{ ...line, home_spread: 22, total: 2.5 }])).toContain(odd);
  const late = { ...line, tipoff_at: '2023-10-25T01:30:00Z', captured_at: '2023-10-25T00:10:00Z' };
  expect(await told('game-lines', [late])).toContain('1 row of game_lines from after the tip-off');
});

test('props of several lines at once, and props and reports of after the tip-off', async () => {
  const prop = (points: number, hour: string) => ({
    ...{ event_id: 'e1', bookmaker: 'book', player_name: 'ATL Player A', market: 'points' },
    ...{ game_date: game.date, line: points, captured_at: `2023-10-${hour}:00:00Z` },
  });
  const hourly = [prop(11.5, '24T20'), prop(12.5, '24T21')];
  expect(await told('player-props', hourly)).not.toMatch(/several|tip-off/);
  const alternate = [prop(11.5, '24T20'), prop(14.5, '24T20'), prop(19.5, '24T20')];
  expect(await told('player-props', alternate)).toContain(
    'several lines of one bookmaker at once, in 1 of 1 offer',
  );
  expect(await told('player-props', [prop(11.5, '25T01')])).toContain(
    '1 row of player_props from after the tip-off',
  );
  const report = { game_date: game.date, player_name: 'ATL Player A', team_abbr: 'ATL' };
  expect(
    await told('injuries', [{ ...report, status: 'out', reported_at: '2023-10-25T01:00:00Z' }]),
  ).toContain('1 row of injuries from after the tip-off');
});

test('prices that say nothing, and rows of days without a game or beyond the schedule', async () => {
  const prop = (over: Partial<Readonly<Record<string, string | number | null>>>) => ({
    ...{ event_id: 'e1', bookmaker: 'book', player_name: 'ATL Player A', market: 'points' },
    ...{ game_date: game.date, line: 11.5, captured_at: '2023-10-24T20:00:00Z' },
    ...{ over_price: '-110', under_price: '1.87' },
    ...over,
  });
  expect(await told('player-props', [prop({})])).not.toMatch(/prices|match|beyond/);
  expect(
    await told('player-props', [prop({}), prop({ line: 12.5, under_price: null })]),
  ).not.toMatch(/prices/);
  expect(
    await told('player-props', [prop({ over_price: 'EVEN', under_price: '10/11' })]),
  ).toContain(
    'prices neither decimal nor American, and unknown, 2 of 2 of player_props: 10/11, EVEN\n',
  );
  const next = [prop({}), prop({ game_date: '2023-10-26', captured_at: '2023-10-26T20:00:00Z' })];
  expect(await told('player-props', next)).toContain(
    '1 row of player_props from 2023-10-26 to 2023-10-26 of days before or after all of the schedule',
  );
  expect(
    await told('game-lines', [line, { ...line, event_id: 'e2', home_team_abbr: 'BOS' }]),
  ).toContain(
    '1 of 2 rows of game_lines match no game of the schedule: 2023-10-24 ATL at BOS; are',
  );
});

test('a part of the name of a team tells its side of a spread; any other name refuses the line', async () => {
  const offer = (bookmaker: string, outcome: string, point: number) => ({
    ...{ snapshot_ts: line.captured_at, event_id: 'e1', commence_time: '2023-10-24T23:30:00Z' },
    ...{ bookmaker, market: 'spreads', outcome_name: outcome, point, price: -110 },
    ...{ home_team: 'Houston Rockets', away_team: 'Atlanta Hawks' },
  });
  const rows = [offer('a', 'Houston', -1.5), offer('b', 'Houston Rockets', -2.5)];
  await told('game-lines', [...rows, offer('c', 'Rockets', -1.5), offer('c', 'Hawks', 1.5)]);
  expect(await queryFile(warehouse, 'SELECT home_spread FROM nba_raw.game_lines')).toEqual([
    ['-1.5'],
  ]);
  expect(await told('game-lines', [...rows, offer('c', 'BOS', -1.5)])).toContain(
    'outcome "BOS" is not one of Houston Rockets and Atlanta Hawks',
  );
});

test('a name in the letters of another encoding is restored, one that has lost some is told', async () => {
  const latin = String.fromCharCode(...new TextEncoder().encode('Luka Dončić'));
  const rows = withRow(withRow(gameLog(game), 0, { PLAYER_NAME: latin }), 1, {
    PLAYER_NAME: 'Nikola Joki?',
  });
  const said = await told('nba-stats', rows);
  expect(said).toContain(
    '1 name restored, from the letters of another encoding or from "Last, First": Luka Dončić',
  );
  expect(said).toContain('letters are lost in 1 name');
  expect(
    await queryFile(
      warehouse,
      "SELECT player_name FROM nba_raw.player_box WHERE player_lookup = 'lukadoncic'",
    ),
  ).toEqual([['Luka Dončić']]);
});
