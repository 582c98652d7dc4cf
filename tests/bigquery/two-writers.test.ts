import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { writeSimulatedLeague } from '../../simulation/write-simulated-league.ts';
import { loadTables } from '../../src/table/table-registry.ts';
import { backcourt, type CommandResult } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { differingUnits } from '../support/warehouse-file.ts';
import { storedHashes } from './engines.ts';
import { type GoogleSqlService, startGoogleSql } from './googlesql/googlesql-service.ts';
import { type MemoryDatabase, makeMemoryDatabase } from './googlesql/memory-database.ts';
import { rememberAnswers } from './googlesql/remember-answers.ts';
import { clientOf, type OpenStandIn, openStandIn } from './open-stand-in.ts';
import { makeRandom } from './stand-in/random.ts';

const [offense, context] = ['team_offense_game_summary', 'upcoming_team_game_context'] as const;
const { all } = await loadTables();
/** `BACKCOURT_ROUNDS=200` plays as many; a few minutes. */
const rounds = Number(process.env['BACKCOURT_ROUNDS'] ?? 60);
const folder = tempFolder('bigquery-two-writers');
let service: GoogleSqlService;
let database: MemoryDatabase;
let open: OpenStandIn;
let files: readonly string[];
let dates: readonly string[];
let ingested: ReturnType<MemoryDatabase['snapshot']>;
/** Of each table and date, what a writer that is alone writes. */
let alone: ReadonlyMap<string, string>;
let clients = 0;

beforeAll(async () => {
  service = await startGoogleSql();
  database = makeMemoryDatabase(rememberAnswers(service));
  open = await openStandIn(database);
  const directory = join(folder, 'league');
  await mkdir(directory);
  const league = { directory, seasons: 1, gamesPerTeam: 2, postseason: false, seed: 31 };
  files = await writeSimulatedLeague(league);
  expect((await command('ingest', 'simulated', ...files)).exitCode).toBe(0);
  ingested = database.snapshot();
  dates = [
    ...new Set(database.rows('nba_raw.schedule').map((row) => String(row['game_date']))),
  ].sort();
  expect((await write(`${offense},${context}`, dates.slice(0, 4))).exitCode).toBe(0);
  alone = storedHashes(database);
});
beforeEach(() => {
  database.restore(ingested);
});
afterAll(async () => {
  await open?.close();
  await service?.stop();
});

/** A command line with a client of its own, which is gone after so many requests. */
function command(...argv: readonly string[]): Promise<CommandResult> {
  return withRequests(undefined, argv);
}

function withRequests(requests: number | undefined, argv: readonly string[]) {
  clients += 1;
  const url = open.standIn.clientUrl(`c${clients}`, requests);
  return backcourt([...argv, '--warehouse', open.place], { bigQueryClient: clientOf({ url }) });
}

const writes = (tables: string, days: readonly string[]) =>
  ['run', '--backfill', '--tables', tables, '--dates', days.join(',')] as const;
const write = (tables: string, days: readonly string[]) => command(...writes(tables, days));

async function allJobsEnd(): Promise<void> {
  while (open.standIn.running().length > 0) await sleep(1);
}

/** No row and no record is there twice, and each record counts the rows that are there. */
function expectWhole(about: unknown): void {
  const records = database.rows('backcourt.partitions');
  const units = records.map((row) => `${row['table_name']} ${row['partition_date']}`);
  expect([about, units.length]).toEqual([about, new Set(units).size]);
  for (const { name, dataset, partition } of all) {
    const recorded = records
      .filter(({ table_name, row_count }) => table_name === name && Number(row_count) > 0)
      .map((row) => [String(row['partition_date']), Number(row['row_count'])] as const);
    const counts = new Map<string, number>();
    for (const row of database.rows(`${dataset}.${name}`)) {
      const day = String(row[partition]);
      counts.set(day, (counts.get(day) ?? 0) + 1);
    }
    expect([about, name, Object.fromEntries(counts)]).toEqual([
      about,
      name,
      Object.fromEntries(recorded),
    ]);
  }
}

describe('a commit that lasts longer than a question waits', () => {
  test('is not taken for done', async () => {
    database.restore(new Map());
    const fresh = await openStandIn(makeMemoryDatabase(service), 'slow', { msPerSecond: 5 });
    fresh.standIn.slow(/^INSERT INTO slow_nba_raw/, 30);
    const { exitCode, stdout } = await backcourt(
      ['ingest', 'simulated', ...files, '--warehouse', fresh.place],
      { bigQueryClient: fresh.client },
    );
    // Nothing may be under way any more once the command has ended.
    expect([exitCode, fresh.standIn.running()]).toEqual([0, []]);
    const [, count = 'nothing'] = /(\d+) dates written/.exec(stdout) ?? [];
    const stored = await fresh.warehouse.query(
      "SELECT COUNT(*) AS n FROM backcourt.partitions WHERE table_name = 'player_box'",
    );
    expect(stored).toEqual([{ n: Number(count) }]);
    await fresh.close();
  });
});

describe('two writers', () => {
  test('of the same new dates, one of which is held before its commit ends: nothing is doubled', async () => {
    const days = dates.slice(0, 2);
    const hold = open.standIn.hold(/^COMMIT/);
    const first = write(offense, days);
    await hold.reached;
    const second = write(offense, days);
    await Promise.race([second, sleep(3_000)]);
    hold.release();
    const exits = [(await first).exitCode, (await second).exitCode];
    expect(exits[0]).toBe(0);
    expect([0, 6]).toContain(exits[1]);
    expectWhole(exits);
  });

  test(`in ${rounds} orders of their statements, with the same dates, some of them, others or other tables, or left behind by a kill`, async () => {
    // What was asked before is answered from memory, which an order of rows by chance would keep from happening.
    open.standIn.setRules({ order: false });
    const random = makeRandom(open.standIn.seed);
    const tally = new Map<string, number>();
    for (let round = 0; round < rounds; round += 1) {
      database.restore(ingested);
      const kind = (['same dates', 'overlapping dates', 'other tables', 'an orphan'] as const)[
        round % 4
      ];
      const mine = dates.slice(0, 2);
      const theirs = kind === 'overlapping dates' ? dates.slice(1, 3) : mine;
      const table = kind === 'other tables' ? context : offense;
      const requests = kind === 'an orphan' ? 8 + random.below(40) : undefined;
      const about = `round ${round} of seed ${open.standIn.seed}: ${kind}, ${requests}`;
      const first = withRequests(requests, writes(offense, mine));
      // The one that is restarted begins when the one that was killed has ended.
      if (requests === undefined) await sleep(random.below(40));
      else await first;
      const second = write(table, theirs);
      const ended = await Promise.all([first, second]);
      const exits = ended.map(({ exitCode }) => exitCode);
      const told = [about, ...ended.map(({ exitCode, stderr }) => `${exitCode} ${stderr}`)];
      await allJobsEnd();
      expectWhole(told);
      // The other table reads what the first writer may not have written yet: blocked is right, too.
      const blocked = kind === 'other tables' ? [5] : [];
      const allowed = [0, 6, ...blocked, ...(requests === undefined ? [] : [8])];
      expect([told, exits.every((exit) => allowed.includes(exit))]).toEqual([told, true]);
      if (requests === undefined) expect([told, exits.includes(0)]).toEqual([told, true]);
      const outcome = `${kind}: ${exits.join(' and ')}`;
      tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
      // Whoever lost starts again, and then all is as one writer would have left it.
      for (const [place, argv] of [writes(offense, mine), writes(table, theirs)].entries()) {
        if (exits[place] !== 0)
          expect([about, (await command(...argv)).exitCode]).toEqual([about, 0]);
      }
      expectWhole(about);
      const units = new Set([
        ...mine.map((day) => `${offense} ${day}`),
        ...theirs.map((day) => `${table} ${day}`),
      ]);
      const expected = new Map([...alone].filter(([unit]) => units.has(unit)));
      const stored = new Map([...storedHashes(database)].filter(([unit]) => units.has(unit)));
      expect([about, differingUnits(expected, stored)]).toEqual([about, []]);
    }
    process.stderr.write(
      `${[...tally].map(([outcome, count]) => `${outcome} ${count} times`).join('\n')}\n`,
    );
  });
});
