import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { hasRowProvenance } from '../../src/table/provenance.ts';
import { loadTables } from '../../src/table/table-registry.ts';
import { prepare } from '../support/run-command.ts';
import { cellOf, changeFile, differingUnits, partitionHashes } from '../support/warehouse-file.ts';
import { storedHashes } from './engines.ts';
import type { MemoryDatabase } from './googlesql/memory-database.ts';
import { smallLeague } from './small-league.ts';

const { all } = await loadTables();
const offense = 'team_offense_game_summary';
let computed: string;
const league = smallLeague('commands', 6, async ({ folder, ingested, run }) => {
  computed = join(folder, 'computed.duckdb');
  copyFileSync(ingested, computed);
  await prepare([...run, '--warehouse', computed]);
});

let ingestedThere: ReturnType<MemoryDatabase['snapshot']> | undefined;
let computedThere: ReturnType<MemoryDatabase['snapshot']> | undefined;

beforeEach(async () => {
  const { database, files, onStandIn } = league();
  if (ingestedThere) return database.restore(ingestedThere);
  expect((await onStandIn('ingest', 'simulated', ...files)).exitCode).toBe(0);
  ingestedThere = database.snapshot();
});

/** Goes on from a backfill of everything, which is made once. */
async function backfilled(): Promise<void> {
  const { database, run, onStandIn } = league();
  if (computedThere) return database.restore(computedThere);
  expect((await onStandIn(...run)).exitCode).toBe(0);
  computedThere = database.snapshot();
}

/** No table has rows without a record, or a record with another number of rows. */
function expectWhole(): void {
  const { database } = league();
  const records = database.rows('backcourt.partitions');
  for (const { name, dataset, partition } of all) {
    const counts = new Map<unknown, number>();
    for (const row of database.rows(`${dataset}.${name}`)) {
      counts.set(row[partition], (counts.get(row[partition]) ?? 0) + 1);
    }
    const own = records.filter(({ table_name }) => table_name === name);
    expect(new Set(own.map(({ partition_date }) => partition_date)).size).toBe(own.length);
    expect(Object.fromEntries(counts)).toEqual(
      Object.fromEntries(
        own
          .filter(({ row_count }) => Number(row_count) > 0)
          .map(({ partition_date, row_count }) => [partition_date, row_count]),
      ),
    );
  }
}

describe('the whole way by the command line', () => {
  test('ingest, run, status, verify and explain say what they say on DuckDB', async () => {
    const { database, dates, onStandIn, command } = league();
    await backfilled();
    expect(differingUnits(await partitionHashes(computed), storedHashes(database))).toEqual([]);
    expectWhole();
    const day = dates.at(-1) ?? '';
    for (const argv of [
      ['status'],
      ['status', '--season', '2021', '--missing'],
      ['explain', 'ml_feature_store', day],
      ['diff', 'player_game_summary', day],
    ]) {
      const there = await onStandIn(...argv);
      const here = await command(...argv, '--warehouse', computed);
      expect([there.exitCode, there.stderr]).toEqual([here.exitCode, here.stderr]);
      expect(withoutPlace(there.stdout)).toBe(withoutPlace(here.stdout));
    }
    const proofs = await onStandIn('verify', '--sample', '1', '--seed', 'a', '--tables', offense);
    expect(proofs.exitCode).toBe(0);
  });

  test('verify computes many dates in few jobs, stages nothing, and shows the rows that differ', async () => {
    const { database, dates, open, onStandIn } = league();
    await backfilled();
    const first = open.standIn.jobs.length;
    const held = await onStandIn('verify', '--sample', '2', '--seed', 'a');
    expect([held.exitCode, held.stderr]).toEqual([0, '']);
    const jobs = open.standIn.jobs.slice(first);
    expect(jobs.length).toBeLessThanOrEqual(40);
    const computations = jobs.flatMap(({ sql }) => [...sql.matchAll(/CREATE TEMP TABLE \w+/g)]);
    expect(computations.length).toBeGreaterThan(2 * 10 + 3 * 2 * 7);
    expect(new Set(computations.map(String)).size).toBe(computations.length);
    expect(jobs.filter(({ sql }) => sql.includes('OR REPLACE'))).toEqual([]);

    const [before = '', day = ''] = dates.slice(-2);
    const box = 'team_defense_game_summary';
    await database.change(
      `UPDATE nba_analytics.${box} SET opp_paint_attempts = opp_paint_attempts + 1 WHERE game_date = DATE '${before}'`,
    );
    const broken = await onStandIn('verify', '--batch-equals-daily', '--dates', day, '--json');
    expect(broken.exitCode).toBe(7);
    const found = broken.stdout
      .trim()
      .split('\n')
      .map((line): Record<string, unknown> => JSON.parse(line))
      .filter(({ type }) => type === 'difference');
    expect(found.map(({ table, date }) => [table, date])).toContainEqual([
      'team_defense_zone_analysis',
      day,
    ]);
    for (const { rows } of found) expect(rows).not.toEqual([]);
  });

  test('a plan of it reads, and writes nothing', async () => {
    const { database, run, onStandIn } = league();
    const before = database.snapshot();
    expect((await onStandIn('plan', ...run.slice(1))).exitCode).toBe(0);
    expect((await onStandIn(...run, '--dry-run')).exitCode).toBe(0);
    // What BigQuery tells of a dataset is a table here that is made for each question.
    for (const [name, table] of [...before].filter(([name]) => name.includes('.'))) {
      expect(database.tables().get(name)).toBe(table);
    }
  });
});

/** Without what differs by right: places, ids, times. */
function withoutPlace(text: string): string {
  return text
    .replaceAll(league().open.place, 'PLACE')
    .replaceAll(computed, 'PLACE')
    .replace(/ --warehouse \S+/g, '')
    .replace(/\d{8}T\d{6}Z-[0-9a-f]{6}/g, 'RUN')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replace(/[\d.]+ s\b/g, 'SECONDS');
}

describe('a price before it is paid', () => {
  const priceOf = ({ stdout }: { readonly stdout: string }): Record<string, unknown> =>
    JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}');

  test('is not less than what the run is billed; jobs and partitions are counted', async () => {
    const { open, run, onStandIn } = league();
    const argv = ['plan', ...run.slice(1)];
    const price = priceOf(await onStandIn(...argv, '--json'));
    const text = (await onStandIn(...argv)).lines.find((line) => line.startsWith('BigQuery: '));
    expect(text).toMatch(
      /^BigQuery: \d+ jobs, \d+ partition modifications; .* to read of what stands there; billed at most [\d.]+ GB, at most \$\d\.\d\d$/,
    );
    const before = open.standIn.jobs.length;
    const ran = priceOf(await onStandIn(...run, '--json'));
    const jobs = open.standIn.jobs.slice(before);
    const begins = jobs.findIndex(({ sql }) => sql.includes('INSERT INTO backcourt.runs'));
    const ends = jobs.findIndex(({ sql }) => sql.includes('UPDATE backcourt.runs'));
    const own = jobs.slice(begins + 1, ends);
    expect(price['jobs']).toBe(own.length);
    expect(price['partition_modifications']).toBeLessThan(Number(ran['written']));
    const billed = own.reduce((sum, job) => sum + job.billed, 0);
    expect(price['bytes_at_most']).toBeGreaterThan(billed);
    expect(price['bytes_at_most']).toBeLessThan(2 * billed);
    expect(price['dollars_at_most']).toBeGreaterThan((billed / 2 ** 40) * 6.25);
    expect((await onStandIn(...argv)).stdout).not.toContain('BigQuery: ');
  });

  test('day by day asks about seasons, not about every batch', async () => {
    const { open, dates, run, onStandIn } = league();
    const argv = ['plan', ...run.slice(1), '--batch-days', '1', '--json'];
    const before = open.standIn.jobs.length;
    const price = priceOf(await onStandIn(...argv));
    const dry = open.standIn.jobs.slice(before).filter(({ dryRun }) => dryRun);
    expect(dry.length).toBeLessThanOrEqual(12 * (await loadTables()).computed.length);
    // The tables of a date go together: staged in one job, committed in another.
    expect(price['jobs']).toBe(2 * dates.length);
  });

  test('nobody is billed for DuckDB', async () => {
    const { ingested, run, command } = league();
    const plan = await command('plan', ...run.slice(1), '--json', '--warehouse', ingested);
    expect(Object.keys(priceOf(plan))).not.toContain('dollars_at_most');
  });
});

describe('a cascade', () => {
  test('a corrected box score moves the same dates as on DuckDB, and nothing else', async () => {
    const { database, dates, files, folder, run, onStandIn, command } = league();
    await backfilled();
    const [logs = ''] = files;
    const day = dates[8] ?? '';
    const corrected = join(folder, 'corrected.parquet');
    await changeFile(
      ':memory:',
      `CREATE TABLE source AS FROM read_parquet('${logs}');
COPY (SELECT * REPLACE (CASE WHEN GAME_DATE LIKE '${day}%' AND PLAYER_ID = (
  SELECT MIN(PLAYER_ID) FROM source WHERE GAME_DATE LIKE '${day}%') THEN FTA + 4 ELSE FTA END AS FTA)
FROM source) TO '${corrected}' (FORMAT parquet)`,
    );
    const here = join(folder, 'cascade.duckdb');
    copyFileSync(computed, here);
    await prepare(['ingest', 'simulated', corrected, '--warehouse', here]);
    const expected = await command(...run, '--json', '--warehouse', here);

    expect((await onStandIn('ingest', 'simulated', corrected)).exitCode).toBe(0);
    const actual = await onStandIn(...run, '--json');
    expect(unitsOf(actual.stdout)).toEqual(unitsOf(expected.stdout));
    const [before, after] = [await partitionHashes(computed), storedHashes(database)];
    expect(differingUnits(await partitionHashes(here), after)).toEqual([]);
    const moved = differingUnits(before, after);
    expect(moved.length).toBeGreaterThan(3);
    expect(moved.length).toBeLessThan(before.size / 3);
    expect(moved.every((unit) => unit.slice(-10) >= day)).toBe(true);
    expectWhole();
    // The rows that came out different are the same, and no others have another run.
    const since = ['changes', '--since', '2020-01-01', '--json'];
    const changed = await command(...since, '--warehouse', here);
    // Each remembers from its own beginning on.
    const told = (lines: readonly string[]) =>
      lines.map((line) => line.replace(/"remembered_from":"[^"]*"/, '"remembered_from":"<time>"'));
    expect(told((await onStandIn(...since)).lines)).toEqual(told(changed.lines));
    expect(changed.lines.length).toBeGreaterThan(10);
    const runs = database.rows('backcourt.runs').map(({ run_id }) => String(run_id));
    const stamped = (name: string) =>
      database.rows(name).filter(({ run_id }) => run_id === runs.toSorted().at(-1)).length;
    for (const { name, dataset } of all.filter((table) => hasRowProvenance(table))) {
      const own = `SELECT COUNT(*)::INT FROM ${dataset}.${name} WHERE run_id = (SELECT MAX(run_id) FROM backcourt.runs)`;
      expect([name, stamped(`${dataset}.${name}`)]).toEqual([name, await cellOf(here, own)]);
    }
    expect((await onStandIn(...run)).lines.at(-1)).toBe('nothing to do');

    // What both remember of it is told, brought back and forgotten alike.
    const masked = (lines: readonly string[]) =>
      lines.map((line) =>
        line.replaceAll(/20\d\d-\d\d-\d\d[T ][\d:.]+Z?|\d{8}T\d{6}Z-\w+/g, '<time>'),
      );
    await sleep(1000);
    const now = new Date().toISOString().slice(0, 19);
    for (const argv of [
      ['history', 'player_game_summary', day],
      ['history', 'player_box', day, '--json'],
      ['changes', '--since', '2020-01-01', '--tables', 'player_box', '--json'],
      ['prune', '--before', now, '--json'],
      ['prune', '--before', now, '--yes', '--json'],
      ['history', 'player_box', day, '--json'],
    ]) {
      const place = await onStandIn(...argv);
      const file = await command(...argv, '--warehouse', here);
      expect([argv, place.exitCode, masked(place.lines)]).toEqual([argv, 0, masked(file.lines)]);
    }
  });

  test('a market of chosen rows is exported with its labels, as by DuckDB', async () => {
    const { folder, onStandIn, command } = league();
    await backfilled();
    const [there, here] = [join(folder, 'there.csv'), join(folder, 'here.csv')];
    const chosen = [
      '--market',
      'rebounds',
      '--with-labels',
      '--where',
      'rebounds_avg_last_10 >= 2',
    ];
    const up = await onStandIn('export', 'ml_feature_store_v2', ...chosen, '--out', there);
    const down = ['export', 'ml_feature_store_v2', ...chosen, '--out', here];
    expect([up.exitCode, up.stderr]).toEqual([0, '']);
    expect((await command(...down, '--warehouse', computed)).exitCode).toBe(0);
    expect(readFileSync(there, 'utf8')).toBe(readFileSync(here, 'utf8'));
    expect(readFileSync(there, 'utf8').split('\n').length).toBeGreaterThan(20);
  });
});

function unitsOf(stdout: string): readonly string[] {
  return stdout
    .trim()
    .split('\n')
    .map((line): Record<string, unknown> => JSON.parse(line))
    .filter(({ type }) => type === 'unit')
    .map(({ seconds: _, ...unit }) => JSON.stringify(unit));
}

/** Without an import: in this process nobody answers for `backcourt`. */
const form = (games: number) => `export const table = {
  backcourt: 'table', name: 'form', purpose: 'Form.', each: 'player',
  measures: [
    { kind: 'average', name: 'scored', of: 'player_game_summary.points', over: { kind: 'lastGames', games: ${games} }, decimals: 1 },
    { kind: 'rank', name: 'place', of: 'scored', among: 'team', first: 'highest' },
  ],
};
`;

const query = (group: string) => `-- Points so far.
-- each: player
-- reads: player_game_summary season to date
-- column: so_far INT64 points: his points
SELECT universal_player_id, ${group} AS as_of, SUM(points) AS so_far
FROM player_game_summary
GROUP BY universal_player_id${group === 'as_of' ? ', as_of' : ''}
`;

test('own tables of a project are proven, computed and made anew as on DuckDB', async () => {
  const { database, folder, dates, run, onStandIn, command } = league();
  await backfilled();
  const project = join(folder, 'project');
  const write = (name: string, text: string) => writeFileSync(join(project, 'tables', name), text);
  mkdirSync(join(project, 'tables'), { recursive: true });
  writeFileSync(
    join(project, 'backcourt.config.ts'),
    "export const project = { backcourt: 'project' };\n",
  );
  write('form.ts', form(3));
  write('so_far.sql', query('as_of'));
  write('leak.sql', query('MAX(as_of)'));
  const own = join(folder, 'own.duckdb');
  copyFileSync(computed, own);
  const inProject = (tables: string) => ['--project', project, ...run, '--tables', tables];
  expect((await command(...inProject('form,so_far'), '--warehouse', own)).exitCode).toBe(0);
  const there = await onStandIn(...inProject('form,so_far'));
  expect([there.exitCode, there.stderr]).toEqual([0, '']);
  expect(differingUnits(await partitionHashes(own), storedHashes(database))).toEqual([]);
  const leak = await onStandIn(...inProject('leak'));
  expect([leak.exitCode, leak.stdout]).toEqual([
    3,
    expect.stringMatching(/leak\.sql: \S+ (mixes dates|looks ahead).*nothing was written/),
  ]);
  write('form.ts', form(2));
  const day = ['--dates', dates.at(-1) ?? '', '--tables', 'form'];
  const changed = await onStandIn('--project', project, 'run', '--backfill', ...day);
  expect([changed.exitCode, changed.stderr]).toEqual([
    0,
    expect.stringMatching(
      /^my_tables\.form: its definition has changed; 1 date made anew, \d+ dates/,
    ),
  ]);
  const again = await onStandIn('--project', project, 'run', '--backfill', ...day);
  expect(again.stdout.trimEnd().endsWith('nothing to do')).toBe(true);
  // Other columns, a type among them and one that may be NULL now.
  write('so_far.sql', query('as_of').replace('so_far INT64', 'so_far NUMERIC(9,2)'));
  write('form.ts', form(2).replaceAll("'scored'", "'other'"));
  const narrow = await onStandIn('--project', project, 'run', '--backfill', ...day);
  expect([narrow.exitCode, narrow.stdout]).toEqual([
    3,
    expect.stringContaining('its columns have changed, so that all its dates are made anew'),
  ]);
  for (const place of [
    () => onStandIn(...inProject('form,so_far')),
    () => command(...inProject('form,so_far'), '--warehouse', own),
  ]) {
    const anew = await place();
    expect([anew.exitCode, anew.stderr]).toEqual([
      0,
      expect.stringContaining('my_tables.so_far: its columns have changed; it is made anew, and'),
    ]);
  }
  expect(differingUnits(await partitionHashes(own), storedHashes(database))).toEqual([]);
});

describe('a failed date', () => {
  test('fails alone, is listed, and retry works it again when it is mended', async () => {
    const { database, dates, run, onStandIn } = league();
    const bad = dates[3] ?? '';
    const box = 'nba_raw.player_box';
    // The box scores of one side of a game are hidden; the other side then stands alone.
    await database.change(
      `UPDATE ${box} SET nba_game_id = CONCAT('X', nba_game_id) WHERE game_date = DATE '${bad}' AND team_abbr = (SELECT MIN(team_abbr) FROM ${box} WHERE game_date = DATE '${bad}')`,
    );
    const failed = await onStandIn(...run, '--tables', offense);
    expect(failed.exitCode).toBe(3);
    expect(failed.stdout).toContain(`--dates ${bad}`);
    expectWhole();
    const still = await onStandIn('retry');
    expect([still.exitCode, still.stdout.includes('1 unit: 0 written')]).toEqual([3, true]);
    await database.change(
      `UPDATE ${box} SET nba_game_id = SUBSTR(nba_game_id, 2) WHERE game_date = DATE '${bad}' AND STARTS_WITH(nba_game_id, 'X')`,
    );
    const cured = await onStandIn('retry');
    expect([cured.exitCode, cured.stdout.includes('1 unit: 1 written')]).toEqual([0, true]);
    expect((await onStandIn('retry')).lines[0]).toMatch(/^nothing left to retry/);
    expectWhole();
  });
});

describe('a run that is cut off', () => {
  test.each([
    ['of one table', offense],
    ['of a chain of two', `${offense},team_defense_game_summary`],
  ])(
    '%s, before or after any job from its beginning to its end, leaves rows and records that agree, and is resumed',
    async (_, tables) => {
      const { database, open, dates, onStandIn } = league();
      const start = ingestedThere ?? database.snapshot();
      const days = dates.slice(0, 4).join(',');
      const work = ['run', '--backfill', '--dates', days, '--tables', tables, '--batch-days', '2'];
      const first = open.standIn.jobs.length;
      expect((await onStandIn(...work)).exitCode).toBe(0);
      const jobs = open.standIn.jobs.slice(first);
      const begins = jobs.findIndex(({ sql }) => sql.includes('INSERT INTO backcourt.runs'));
      const ends = jobs.findIndex(({ sql }) => sql.includes('UPDATE backcourt.runs'));
      const whole = storedHashes(database);
      // It begins, stages and commits twice, and ends.
      expect(ends - begins).toBe(5);
      for (const when of ['before', 'after'] as const) {
        for (let skip = begins; skip <= ends; skip += 1) {
          database.restore(start);
          open.standIn.inject({ sql: /./, times: 1, skip, happens: { kind: 'break', when } });
          const broken = await onStandIn(...work);
          open.standIn.heal();
          expect([when, skip, broken.exitCode]).toEqual([when, skip, 8]);
          expectWhole();
          expect((await onStandIn(...work)).exitCode).toBe(0);
          expect(differingUnits(whole, storedHashes(database))).toEqual([]);
        }
      }
    },
  );
});
