import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { gameLog, withEach } from '../support/game-log.ts';
import { loadRows } from '../support/load-rows.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('player-spellings');
const warehouse = join(folder, 'league.duckdb');
const early = { id: '0022300061', date: '2023-11-01', away: 'ATL', home: 'HOU' };
const late = { id: '0022300062', date: '2023-11-03', away: 'ATL', home: 'HOU' };
const elsewhere = { id: '0022300063', date: '2023-11-03', away: 'BOS', home: 'IND' };

/** Who plays under which name, on whose first place; the box scores are older than some aliases. */
const names: Readonly<Record<string, string>> = {
  'ATL Player A': 'Gary Example Jr.',
  'ATL Player B': 'Sam Twin Jr.',
  'ATL Player C': 'Sam Twin III',
  'ATL Player D': 'Ron Holland',
  'HOU Player A': 'Pat Plain',
  'BOS Player A': 'Gary Example II',
};

beforeAll(async () => {
  const rows = [early, late, elsewhere].flatMap(gameLog);
  const log = withEach(rows, ({ PLAYER_NAME }) => ({
    PLAYER_NAME: names[String(PLAYER_NAME)] ?? String(PLAYER_NAME),
  }));
  expect((await loadRows(folder, warehouse, 'nba-stats', log)).exitCode).toBe(0);
});

test.each([
  ['as written', 'Pat Plain', 'patplain'],
  ['last name first', 'Plain, Pat', 'patplain'],
  ['last name first, without a blank and with a suffix', 'Example Jr.,Gary', 'garyexamplejr'],
  ['a comma before the suffix', 'Gary Example, Jr.', 'garyexamplejr'],
  ['without its suffix, on a date with one such player', 'Gary Example', 'garyexamplejr'],
  ['with a suffix that the log lacks', 'Pat Plain II', 'patplain'],
  ['an alias that the log is older than', 'Ronald Holland II', 'ronholland'],
  ['by an initial', 'P. Plain', 'patplain'],
  ['by an initial behind the last name', 'Plain, P.', 'patplain'],
  ['by an initial and without a suffix', 'G Example', 'garyexamplejr'],
  ['one of two by an initial', 'S. Twin', 'stwin'],
  ['one of two', 'Sam Twin', 'samtwin'],
  ['nobody', 'No Body', 'nobody'],
])('a player is found %s', async (_, given, lookup) => {
  const report = {
    game_date: early.date,
    player_name: given,
    reported_at: '2023-11-01T12:00:00-04:00',
    status: 'out',
  };
  expect((await loadRows(folder, warehouse, 'injuries', [report])).exitCode).toBe(0);
  expect(await queryFile(warehouse, 'SELECT player_lookup FROM nba_raw.injuries')).toEqual([
    [lookup],
  ]);
});

test('of two players whom a suffix tells apart, each is found on his own date only', async () => {
  const report = {
    game_date: late.date,
    player_name: 'Gary Example',
    reported_at: '2023-11-03T12:00:00-04:00',
    status: 'out',
  };
  await loadRows(folder, warehouse, 'injuries', [report]);
  expect(
    await queryFile(
      warehouse,
      "SELECT player_lookup FROM nba_raw.injuries WHERE game_date = '2023-11-03'",
    ),
  ).toEqual([['garyexample']]);
});
