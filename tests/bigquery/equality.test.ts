import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeSimulatedLeague } from '../../simulation/write-simulated-league.ts';
import { loadTables, makeTableRegistry } from '../../src/table/table-registry.ts';
import { disturbances } from '../equality/disturbances.ts';
import { backfillEverything, ingestedWarehouse } from '../equality/filled-warehouse.ts';
import { randomTables } from '../support/random-measures.ts';
import { printedSeed, randomNumbers } from '../support/random-numbers.ts';
import { announceRealData, realDataFolder, realFiles } from '../support/real-data.ts';
import { deriveFromStored } from './derive-from-stored.ts';
import { differentHashes, differentRows, type Engines, ledgerOf, makeEngines } from './engines.ts';
import { type GoogleSqlService, startGoogleSql } from './googlesql/googlesql-service.ts';

const builtIn = await loadTables();
// Tables of one's own go through everything that the built-in ones do.
const { own } = randomTables(builtIn, randomNumbers(printedSeed('own tables on both engines')));
const tables = makeTableRegistry([...builtIn.all, ...own]);
const rawTables = tables.all.filter(({ dataset }) => dataset === 'nba_raw');
let directory: string;
let service: GoogleSqlService;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'backcourt-googlesql-'));
  service = await startGoogleSql();
});

afterAll(async () => {
  await service?.stop();
  await rm(directory, { recursive: true, force: true });
});

async function simulatedLeague() {
  const paths = await writeSimulatedLeague({
    directory,
    seasons: 1,
    gamesPerTeam: 14,
    postseason: false,
    seed: 23,
  });
  const duckdb = await ingestedWarehouse(tables, paths, 'simulated');
  for (const sql of disturbances) await duckdb.run(sql);
  return duckdb;
}

/** The first weeks of the season of the vectors: the rest of the files is taken away again. */
async function realWeeks() {
  const duckdb = await ingestedWarehouse(tables, realFiles('2023-24'), 'real');
  const last = "DATE '2023-11-12'";
  for (const { name, partition } of rawTables) {
    await duckdb.run(`DELETE FROM nba_raw.${name} WHERE ${partition} > ${last}`);
  }
  await duckdb.run(`DELETE FROM backcourt.partitions WHERE partition_date > ${last}`);
  return duckdb;
}

announceRealData('GoogleSQL and DuckDB on real data');
const sources = [
  ['four weeks of a disturbed simulated league', simulatedLeague] as const,
  ...(realDataFolder === undefined ? [] : [['three weeks of real data', realWeeks] as const]),
];

describe.each(sources)('GoogleSQL and DuckDB, %s', (_, source) => {
  let engines: Engines;

  beforeAll(async () => {
    engines = await makeEngines(tables, service, await source());
  });
  afterAll(() => engines?.close());

  test.each(rawTables.map((table) => [table.name, table] as const))(
    '%s hashes equally',
    async (__, table) => {
      expect(await differentHashes(engines, table)).toEqual([]);
    },
  );

  test('the schedule that follows from the box scores is equal', async () => {
    const expected = await deriveFromStored(tables, engines.duckdb);
    expect(expected.length).toBeGreaterThan(30);
    expect(await deriveFromStored(tables, engines.google)).toEqual(expected);
  });

  test('the backfill of every table goes the same way', async () => {
    const expected = await backfillEverything(tables, engines.duckdb);
    const startedMs = performance.now();
    const actual = await backfillEverything(tables, engines.google, { batchDays: 7 });
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
    process.stderr.write(`GoogleSQL: ${actual.rowsWritten} rows written in ${seconds} s\n`);
    expect(actual.failed).toEqual([]);
    expect({ ...actual, seconds: 0 }).toEqual({ ...expected, seconds: 0 });
    expect(actual.written).toBeGreaterThan(7 * tables.computed.length);
  });

  test.each(tables.computed.map((table) => [table.name, table] as const))(
    '%s: equal rows',
    async (__, table) => {
      expect(await differentRows(engines, table)).toEqual([]);
    },
  );

  test('the ledger says the same: states, rows, hashes, exclusions', async () => {
    expect(await ledgerOf(engines.google)).toEqual(await ledgerOf(engines.duckdb));
  });
});
