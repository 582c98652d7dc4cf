import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SourceRow } from '../support/game-log.ts';
import { loadRows } from '../support/load-rows.ts';
import { backcourt } from '../support/run-command.ts';
import { scheduledGame } from '../support/scheduled-game.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { queryFile, tornPartitions } from '../support/warehouse-file.ts';

const folder = tempFolder('impossible-inputs');
const days = ['2023-10-24', '2023-10-25', '2023-10-26'];
let warehouses = 0;

/** Ingests one row on each of three days, the middle one changed, and expects its date to be refused. */
async function expectRefused(
  source: string,
  table: string,
  row: (date: string, index: number) => SourceRow,
  values: SourceRow,
  rule: string,
) {
  warehouses += 1;
  const warehouse = join(folder, `${warehouses}.duckdb`);
  const rows = days.map((date, index) => ({ ...row(date, index), ...(index === 1 ? values : {}) }));
  const { exitCode, lines, file } = await loadRows(folder, warehouse, source, rows);

  expect(lines).toContain(`  ${file} row 2: ${rule}`);
  expect(exitCode).toBe(3);
  const written = await queryFile(
    warehouse,
    `SELECT DISTINCT CAST(game_date AS VARCHAR) FROM nba_raw.${table} ORDER BY 1`,
  );
  expect(written.flat()).toEqual(['2023-10-24', '2023-10-26']);
  expect(await tornPartitions(warehouse)).toEqual([]);
}

type Broken = readonly (readonly [string, SourceRow, string])[];

const dates: Broken = [
  ['no date', { game_date: null }, 'game_date is missing'],
  ['an unreadable date', { game_date: '25/10/2023' }, 'unreadable game_date "25/10/2023"'],
  ['a day that does not exist', { game_date: '2023-02-30' }, 'unreadable game_date "2023-02-30"'],
];
const teams: Broken = [
  ['an unknown team', { home_team_abbr: 'XYZ' }, 'unknown team "XYZ"'],
  ['one team twice', { away_team_abbr: 'New York Knicks' }, 'NYK plays against itself'],
];
const tipoffs: Broken = [
  ['an unreadable tip-off', { tipoff_at: 'evening' }, 'unreadable tipoff_at "evening"'],
  ['a tip-off without a time', { tipoff_at: '2023-10-25' }, 'unreadable tipoff_at "2023-10-25"'],
  [
    'a tip-off of another day',
    { tipoff_at: '2023-10-28T23:00:00Z' },
    'tipoff_at 2023-10-28T23:00:00Z is not on game_date 2023-10-25',
  ],
];

describe('schedule', () => {
  const row = (date: string, index: number) =>
    scheduledGame({ id: `002230006${index}`, date, away: 'BOS', home: 'NYK' });
  const broken: Broken = [
    ...dates,
    ...teams,
    ...tipoffs,
    ['no game id', { nba_game_id: null }, 'nba_game_id is missing'],
    [
      'an id of another maker',
      { nba_game_id: 'BOS-NYK' },
      'nba_game_id "BOS-NYK" is no NBA game id',
    ],
    [
      'a game id of another season',
      { nba_game_id: '0021500061' },
      'game_date 2023-10-25 is outside season 2015 of game 0021500061',
    ],
    [
      'a neutral site that is neither',
      { neutral_site: 'maybe' },
      'unreadable neutral_site "maybe"',
    ],
    [
      'a latitude that is none',
      { venue_lat: 'north', venue_lon: 2 },
      'venue_lat "north" is not a number',
    ],
    ['half of a place', { venue_lat: 48.8 }, 'only one of venue_lat and venue_lon is there'],
    ['a place off the globe', { venue_lat: 91, venue_lon: 2 }, 'there is no venue at 91, 2'],
    ['a place in the sea', { venue_lat: 0, venue_lon: 0 }, 'there is no venue at 0, 0'],
    [
      'an unknown status',
      { status: 'halftime' },
      'status "halftime" is none of scheduled, final, postponed, cancelled',
    ],
    [
      'points of a game that is not final',
      { home_points: 90, away_points: 80 },
      'points without status final',
    ],
    [
      'points of one team',
      { status: 'final', home_points: 90 },
      'only one of home_points and away_points is there',
    ],
    ['a draw', { status: 'final', home_points: 90, away_points: 90 }, 'a final game ended 90:90'],
    [
      'points that are no number',
      { status: 'final', home_points: 'many', away_points: 90 },
      'home_points "many" is not a number',
    ],
  ];
  test.each(broken)('%s', (_, values, rule) =>
    expectRefused('schedule', 'schedule_entries', row, values, rule),
  );

  test('a game twice, on one date or two', async () => {
    const warehouse = join(folder, 'twice.duckdb');
    const game = { id: '0022300061', date: '2023-10-24', away: 'LAL', home: 'DEN' };
    const { exitCode, lines, file } = await loadRows(folder, warehouse, 'schedule', [
      scheduledGame(game),
      scheduledGame({ ...game, date: '2023-10-25' }),
      scheduledGame({ id: '0022300063', date: '2023-10-26', away: 'BOS', home: 'NYK' }),
    ]);

    expect(exitCode).toBe(3);
    expect(lines).toContain(`  ${file} row 1: duplicate of nba_game_id 0022300061`);
    expect(lines).toContain(`  ${file} row 2: duplicate of nba_game_id 0022300061`);
    const games = await queryFile(warehouse, 'SELECT game_id FROM nba_raw.schedule');
    expect(games.flat()).toEqual(['20231026_BOS_NYK']);
  });

  test('a team twice on a date', async () => {
    const warehouse = join(folder, 'two-games.duckdb');
    const { exitCode, lines, file } = await loadRows(folder, warehouse, 'schedule', [
      scheduledGame({ id: '0022300061', date: '2023-10-24', away: 'LAL', home: 'DEN' }),
      scheduledGame({ id: '0022300062', date: '2023-10-24', away: 'DEN', home: 'NYK' }),
    ]);

    expect(exitCode).toBe(3);
    expect(lines).toContain(`  ${file} row 1: DEN has two games on 2023-10-24`);
    expect(lines).toContain(`  ${file} row 2: DEN has two games on 2023-10-24`);
  });

  test('a refused date is unknown, not free', async () => {
    const warehouse = join(folder, 'unknown.duckdb');
    await loadRows(
      folder,
      warehouse,
      'schedule',
      days.map((date, index) => ({ ...row(date, index), ...(index === 1 ? { status: '?' } : {}) })),
    );
    const { exitCode, stdout } = await backcourt([
      ...['run', '--backfill', '--tables', 'team_offense_game_summary'],
      ...['--dates', '2023-10-25', '--warehouse', warehouse],
    ]);

    expect(exitCode).toBe(5);
    expect(stdout).toContain('refused at ingest');
  });
});

describe('game lines', () => {
  const row = (date: string, index: number): SourceRow => ({
    event_id: `e${index}`,
    game_date: date,
    home_team_abbr: 'NYK',
    away_team_abbr: 'BOS',
    tipoff_at: null,
    captured_at: null,
    home_spread: -4.5,
    total: 227.5,
  });
  const broken: Broken = [
    ...dates,
    ...teams,
    // A schedule may name a game before it knows who plays; a line cannot.
    ['no team', { away_team_abbr: null }, 'away_team_abbr is missing'],
    ...tipoffs,
    ['no event', { event_id: null }, 'event_id is missing'],
    ['a spread in words', { home_spread: 'six' }, 'home_spread "six" is not a number'],
    ['a total with two marks', { total: '1,227.5' }, 'total "1,227.5" is not a number'],
    ['an unreadable capture time', { captured_at: '9am' }, 'unreadable captured_at "9am"'],
    [
      'a year that no season has',
      { game_date: '0204-10-25' },
      'game_date 0204-10-25 is in no season',
    ],
  ];
  test.each(broken)('%s', (_, values, rule) =>
    expectRefused('game-lines', 'game_lines', row, values, rule),
  );

  test('an event twice on a date', async () => {
    const warehouse = join(folder, 'event-twice.duckdb');
    const { exitCode, lines, file } = await loadRows(folder, warehouse, 'game-lines', [
      row('2023-10-24', 1),
      { ...row('2023-10-24', 1), home_spread: -5 },
    ]);

    expect(exitCode).toBe(3);
    expect(lines).toContain(`  ${file} row 2: duplicate of event_id e1, game_date 2023-10-24`);
  });
});

describe('player props', () => {
  const row = (date: string): SourceRow => ({
    event_id: 'e1',
    bookmaker: 'FanDuel',
    player_lookup: 'nikolajokic',
    game_date: date,
    market: 'points',
    line: 26.5,
    tipoff_at: null,
    captured_at: null,
  });
  const broken: Broken = [
    ...dates,
    ...tipoffs,
    ['no event', { event_id: null }, 'event_id is missing'],
    ['no bookmaker', { bookmaker: null }, 'bookmaker is missing'],
    ['nobody', { player_lookup: null }, 'player_lookup is missing'],
    ['a name without letters', { player_lookup: '???' }, 'unreadable player "???"'],
    ['no market', { market: null }, 'market is missing'],
    ['no line', { line: null }, 'line is missing'],
    ['a line in words', { line: 'over' }, 'line "over" is not a number'],
    ['a negative line', { line: -1 }, 'line -1.0 is negative'],
  ];
  test.each(broken)('%s', (_, values, rule) =>
    expectRefused('player-props', 'player_props', row, values, rule),
  );

  test('a line twice', async () => {
    const { exitCode, stdout } = await loadRows(
      folder,
      join(folder, 'line-twice.duckdb'),
      'player-props',
      [row('2023-10-24'), { ...row('2023-10-24'), tipoff_at: '2023-10-24T23:30:00Z' }],
    );

    expect(exitCode).toBe(3);
    expect(stdout).toContain(
      'row 2: duplicate of event_id e1, bookmaker FanDuel, player_lookup nikolajokic, market points, line 26.5, game_date 2023-10-24',
    );
  });
});

describe('injuries', () => {
  const row = (date: string): SourceRow => ({
    game_date: date,
    player_lookup: 'nikolajokic',
    reported_at: `${date}T12:00:00Z`,
    team_abbr: 'DEN',
    status: 'out',
  });
  const broken: Broken = [
    ...dates,
    ['nobody', { player_lookup: null }, 'player_lookup is missing'],
    ['no time of the report', { reported_at: null }, 'reported_at is missing'],
    ['an unreadable time', { reported_at: 'noon' }, 'unreadable reported_at "noon"'],
    ['an unknown team', { team_abbr: 'XYZ' }, 'unknown team "XYZ"'],
    ['no status', { status: null }, 'status is missing'],
    [
      'a status of its own',
      { status: 'Day-To-Day' },
      'status "Day-To-Day" is none of available, probable, questionable, doubtful, out',
    ],
  ];
  test.each(broken)('%s', (_, values, rule) =>
    expectRefused('injuries', 'injuries', row, values, rule),
  );

  test('a report twice', async () => {
    const { exitCode, stdout } = await loadRows(
      folder,
      join(folder, 'report-twice.duckdb'),
      'injuries',
      [row('2023-10-24'), { ...row('2023-10-24'), status: 'doubtful' }],
    );

    expect(exitCode).toBe(3);
    expect(stdout).toContain('row 2: duplicate of game_date 2023-10-24, player_lookup nikolajokic');
  });
});
