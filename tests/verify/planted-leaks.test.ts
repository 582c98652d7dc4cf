import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeSimulatedLeague } from '../../simulation/write-simulated-league.ts';
import { gameDate } from '../../src/calendar/game-date.ts';
import { date, int64, string } from '../../src/sql/column.ts';
import { exactly } from '../../src/table/expected-rows.ts';
import type { SqlContext } from '../../src/table/sql-context.ts';
import type { ComputedTable, TableInput } from '../../src/table/table-definition.ts';
import {
  loadTables,
  makeTableRegistry,
  type TableRegistry,
} from '../../src/table/table-registry.ts';
import { unitOptions } from '../../src/table/unit-options.ts';
import type { Finding } from '../../src/verify/finding.ts';
import { verifyNoLookahead } from '../../src/verify/verify-no-lookahead.ts';
import type { DuckDbWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { lastDays, lastGames, sameDay, seasonToDate } from '../../src/window/window.ts';
import { makeRunEngine } from '../../src/world/run-engine.ts';
import { backfillEverything, ingestedWarehouse } from '../equality/filled-warehouse.ts';

let tables: TableRegistry;
let directory: string;
let warehouse: DuckDbWarehouse;
let day: string;
/** A date before it, the date, and two later ones. */
let several: readonly string[];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'backcourt-leaks-'));
  tables = await loadTables();
  const paths = await writeSimulatedLeague({
    directory,
    seasons: 1,
    gamesPerTeam: 16,
    postseason: false,
    seed: 3,
  });
  warehouse = await ingestedWarehouse(tables, paths, 'simulated');
  const summaries = ['team_offense_game_summary', 'player_game_summary'];
  await backfillEverything(tables, warehouse, { tableNames: summaries });
  const rows = await warehouse.query(
    'SELECT DISTINCT CAST(game_date AS STRING) AS day FROM nba_raw.schedule ORDER BY 1',
  );
  day = String(rows[20]?.['day']);
  several = [10, 20, 21, 30].map((index) => String(rows[index]?.['day']));
  await warehouse.run(`INSERT INTO nba_raw.game_lines
    (event_id, game_date, home_team_abbr, away_team_abbr, tipoff_at, captured_at, home_spread, total)
    SELECT nba_game_id || seen.hours, game_date, team_b_abbr, team_a_abbr,
      game_date + INTERVAL 24 HOUR, game_date + seen.hours * INTERVAL 1 HOUR, -3.5, 200 + seen.hours
    FROM nba_raw.schedule CROSS JOIN (VALUES (10), (20), (26)) AS seen(hours)`);
  await warehouse.run(`INSERT INTO nba_raw.injuries (game_date, player_lookup, reported_at, team_abbr, status)
    SELECT game_date, 'player' || seen.hours, game_date + seen.hours * INTERVAL 1 HOUR, team_a_abbr, 'out'
    FROM nba_raw.schedule CROSS JOIN (VALUES (2), (4), (18)) AS seen(hours)`);
});

afterAll(async () => {
  await warehouse?.close();
  await rm(directory, { recursive: true, force: true });
});

/** A table made for one test: rows of teams, players or games with one number. */
function tableWith(
  inputs: readonly TableInput[],
  rowsSql: ComputedTable['rowsSql'],
): ComputedTable {
  return {
    kind: 'computed',
    phase: 'precompute',
    name: 'suspect',
    dataset: 'nba_precompute',
    purpose: '',
    partition: 'analysis_date',
    key: ['entity', 'analysis_date'],
    cluster: ['entity'],
    columns: [
      string('entity', ''),
      date('analysis_date', ''),
      int64('number', '', { nullWhen: 'nothing to count' }),
    ],
    inputs,
    options: [],
    bootstrap: false,
    lookback: undefined,
    excludes: false,
    checks: [],
    expectedRows: () => exactly(1, ''),
    rowsSql,
  };
}

/** What the probe finds about a table on some dates, put to it together. */
async function findingsOf(
  suspect: ComputedTable,
  days: readonly string[],
): Promise<readonly Finding[]> {
  const registry = makeTableRegistry([...tables.all, suspect]);
  const clock = {
    now: () => '2026-01-01T00:00:00Z',
    today: () => gameDate('2100-01-01'),
    elapsedMs: () => 0,
  };
  const engine = await makeRunEngine(warehouse, registry, clock, 'test');
  const units = days.map((each) => ({
    table: suspect,
    date: gameDate(each),
    options: unitOptions(suspect, {}),
  }));
  const findings = await verifyNoLookahead(engine, units);
  for (const { table, rows } of findings) {
    expect(table).toBe('suspect');
    expect(rows.length).toBeGreaterThan(0);
  }
  return findings;
}

/** What is found on a date in the middle of the season. */
async function probe(suspect: ComputedTable): Promise<readonly string[]> {
  const findings = await findingsOf(suspect, [day]);
  return findings.map(({ what }) => what);
}

const taken = () => `looks ahead: the rows change when everything from ${day} on is taken away`;
const noise = () =>
  `looks ahead: the rows change when everything from ${day} on is replaced by noise`;

const offense = 'team_offense_game_summary';

/** Points of the last three games of each team. */
const teamWindow = (operator: string) =>
  tableWith(
    [{ table: offense, windows: [lastGames(3, 'team')], required: true }],
    ({ input }: SqlContext) => `
SELECT team_abbr AS entity, analysis_date, SUM(points_scored) AS number
FROM (
  SELECT game.team_abbr, target_dates.analysis_date, game.points_scored,
    ROW_NUMBER() OVER (PARTITION BY game.team_abbr, target_dates.analysis_date ORDER BY game.game_date DESC) AS back
  FROM target_dates
  INNER JOIN ${input(offense)} AS game
    ON game.game_date ${operator} target_dates.analysis_date
) AS ranked
WHERE back <= 3
GROUP BY team_abbr, analysis_date`,
  );

/** Points of the season so far. */
const seasonSum = (operator: string) =>
  tableWith(
    [{ table: offense, windows: [seasonToDate], required: true }],
    ({ input }: SqlContext) => `
SELECT game.team_abbr AS entity, target_dates.analysis_date, SUM(game.points_scored) AS number
FROM target_dates
INNER JOIN ${input(offense)} AS game
  ON game.game_date ${operator} target_dates.analysis_date
GROUP BY game.team_abbr, target_dates.analysis_date`,
  );

/** A team's points less those of the average team: only the average may be wrong. */
const leagueAverage = (operator: string) =>
  tableWith(
    [{ table: offense, windows: [lastDays(30), seasonToDate], required: true }],
    ({ input }: SqlContext) => `
SELECT game.team_abbr AS entity, target_dates.analysis_date,
  SUM(game.points_scored) - MAX(league.points) AS number
FROM target_dates
INNER JOIN ${input(offense)} AS game
  ON game.game_date < target_dates.analysis_date
CROSS JOIN (
  SELECT div(CAST(1000 * SUM(every_game.points_scored) AS INT64), COUNT(*)) AS points
  FROM target_dates
  INNER JOIN ${input(offense)} AS every_game
    ON every_game.game_date ${operator} target_dates.analysis_date
    AND every_game.game_date >= target_dates.analysis_date - 30
) AS league
GROUP BY game.team_abbr, target_dates.analysis_date`,
  );

/** Players of the date by who played on it. */
const rosterOfTheDay = tableWith(
  [{ table: 'player_game_summary', windows: [sameDay, seasonToDate], required: true }],
  ({ input }: SqlContext) => `
SELECT today.player_lookup AS entity, target_dates.analysis_date,
  COUNT(earlier.game_date) AS number
FROM target_dates
INNER JOIN ${input('player_game_summary')} AS today
  ON today.game_date = target_dates.analysis_date
LEFT JOIN ${input('player_game_summary')} AS earlier
  ON earlier.player_lookup = today.player_lookup
  AND earlier.game_date < target_dates.analysis_date
GROUP BY today.player_lookup, target_dates.analysis_date`,
);

/** Players of the date by who has played for the teams that are scheduled. */
const rosterBefore = tableWith(
  [
    { table: 'player_game_summary', windows: [seasonToDate], required: true },
    { table: 'schedule', windows: [sameDay], required: true },
  ],
  ({ input }: SqlContext) => `
SELECT earlier.player_lookup AS entity, target_dates.analysis_date,
  COUNT(DISTINCT earlier.game_date) AS number
FROM target_dates
INNER JOIN ${input('schedule')} AS today
  ON today.game_date = target_dates.analysis_date
INNER JOIN ${input('player_game_summary')} AS earlier
  ON earlier.team_abbr IN (today.team_a_abbr, today.team_b_abbr)
  AND earlier.game_date < target_dates.analysis_date
GROUP BY earlier.player_lookup, target_dates.analysis_date`,
);

/** The latest total of each game, of all lines or of those that were seen in time. */
const latestLine = (condition: string) =>
  tableWith(
    [{ table: 'game_lines', windows: [sameDay], required: true }],
    ({ input }: SqlContext) => `
SELECT home_team_abbr AS entity, game_date AS analysis_date, CAST(total AS INT64) AS number
FROM (
  SELECT line.*, ROW_NUMBER() OVER (PARTITION BY home_team_abbr, game_date ORDER BY captured_at DESC) AS place
  FROM ${input('game_lines')} AS line
  WHERE ${condition}
) AS ranked
INNER JOIN target_dates
  ON target_dates.analysis_date = game_date
WHERE place = 1`,
  );

/** Home teams of the date with the points of the game, which nobody knew. */
const resultOfTheDay = tableWith(
  [
    { table: 'schedule', windows: [sameDay], required: true },
    { table: 'game_results', windows: [sameDay], required: true },
  ],
  ({ input }: SqlContext) => `
SELECT game.nba_game_id AS entity, target_dates.analysis_date, result.home_points AS number
FROM target_dates
INNER JOIN ${input('schedule')} AS game
  ON game.game_date = target_dates.analysis_date
LEFT JOIN ${input('game_results')} AS result
  ON result.nba_game_id = game.nba_game_id`,
);

/** Players with an injury report for the date, of all reports or of those that came out in time. */
const injured = (condition: string) =>
  tableWith(
    [{ table: 'injuries', windows: [sameDay], required: false }],
    ({ input }: SqlContext) => `
SELECT player_lookup AS entity, game_date AS analysis_date, COUNT(*) AS number
FROM ${input('injuries')} AS report
INNER JOIN target_dates
  ON target_dates.analysis_date = report.game_date
WHERE ${condition}
GROUP BY player_lookup, game_date`,
  );

describe('the probe catches', () => {
  test.each<[string, ComputedTable]>([
    ['a window that includes the same day', teamWindow('<=')],
    ['a season aggregate that includes today', seasonSum('<=')],
    ['a league average that includes the day', leagueAverage('<=')],
    ['the score of the day', resultOfTheDay],
  ])('%s', async (_, suspect) => {
    expect(await probe(suspect)).toEqual([taken(), noise()]);
  });

  test('a roster from who played', async () => {
    expect(await probe(rosterOfTheDay)).toContain(taken());
  });

  test('a line that was seen after tip-off', async () => {
    expect(await probe(latestLine('TRUE'))).toEqual([taken(), noise()]);
  });

  // The schedule knows no tip-off here: what came out after midnight Eastern was not known before the day.
  test('an injury report that came out during the day', async () => {
    expect(await probe(injured('TRUE'))).toEqual([taken()]);
  });

  test('a season aggregate that includes all that is to come', async () => {
    expect(await probe(seasonSum("<> DATE '1900-01-01' OR target_dates.analysis_date <"))).toEqual([
      taken(),
      noise(),
    ]);
  });
});

/** Points of the season so far, and of the date itself where a condition holds. */
const sometimesLeaking = (condition: string) =>
  tableWith(
    [{ table: offense, windows: [seasonToDate], required: true }],
    ({ input }: SqlContext) => `
SELECT game.team_abbr AS entity, target_dates.analysis_date, SUM(game.points_scored) AS number
FROM target_dates
CROSS JOIN (SELECT COUNT(*) AS dates FROM target_dates) AS asked
INNER JOIN ${input(offense)} AS game
  ON game.game_date < target_dates.analysis_date
  OR (game.game_date = target_dates.analysis_date AND ${condition})
GROUP BY game.team_abbr, target_dates.analysis_date`,
  );

/** Date, and the columns that differ in its first row that stands on both sides. */
const changes = (findings: readonly Finding[]) =>
  findings.map(({ date, rows }) => [
    date,
    rows.find(({ kind }) => kind === 'changed')?.columns.map(({ column }) => column),
  ]);

describe('of several dates that are put to it together, the probe catches', () => {
  const number = ['number'];

  test('each one that leaks, with its column', async () => {
    expect(changes(await findingsOf(seasonSum('<='), several))).toEqual(
      several.flatMap((date) => [
        [date, number],
        [date, number],
      ]),
    );
  });

  test('the only one that leaks, among earlier and later ones that do not', async () => {
    const suspect = sometimesLeaking(`target_dates.analysis_date = DATE '${day}'`);
    expect(changes(await findingsOf(suspect, several))).toEqual([
      [day, number],
      [day, number],
    ]);
  });

  test('a leak that only a date computed alone has', async () => {
    expect(await findingsOf(sometimesLeaking('asked.dates = 1'), several)).toHaveLength(8);
    expect(await findingsOf(sometimesLeaking('asked.dates > 1'), several)).toEqual([]);
  });
});

describe('the probe has nothing against', () => {
  test.each<[string, ComputedTable]>([
    ['a window that ends before the day', teamWindow('<')],
    ['a season aggregate to date', seasonSum('<')],
    ['a league average of earlier days', leagueAverage('<')],
    ['a roster from earlier games and the schedule of the day', rosterBefore],
    ['the last line before tip-off', latestLine('captured_at <= tipoff_at')],
    [
      'injury reports of the night before',
      injured('reported_at <= CAST(game_date AS TIMESTAMP) + INTERVAL 5 HOUR'),
    ],
  ])('%s', async (_, suspect) => {
    expect(await probe(suspect)).toEqual([]);
  });
});
