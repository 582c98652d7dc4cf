import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
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

const spellings = [
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
] as const;

describe('a load of reports', () => {
  /** Each is told at a minute of its own, by which it is found again. */
  const minute = (index: number) => String(index).padStart(2, '0');
  const report = (date: string, name: string, index: number) => ({
    ...{ game_date: date, player_name: name, status: 'out' },
    reported_at: `${date}T12:${minute(index)}:00-04:00`,
  });
  beforeAll(async () => {
    const reports = [
      ...spellings.map(([, name], index) => report(early.date, name, index)),
      report(late.date, 'Gary Example', 0),
    ];
    expect((await loadRows(folder, warehouse, 'injuries', reports)).exitCode).toBe(0);
  });
  const lookupAt = (date: string, index: number) =>
    queryFile(
      warehouse,
      `SELECT player_lookup FROM nba_raw.injuries WHERE reported_at = TIMESTAMPTZ '${date} 16:${minute(index)}:00+00'`,
    );

  test.each(spellings.map(([how, , lookup], index) => [how, lookup, index] as const))(
    'a player is found %s',
    async (_, lookup, index) => {
      expect(await lookupAt(early.date, index)).toEqual([[lookup]]);
    },
  );

  test('of two players whom a suffix tells apart, each is found on his own date only', async () => {
    expect(await lookupAt(late.date, 0)).toEqual([['garyexample']]);
  });
});
