import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { writeSimulatedLeague } from '../../simulation/write-simulated-league.ts';
import { backcourt, type CommandResult, prepare } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { expectCheapFailure } from './expect-cheap-failure.ts';
import { type GoogleSqlService, startGoogleSql } from './googlesql/googlesql-service.ts';
import { type MemoryDatabase, makeMemoryDatabase } from './googlesql/memory-database.ts';
import { rememberAnswers } from './googlesql/remember-answers.ts';
import { type OpenStandIn, openStandIn } from './open-stand-in.ts';
import { errorTable } from './stand-in/error-table.ts';
import type { Fault } from './stand-in/faults.ts';

const offense = 'team_offense_game_summary';
const folder = tempFolder('bigquery-faults');
const here = join(folder, 'here.duckdb');
let service: GoogleSqlService;
let database: MemoryDatabase;
let open: OpenStandIn;
let files: readonly string[];
let dates: readonly string[];
let ingested: ReturnType<MemoryDatabase['snapshot']>;

beforeAll(async () => {
  service = await startGoogleSql();
  database = makeMemoryDatabase(rememberAnswers(service));
  open = await openStandIn(database, '', { rules: { order: false } });
  const directory = join(folder, 'league');
  await mkdir(directory);
  const league = { directory, seasons: 1, gamesPerTeam: 2, postseason: false, seed: 31 };
  files = await writeSimulatedLeague(league);
  expect((await onStandIn('ingest', 'simulated', ...files)).exitCode).toBe(0);
  await prepare(['ingest', 'simulated', ...files, '--warehouse', here]);
  ingested = database.snapshot();
  dates = [
    ...new Set(database.rows('nba_raw.schedule').map((row) => String(row['game_date']))),
  ].sort();
});
beforeEach(() => database.restore(ingested));
afterEach(() => open.standIn.heal());
afterAll(async () => {
  await open?.close();
  await service?.stop();
});

function command(...argv: readonly string[]): Promise<CommandResult> {
  return backcourt(argv, { bigQueryClient: open.client });
}
const onStandIn = (...argv: readonly string[]) => command(...argv, '--warehouse', open.place);

/** What a verb does, at which job it is hit, and what stands there before it. */
const verbs = [
  {
    verb: 'run, while it stages',
    at: /^CREATE OR REPLACE TABLE/,
    empty: false,
    work: () => onStandIn('run', '--backfill', '--tables', offense, '--dates', dates.join(',')),
  },
  {
    verb: 'run, while it commits',
    at: /^BEGIN TRANSACTION[\s\S]*INSERT INTO nba_analytics/,
    empty: false,
    work: () => onStandIn('run', '--backfill', '--tables', offense, '--dates', dates.join(',')),
  },
  {
    verb: 'ingest, while it loads',
    at: /^LOAD /,
    empty: true,
    work: () => onStandIn('ingest', 'simulated', ...files),
  },
  {
    verb: 'ingest, while it commits',
    at: /^BEGIN TRANSACTION[\s\S]*INSERT INTO nba_raw/,
    empty: true,
    work: () => onStandIn('ingest', 'simulated', ...files),
  },
  {
    verb: 'copy, while it loads',
    at: /^LOAD /,
    empty: true,
    work: () => command('copy', '--from', here, '--to', open.place),
  },
  {
    verb: 'status',
    at: /FROM backcourt\.partitions/,
    empty: false,
    work: () => onStandIn('status'),
  },
] as const;

/** Records of what was written, each of which counts its rows. */
function records(): readonly string[] {
  if (!database.has('backcourt.partitions')) return [];
  return database
    .rows('backcourt.partitions')
    .filter(({ state }) => state === 'done')
    .map((row) => `${row['table_name']} ${row['partition_date']}`)
    .sort();
}

/** One of each kind: where a verb only passes an error on, the others of its kind go the same way. */
const ofEachKind = new Set([
  'accessDenied',
  'backendError',
  'invalid',
  'notFound',
  'quotaExceeded',
  'resourcesExceeded',
  'stopped',
]);

describe.each(verbs)('$verb', ({ verb, at, empty, work }) => {
  const usual = new Map<string, number>();

  async function jobsOf(): Promise<number> {
    const known = usual.get('jobs');
    if (known !== undefined) return known;
    const before = open.standIn.jobs.length;
    expect((await work()).exitCode).toBe(0);
    usual.set('jobs', open.standIn.jobs.length - before);
    database.restore(empty ? new Map() : ingested);
    return jobsOf();
  }

  const met = errorTable.filter(({ reason }) => verb.startsWith('run') || ofEachKind.has(reason));
  const errors = met.map((error) => [`${error.reason}: ${error.message}`, error] as const);

  test.each(errors)('%s, again and again, costs few jobs', async (_, error) => {
    if (empty) database.restore(new Map());
    const usualJobs = await jobsOf();
    const before = records();
    open.standIn.inject({ sql: at, times: 10_000, happens: { kind: 'answer', ...error } });
    const request = { standIn: open.standIn, dates: dates.length, usualJobs };
    const { exitCode, stderr } = await expectCheapFailure(request, work);
    // A reason that nothing is known of is told as what it is; nothing is ever taken for a success.
    expect([exitCode, [1, 3, 5, 6, 8].includes(exitCode)]).toEqual([exitCode, true]);
    expect(stderr).not.toContain('standInBug');
    expect(records()).toEqual(before);
    open.standIn.heal();
    expect((await work()).exitCode).toBe(0);
  });
});

describe('what goes wrong once', () => {
  const passing: readonly (readonly [string, Fault['happens']])[] = [
    ['an insertion that is carried out and answered with 503', { kind: 'insertLost' }],
    ['an answer that is lost', { kind: 'lostAnswer' }],
    [
      'a failure that stands in the answer of the insertion',
      { kind: 'failedAtOnce', status: 503, reason: 'backendError', message: 'try again' },
    ],
    ['an insertion whose connection is reset', { kind: 'reset', at: 'insert' }],
    ['a question whose connection is reset', { kind: 'reset', at: 'poll' }],
    [
      'a limit on jobs a second',
      { kind: 'refused', status: 400, reason: 'jobRateLimitExceeded', message: 'slowly' },
    ],
  ];
  const commits = /^BEGIN TRANSACTION[\s\S]*INSERT INTO nba_analytics/;
  const stages = /^CREATE OR REPLACE TABLE/;

  test.each(passing)('%s: a run ends as if nothing had been', async (_, happens) => {
    for (const sql of [stages, commits]) {
      database.restore(ingested);
      open.standIn.inject({ sql, times: 1, happens });
      const run = await onStandIn(
        'run',
        '--backfill',
        '--tables',
        offense,
        '--dates',
        dates.join(','),
      );
      expect([sql, run.exitCode, run.stderr]).toEqual([sql, 0, '']);
      const own = records().filter((unit) => unit.startsWith(offense));
      expect([sql, own.length]).toEqual([sql, dates.length]);
    }
  });
});
