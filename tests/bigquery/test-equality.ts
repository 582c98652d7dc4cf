import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  loadTables,
  makeTableRegistry,
  type TableRegistry,
} from '../../src/table/table-registry.ts';
import type { DuckDbWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { backfillEverything } from '../equality/filled-warehouse.ts';
import { randomTables } from '../support/random-measures.ts';
import { printedSeed, randomNumbers } from '../support/random-numbers.ts';
import { deriveFromStored } from './derive-from-stored.ts';
import { differentHashes, differentRows, type Engines, ledgerOf, makeEngines } from './engines.ts';
import { type GoogleSqlService, startGoogleSql } from './googlesql/googlesql-service.ts';

const builtIn = await loadTables();
// Tables of one's own go through everything that the built-in ones do.
const { own } = randomTables(builtIn, randomNumbers(printedSeed('own tables on both engines')));
const tables = makeTableRegistry([...builtIn.all, ...own]);
const rawTables = tables.all.filter(({ dataset }) => dataset === 'nba_raw');

/** What a warehouse in memory is filled with; `folder` is for files. */
export type EqualitySource = (tables: TableRegistry, folder: string) => Promise<DuckDbWarehouse>;

/** Computes every table of a source with GoogleSQL and with DuckDB, and holds rows, hashes and ledgers together. */
export function testEquality(title: string, source: EqualitySource): void {
  describe(`GoogleSQL and DuckDB, ${title}`, () => {
    let directory: string;
    let service: GoogleSqlService;
    let engines: Engines;

    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), 'backcourt-googlesql-'));
      service = await startGoogleSql();
      engines = await makeEngines(tables, service, await source(tables, directory));
    });
    afterAll(async () => {
      await engines?.close();
      await service?.stop();
      await rm(directory, { recursive: true, force: true });
    });
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
}
