import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openMemoryWarehouse } from '../../tests/support/memory-warehouse.ts';
import { gameDate } from '../calendar/game-date.ts';
import { ledgerTables } from '../ledger/ledger-tables.ts';
import { makePlan } from '../plan/make-plan.ts';
import { date, int64, string } from '../sql/column.ts';
import { exactly } from '../table/expected-rows.ts';
import { type ComputedTable, defineTable } from '../table/table-definition.ts';
import { loadTables, makeTableRegistry, type TableRegistry } from '../table/table-registry.ts';
import { createStatements } from '../warehouse/duckdb/ddl.ts';
import type { DuckDbWarehouse } from '../warehouse/duckdb/duckdb-warehouse.ts';
import { lastDays, sameDay, seasonToDate } from '../window/window.ts';
import { makeRunEngine } from '../world/run-engine.ts';
import type { TableFault } from './failed-tables.ts';
import { runPlan } from './run-plan.ts';
import type { RunSummary } from './run-summary.ts';
import { exitCodeOf } from './run-summary.ts';
import type { UnitResult } from './work/unit-result.ts';

const days = [
  '2023-10-24',
  '2023-10-25',
  '2023-10-26',
  '2023-10-27',
  '2023-10-28',
  '2023-10-29',
].map(gameDate);
/** The day on which the upstream table cannot be computed. */
const poisoned = '2023-10-27';

const common = {
  kind: 'computed',
  dataset: 'nba_analytics',
  purpose: '',
  partition: 'day',
  key: ['team', 'day'],
  cluster: [],
  columns: [string('team', ''), date('day', ''), int64('n', '')],
  options: [],
  bootstrap: false,
  lookback: undefined,
  excludes: false,
  checks: [],
  expectedRows: () => exactly(1, 'one row'),
} as const;

const upstream: ComputedTable = defineTable({
  ...common,
  phase: 'analytics',
  name: 'upstream',
  inputs: [{ table: 'schedule', windows: [sameDay], required: true }],
  rowsSql: ({ input }) => `
SELECT team_a_abbr AS team, game_date AS day,
  CASE WHEN neutral_site THEN CAST(game_id AS BIGINT) ELSE 1 END AS n
FROM ${input('schedule')} AS game
INNER JOIN target_dates ON target_dates.analysis_date = game.game_date`,
});

/** Reads only earlier days, and counts the last four of them. */
const downstream: ComputedTable = defineTable({
  ...common,
  phase: 'precompute',
  name: 'downstream',
  inputs: [{ table: 'upstream', windows: [lastDays(4)], required: true }],
  lookback: { days: 4, tables: ['upstream'] },
  rowsSql: ({ input }) => `
SELECT 'BOS' AS team, target_dates.analysis_date AS day, COUNT(earlier.day) AS n
FROM target_dates
LEFT JOIN ${input('upstream')} AS earlier
  ON earlier.day < target_dates.analysis_date
  AND earlier.day >= target_dates.analysis_date - 4
GROUP BY target_dates.analysis_date`,
});

/** One row for each earlier game of a team: it never has fewer rows than on the date before. */
const growing: ComputedTable = defineTable({
  ...common,
  phase: 'precompute',
  name: 'growing',
  key: ['game', 'day'],
  columns: [string('game', ''), date('day', '')],
  inputs: [{ table: 'upstream', windows: [seasonToDate], required: true }],
  expectedRows: ({ previousDateRows }) => ({
    min: previousDateRows ?? 0,
    max: Number.MAX_SAFE_INTEGER,
    why: 'as on the previous date',
  }),
  rowsSql: ({ input }) => `
SELECT CAST(earlier.day AS STRING) AS game, target_dates.analysis_date AS day
FROM target_dates
INNER JOIN ${input('upstream')} AS earlier ON earlier.day < target_dates.analysis_date
WHERE earlier.team = 'BOS'`,
});

/** Has a row too many on the poisoned day, which only a look at the staged rows can tell. */
const doubled: ComputedTable = defineTable({
  ...common,
  phase: 'analytics',
  name: 'doubled',
  inputs: [{ table: 'schedule', windows: [sameDay], required: true }],
  rowsSql: ({ input }) => `
SELECT team_a_abbr AS team, game_date AS day, 1 AS n
FROM ${input('schedule')} AS game
INNER JOIN target_dates ON target_dates.analysis_date = game.game_date
UNION ALL
SELECT team_b_abbr, game_date, 2
FROM ${input('schedule')} AS game
INNER JOIN target_dates ON target_dates.analysis_date = game.game_date
WHERE neutral_site`,
});

/** Its SQL makes another column than the one that is declared. */
const crooked: ComputedTable = defineTable({
  ...common,
  phase: 'analytics',
  name: 'crooked',
  inputs: [{ table: 'schedule', windows: [sameDay], required: true }],
  rowsSql: ({ input }) => `
SELECT team_a_abbr AS team, game_date AS day, 1 AS m
FROM ${input('schedule')} AS game
INNER JOIN target_dates ON target_dates.analysis_date = game.game_date`,
});

const reader: ComputedTable = defineTable({
  ...common,
  phase: 'precompute',
  name: 'reader',
  inputs: [{ table: 'crooked', windows: [sameDay], required: true }],
  rowsSql: ({ input }) => `SELECT team, day, n FROM ${input('crooked')} AS crooked`,
});

let warehouse: DuckDbWarehouse;
let tables: TableRegistry;

beforeEach(async () => {
  const project = await loadTables();
  tables = makeTableRegistry([
    ...project.all.filter(({ dataset }) => dataset === 'nba_raw'),
    upstream,
    downstream,
    growing,
    doubled,
    crooked,
    reader,
  ]);
  warehouse = await openMemoryWarehouse();
  await warehouse.commit([
    ...createStatements([...ledgerTables, ...tables.all]),
    ...days.flatMap((day, index) => [
      `INSERT INTO nba_raw.schedule (nba_game_id, game_id, game_date, season_year, game_type, team_a_abbr, team_b_abbr, neutral_site)
       VALUES ('002230000${index}', 'no number', DATE '${day}', 2023, 'regular_season', 'BOS', 'NYK', ${day === poisoned})`,
      `INSERT INTO nba_raw.game_results VALUES ('002230000${index}', DATE '${day}', 'final', 100, 99)`,
      ...['schedule', 'schedule_entries'].map(
        (table) =>
          `INSERT INTO backcourt.partitions VALUES ('${table}', DATE '${day}', 'done', NULL, 1, 0, 'h${index}', NULL, NULL, 2, NULL, NULL, '{}', '0', 'r', 1, NULL, NULL, '[]', 0, FALSE, TIMESTAMPTZ '2023-11-01 00:00:00Z')`,
      ),
    ]),
  ]);
});
afterEach(() => warehouse.close());

interface Ran {
  readonly summary: RunSummary;
  readonly results: readonly UnitResult[];
  readonly failedTables: readonly (readonly [string, TableFault])[];
}

async function run(
  names: readonly string[],
  more: {
    readonly backfillMode?: boolean;
    readonly batchDays?: number;
    readonly maxFailures?: number;
    readonly dates?: readonly string[];
    readonly describes?: boolean;
  } = {},
): Promise<Ran> {
  let ms = 0;
  const clock = {
    now: () => '2023-11-01T00:00:00.000Z',
    today: () => gameDate('2026-01-15'),
    elapsedMs: () => {
      ms += 1;
      return ms;
    },
  };
  const { describe: _, ...withoutDescribe } = warehouse;
  const asked = more.describes === false ? withoutDescribe : warehouse;
  const engine = await makeRunEngine(asked, tables, clock, '0.0.0');
  const plan = makePlan(engine.world, {
    tables: names,
    dates: more.dates?.map(gameDate) ?? days,
    backfillMode: more.backfillMode ?? true,
    options: {},
  });
  const results: UnitResult[] = [];
  const failedTables: (readonly [string, TableFault])[] = [];
  const record = {
    runId: 'run',
    verb: 'run',
    request: '{}',
    codeVersion: '0.0.0',
    who: 'tester',
    reason: undefined,
    startedAt: clock.now(),
  } as const;
  const settings = {
    options: {},
    batchDays: more.batchDays ?? 100,
    maxFailures: more.maxFailures ?? Number.POSITIVE_INFINITY,
    allowShrink: false,
    stop: new AbortController().signal,
  };
  const summary = await runPlan(engine, plan, record, settings, {
    batchStarted: () => {},
    unitFinished: (result) => results.push(result),
    tableFailed: (table, fault) => failedTables.push([table, fault]),
  });
  return { summary, results, failedTables };
}

const kinds = ({ results }: Ran, table: string) =>
  results.filter((result) => result.table === table).map(({ outcome }) => outcome.kind);
const resultOn = ({ results }: Ran, table: string, day: string) => {
  const result = results.find((one) => one.table === table && one.date === day);
  if (!result) throw new Error(`${table} ${day}`);
  return result;
};

describe('a date that cannot be computed', () => {
  it.each([1, 2, 100])(
    'fails alone in batches of %i, the others are written',
    async (batchDays) => {
      const ran = await run(['upstream'], { batchDays });
      expect(kinds(ran, 'upstream')).toEqual(
        days.map((day) => (day === poisoned ? 'failed' : 'written')),
      );
      const { outcome } = resultOn(ran, 'upstream', poisoned);
      expect(outcome).toMatchObject({ kind: 'failed', failure: { kind: 'bad_data' } });
      const rows = await warehouse.query('SELECT day FROM nba_analytics.upstream ORDER BY day');
      expect(rows.map((row) => row['day'])).toEqual(days.filter((day) => day !== poisoned));
    },
  );

  it('is tried again by the next run, which skips what is done', async () => {
    await run(['upstream']);
    const again = await run(['upstream']);
    expect(kinds(again, 'upstream')).toEqual(
      days.map((day) => (day === poisoned ? 'failed' : 'skipped')),
    );
  });

  it('stops the run after so many failures, and says how much was not reached', async () => {
    const ran = await run(['upstream'], { batchDays: 1, maxFailures: 1 });
    expect(ran.summary.failed).toHaveLength(1);
    expect(ran.summary.notReached).toBe(2);
  });
});

describe('a table whose SQL is wrong', () => {
  it.each([
    ['is found before anything is worked', true, /analytics\/crooked yields no column n, /],
    ['is found where the engine tells it first when it runs', false, /^Binder Error: .*"n"/],
  ] as const)('%s, and fails once, with what reads it', async (_, describes, text) => {
    const ran = await run(['upstream', 'crooked', 'reader'], { batchDays: 2, describes });
    expect(ran.failedTables).toEqual([
      ['crooked', { kind: 'definition', text: expect.stringMatching(text) }],
      ['reader', { kind: 'reads', table: 'crooked' }],
    ]);
    expect(kinds(ran, 'crooked')).toEqual([]);
    expect(kinds(ran, 'upstream')).toEqual(
      days.map((day) => (day === poisoned ? 'failed' : 'written')),
    );
    const { failedTables, notReached } = ran.summary;
    expect(failedTables.map(({ table, dates }) => [table, dates])).toEqual([
      ['crooked', days],
      ['reader', days],
    ]);
    expect([notReached, exitCodeOf(ran.summary)]).toEqual([0, 3]);
    const records = await warehouse.query(
      "SELECT 1 FROM backcourt.partitions WHERE table_name IN ('crooked', 'reader')",
    );
    expect(records).toEqual([]);
  });

  it('is one failure of those after which a run stops', async () => {
    const { summary } = await run(['crooked', 'upstream'], { batchDays: 1, maxFailures: 1 });
    expect(summary.notReached).toBe(2 * days.length);
    expect(exitCodeOf(summary)).toBe(3);
  });

  it('is not asked about where it has made rows', async () => {
    await run(['upstream'], { dates: [...days.slice(0, 1)] });
    const asked = vi.spyOn(warehouse, 'describe');
    await run(['upstream']);
    expect(asked).not.toHaveBeenCalled();
  });
});

describe('rows that are sent while they are judged', () => {
  const stored = async () =>
    (await warehouse.query('SELECT day FROM nba_analytics.doubled ORDER BY day')).map(
      (row) => row['day'],
    );

  it('are committed with their records when all dates are sound', async () => {
    const sound = days.filter((day) => day !== poisoned);
    const sent = vi.spyOn(warehouse, 'commitWhile');
    const ran = await run(['doubled'], { dates: sound });
    expect(kinds(ran, 'doubled')).toEqual(sound.map(() => 'written'));
    expect(await Promise.all(sent.mock.results.map(({ value }) => value))).toEqual([
      expect.any(Array),
    ]);
    expect(await stored()).toEqual(sound);
  });

  it('are taken back when one date is not, which alone is not written', async () => {
    const sent = vi.spyOn(warehouse, 'commitWhile');
    const ran = await run(['doubled']);
    expect(await Promise.all(sent.mock.results.map(({ value }) => value))).toEqual([undefined]);
    expect(kinds(ran, 'doubled')).toEqual(
      days.map((day) => (day === poisoned ? 'failed' : 'written')),
    );
    expect(resultOn(ran, 'doubled', poisoned).outcome).toMatchObject({
      failure: { kind: 'check_failed' },
    });
    expect(await stored()).toEqual(days.filter((day) => day !== poisoned));
  });

  it('are not sent before they are judged where something is recorded', async () => {
    await run(['doubled']);
    const sent = vi.spyOn(warehouse, 'commitWhile');
    await run(['doubled']);
    expect(sent).not.toHaveBeenCalled();
  });
});

it('every commit is billed to the run, those that only remove rows too', async () => {
  const labels: object[] = [];
  warehouse = { ...warehouse, label: (given) => void labels.push(given) };
  await run(['upstream'], { dates: days.slice(0, 1) });
  expect(labels).toEqual([
    { run: 'run', table: 'several' },
    { run: 'run', table: 'upstream' },
  ]);
});

describe('several tables of new dates', () => {
  const sound = days.filter((day) => day !== poisoned);
  const contents = async () => {
    const found: unknown[] = [];
    for (const table of ['upstream', 'downstream', 'growing']) {
      const select = `SELECT * EXCLUDE (processed_at) FROM nba_analytics.${table} ORDER BY ALL`;
      found.push(await warehouse.query(select));
    }
    return found;
  };
  const forget = () =>
    warehouse.commit([
      ...['upstream', 'downstream', 'growing'].map((name) => `DELETE FROM nba_analytics.${name}`),
      "DELETE FROM backcourt.partitions WHERE table_name NOT IN ('schedule', 'schedule_entries')",
    ]);

  it('are staged in a chain, looked at once and committed once, and are the same as one by one', async () => {
    const names = ['upstream', 'downstream', 'growing'];
    for (const name of names) await run([name], { dates: sound });
    const oneByOne = await contents();
    await forget();
    const looked = vi.spyOn(warehouse, 'stageAll');
    const committed = vi.spyOn(warehouse, 'commit');
    const ran = await run(names, { dates: sound });
    expect(names.map((name) => kinds(ran, name))).toEqual(
      names.map(() => sound.map(() => 'written')),
    );
    expect([looked.mock.calls.length, committed.mock.calls.length]).toEqual([1, 1]);
    expect(await contents()).toEqual(oneByOne);
    const again = await run(names, { dates: sound });
    expect(names.map((name) => kinds(again, name))).toEqual(
      names.map(() => sound.map(() => 'skipped')),
    );
  });

  it('go one by one where a date cannot be written, and each keeps what it would have alone', async () => {
    const ran = await run(['doubled', 'downstream', 'upstream']);
    expect(kinds(ran, 'doubled')).toEqual(
      days.map((day) => (day === poisoned ? 'failed' : 'written')),
    );
    expect(resultOn(ran, 'doubled', poisoned).outcome).toMatchObject({
      failure: { kind: 'check_failed' },
    });
    expect(kinds(ran, 'upstream')).toEqual(
      days.map((day) => (day === poisoned ? 'failed' : 'written')),
    );
  });

  it('go one by one where rows stand that no record knows, which are replaced and not doubled', async () => {
    await run(['upstream', 'growing'], { dates: sound });
    await warehouse.commit([
      "DELETE FROM backcourt.partitions WHERE table_name NOT IN ('schedule', 'schedule_entries')",
    ]);
    const before = await contents();
    const ran = await run(['upstream', 'growing'], { dates: sound });
    expect(kinds(ran, 'growing')).toEqual(sound.map(() => 'written'));
    expect(await contents()).toEqual(before);
  });

  it('are a chain per date when they go day by day', async () => {
    const looked = vi.spyOn(warehouse, 'stageAll');
    await run(['upstream', 'downstream'], { dates: sound, batchDays: 1 });
    expect(looked).toHaveBeenCalledTimes(sound.length);
  });
});

describe('a lookback in which an upstream date of the same run has failed', () => {
  it('is warned of in backfill mode, as it is by the next run', async () => {
    const together = await run(['upstream', 'downstream']);
    const { outcome, upstream: count } = resultOn(together, 'downstream', '2023-10-28');
    expect(outcome.kind).toBe('written');
    expect(count).toMatchObject({ available: 3, scheduled: 4, complete: false });
  });

  it('blocks in daily mode', async () => {
    const together = await run(['upstream', 'downstream'], { backfillMode: false });
    expect(resultOn(together, 'downstream', '2023-10-27').outcome.kind).toBe('written');
    expect(resultOn(together, 'downstream', '2023-10-28').outcome).toMatchObject({
      kind: 'blocked',
      state: 'blocked',
    });
  });

  it('blocks in daily mode when the tables run one after the other', async () => {
    await run(['upstream'], { backfillMode: false });
    const later = await run(['downstream'], { backfillMode: false });
    expect(resultOn(later, 'downstream', '2023-10-28').outcome.kind).toBe('blocked');
  });
});

it('batches of any size write the same rows', async () => {
  const contents: unknown[] = [];
  for (const batchDays of [1, 2, 100]) {
    await warehouse.commit([
      'DELETE FROM nba_analytics.upstream',
      'DELETE FROM nba_analytics.downstream',
      "DELETE FROM backcourt.partitions WHERE table_name NOT IN ('schedule', 'schedule_entries')",
    ]);
    await run(['upstream', 'downstream'], { batchDays });
    contents.push(
      await warehouse.query(
        'SELECT day, team, n, data_hash FROM nba_analytics.downstream ORDER BY day',
      ),
    );
  }
  expect(contents[1]).toEqual(contents[0]);
  expect(contents[2]).toEqual(contents[0]);
});

it('a commit that would be too long goes in parts, with its rows staged once', async () => {
  const open = warehouse;
  const isShort = (statements: readonly string[]) => statements.join('').length < 3000;
  const stage = vi.fn(open.stageAll);
  const commit = vi.fn(async (statements: readonly string[], question?: string) => {
    expect(isShort(statements)).toBe(true);
    return open.commit(statements, question);
  });
  const { commitWhile: _, ...rest } = open;
  // A warehouse that sends a commit as one text.
  warehouse = { ...rest, stageAll: stage, commit, fits: isShort } as unknown as DuckDbWarehouse;
  const ran = await run(['doubled']);
  expect(kinds(ran, 'doubled')).toEqual(
    days.map((day) => (day === poisoned ? 'failed' : 'written')),
  );
  expect(stage).toHaveBeenCalledTimes(1);
  expect(commit.mock.calls.length).toBeGreaterThan(1);
  warehouse = open;
});

it('a correction that takes rows away may be followed up on one date alone, before the dates in front of it', async () => {
  await run(['upstream', 'growing']);
  await warehouse.commit([
    "UPDATE nba_raw.schedule SET team_a_abbr = 'DEN' WHERE game_date IN (DATE '2023-10-25', DATE '2023-10-26')",
    "UPDATE backcourt.partitions SET data_hash = 'corrected' WHERE table_name = 'schedule' AND partition_date IN (DATE '2023-10-25', DATE '2023-10-26')",
  ]);
  await run(['upstream']);
  const followed = await run(['growing'], { dates: ['2023-10-29'] });
  // The rows of the date before were made from what has since been corrected: they prove nothing.
  expect(resultOn(followed, 'growing', '2023-10-29').outcome).toEqual({
    kind: 'written',
    state: 'done',
    rows: 2,
  });
});
