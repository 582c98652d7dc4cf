import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gameDate } from '../../src/calendar/game-date.ts';
import { makeSeasonCalendar } from '../../src/calendar/season-calendar.ts';
import { arrivedName, stageRows } from '../../src/copy/bring-rows.ts';
import { replaceStatements } from '../../src/copy/move-statements.ts';
import { readHistory } from '../../src/history/read-history.ts';
import { emptyRecord } from '../../src/ingest/raw/replace-raw-dates.ts';
import { keptName } from '../../src/ledger/change-statements.ts';
import { makeLedgerSnapshot } from '../../src/ledger/ledger-snapshot.ts';
import { onDates } from '../../src/ledger/ledger-statements.ts';
import { exclusionsTable, ledgerTables, partitionsTable } from '../../src/ledger/ledger-tables.ts';
import { gatherEvidence } from '../../src/ledger/partition-evidence.ts';
import { readEntityFate, readExclusions } from '../../src/ledger/read-exclusions.ts';
import { readDataKind, readLedger } from '../../src/ledger/read-ledger.ts';
import { readLatestRun, readRun, readRunIds, readRunStart } from '../../src/ledger/read-run.ts';
import { fetchSchedule } from '../../src/ledger/read-schedule.ts';
import {
  forgetStatements,
  readRemembered,
  sizeOfChanges,
} from '../../src/ledger/remembered-changes.ts';
import { removalStatements } from '../../src/ledger/removal-statements.ts';
import { commitStatements, keptStaging } from '../../src/run/commit/commit-statements.ts';
import { batchContext } from '../../src/run/stage/batch-context.ts';
import { stagedName } from '../../src/run/work/batch-request.ts';
import { string, timestamp } from '../../src/sql/column.ts';
import { googlesqlDialect } from '../../src/sql/googlesql-dialect.ts';
import { partitionHash } from '../../src/table/partition-hash.ts';
import { storedColumns } from '../../src/table/provenance.ts';
import { canonicalContext } from '../../src/table/sql-context.ts';
import { stagedSelect } from '../../src/table/staged-select.ts';
import { type ComputedTable, qualifiedName } from '../../src/table/table-definition.ts';
import { isComputed, loadTables } from '../../src/table/table-registry.ts';
import { unitOptions } from '../../src/table/unit-options.ts';
import { compareRows } from '../../src/verify/compare-rows.ts';
import { probeContext } from '../../src/verify/probe-context.ts';
import { readChanges } from '../../src/verify/read-changes.ts';
import { verifyHashes } from '../../src/verify/verify-hashes.ts';
import { createTableStatement, stagingTableStatement } from '../../src/warehouse/bigquery/ddl.ts';
import type { Warehouse } from '../../src/warehouse/warehouse.ts';
import { makeWindowResolver } from '../../src/window/window-dates.ts';
import { aRecord } from '../support/a-record.ts';
import { inspectStaged } from '../support/inspect-staged.ts';
import { googleSqlType } from './googlesql/cell-values.ts';
import { type GoogleSqlService, startGoogleSql } from './googlesql/googlesql-service.ts';
import { catalogOf } from './googlesql/memory-database.ts';
import { refusedByBigQuery } from './googlesql/resolved-tree.ts';

const tables = await loadTables();
const computed = tables.all.filter(isComputed);
let service: GoogleSqlService;

beforeAll(async () => {
  service = await startGoogleSql();
});
afterAll(() => service?.stop());

/** Every table as its definition says it is stored. */
const stored = new Map(
  [...ledgerTables, ...tables.all].map((table) => [
    qualifiedName(table),
    { columns: googleColumns(storedColumns(table)) },
  ]),
);

function googleColumns(columns: ReturnType<typeof storedColumns>) {
  return columns.map(({ name, type }) => ({ name, type: googleSqlType(type) }));
}

const days = ['2023-11-14', '2023-11-15', '2023-11-17'].map(gameDate);
const seasonStart = gameDate('2023-10-24');
const targets = days.map((date) => ({
  date,
  seasonYear: 2023,
  seasonStart,
  unbrokenSince: seasonStart,
}));
const calendar = makeSeasonCalendar(
  days.map((date) => ({ date, seasonYear: 2023, games: 1, teams: ['BOS', 'NYK'], finalTeams: [] })),
  new Set(),
  new Map(),
  new Set(),
);

/** GoogleSQL understands it, and it has nothing that BigQuery alone refuses. */
async function expectAccepted(sql: string, relations: typeof stored): Promise<void> {
  expect(refusedByBigQuery(await service.resolve(sql, catalogOf(relations)))).toEqual([]);
}

/** A warehouse without rows: what it is asked is analyzed, nothing more. */
function analyzingWarehouse(relations: typeof stored): Warehouse {
  const analyze = (sql: string) => expectAccepted(sql, relations);
  return {
    location: 'nowhere',
    dialect: googlesqlDialect,
    query: async (sql) => {
      await analyze(sql);
      return [];
    },
    queryEach: async (selects) => {
      for (const select of selects) await analyze(select);
      return [];
    },
    queriesAtOnce: 1,
    stageSql: (_, select) => select,
    stage: (_, select) => analyze(select),
    stageAll: async (stagings, question) => {
      for (const { select } of stagings) await analyze(select);
      await analyze(question);
      return [];
    },
    dropStage: async () => {},
    commit: async (statements) => {
      for (const statement of statements) await analyze(statement);
      return [];
    },
    write: analyze,
    writeRowFile: async (select) => {
      await analyze(select);
      return 0;
    },
    stageRowFile: async () => {},
    close: async () => {},
  };
}

/** The relation that a table's SELECT is staged in. */
function withStaged(table: ComputedTable): typeof stored {
  const texts = ['exclusion_reason', 'data_hash'].map((name) => ({
    name,
    type: { typeKind: 'TYPE_STRING' } as const,
  }));
  return new Map([
    ...stored,
    [stagedName(table), { columns: [...googleColumns(table.columns), ...texts] }],
  ]);
}

describe.each(computed.map((table) => [table.name, table] as const))('%s', (_, table) => {
  test('is computed by SQL that GoogleSQL accepts', async () => {
    const windows = makeWindowResolver(calendar);
    const context = batchContext(
      googlesqlDialect,
      { tables, windows },
      table,
      unitOptions(table, {}),
      targets,
    );
    await expectAccepted(stagedSelect(table, context, targets), stored);
  });

  test('has an equality in every outer join, without which BigQuery refuses it', () => {
    const context = canonicalContext(googlesqlDialect);
    const joins = [
      ...stagedSelect(table, context, targets).matchAll(
        /\b(?:LEFT|RIGHT|FULL)(?: OUTER)? JOIN\b[\s\S]*?\bON ([^\n]+)/g,
      ),
    ].map(([, condition = '']) => condition);
    expect(
      joins.filter((condition) => !/^[\w.]+(\([\w. ]+\))? = \w+\.\w+$/.test(condition)),
    ).toEqual([]);
  });

  test('is inspected and checked by SQL that GoogleSQL accepts', async () => {
    await inspectStaged(analyzingWarehouse(withStaged(table)), table, stagedName(table));
  });
});

const futures = ['as it was', 'taken away', 'replaced by noise'] as const;

describe.each(
  computed.filter(({ phase }) => phase !== 'raw').map((table) => [table.name, table] as const),
)('%s', (_, table) => {
  test.each(futures)('is probed with the future %s by such SQL', async (future) => {
    const warehouse = analyzingWarehouse(stored);
    const world = { tables, calendar, windows: makeWindowResolver(calendar) };
    const [, target] = targets;
    if (!target) throw new Error('no date');
    const unit = { table, date: target.date, options: unitOptions(table, {}) };
    const select = stagedSelect(table, probeContext(warehouse.dialect, world, unit, future), [
      target,
    ]);
    await expectAccepted(select, stored);
  });

  test('is replaced and removed by such SQL where it was written before, and what changed is told', async () => {
    const now = '2026-01-01T00:00:00Z';
    const kept = ['kept_run_id', 'kept_code_version', 'kept_hash'].map((name) => string(name, ''));
    const columns = googleColumns([...kept, timestamp('kept_processed_at', '')]);
    const warehouse = analyzingWarehouse(
      new Map([...withStaged(table), [keptName(table), { columns }]]),
    );
    const sql = googlesqlDialect;
    const records = days.slice(1).map((date) => aRecord(table.name, date));
    const world = { codeVersion: () => 'x', ledger: makeLedgerSnapshot(records) };
    const options = unitOptions(table, {});
    const request = { runId: 'x', table, dates: days, options, allowShrink: false };
    const staging = keptStaging(sql, world, request, days);
    await warehouse.stage(staging?.name ?? '', staging?.select ?? '');
    const content = { written: days, settled: days, records };
    await warehouse.commit(commitStatements(sql, world, request, content, now));
    await warehouse.commit(removalStatements(sql, table, days, { runId: 'x', now }));
    const told = {
      dialect: sql,
      query: async (select: string) => {
        await warehouse.query(select);
        const [partition_date = ''] = days;
        return [{ table_name: table.name, partition_date, change_count: 1 }];
      },
    };
    await readChanges(told, {
      tables: [table],
      since: sql.timestamp(now),
      dates: days,
      keys: ['k'],
    });
  });

  test('is compared row by row by such SQL', async () => {
    const warehouse = analyzingWarehouse(stored);
    const name = qualifiedName(table);
    await compareRows(warehouse, table, [{ was: name, is: name }]);
    await readEntityFate(warehouse, table, days[0] ?? seasonStart, 'BOS');
    await readExclusions(warehouse, table.name, days[0] ?? seasonStart);
    const ledger = makeLedgerSnapshot([]);
    await verifyHashes(warehouse, ledger, [
      { table, range: days, sampled: days, isInRange: () => true },
    ]);
  });
});

describe.each(tables.all.map((table) => [table.name, table] as const))('%s', (_, table) => {
  test('is hashed by SQL that GoogleSQL accepts', async () => {
    const { data, keys = "''" } = partitionHash(table, googlesqlDialect);
    const sql = `SELECT ${data}, ${keys} FROM ${qualifiedName(table)} GROUP BY ${table.partition}`;
    await expectAccepted(sql, stored);
  });

  test('moves, arrives and is replaced by such SQL', async () => {
    const arrived = [table, partitionsTable, exclusionsTable].map(
      (own) => [arrivedName(own), { columns: googleColumns(storedColumns(own)) }] as const,
    );
    const warehouse = analyzingWarehouse(new Map([...stored, ...arrived]));
    const dates = onDates(googlesqlDialect, table.partition, days);
    await stageRows({ source: warehouse, target: warehouse, folder: '' }, table, dates);
    await gatherEvidence(
      warehouse,
      table,
      `(SELECT * FROM ${qualifiedName(table)} WHERE ${dates})`,
    );
    await gatherEvidence(warehouse, table, arrivedName(table));
    const writer = { warehouse, runId: 'x', codeVersion: 'x', now: '2026-01-01T00:00:00Z' };
    const records = days.map((date) => ({
      ...emptyRecord({ ...writer, allowShrink: false, ledger: makeLedgerSnapshot([]) }, 't', date),
      rows: 1,
    }));
    await warehouse.commit(
      replaceStatements(
        googlesqlDialect,
        { table, records, replaces: true },
        { runId: 'x', now: writer.now },
      ),
    );
    for (const day of days.slice(0, 1)) await readHistory(warehouse, table, day, ['k']);
    await warehouse.commit(
      removalStatements(googlesqlDialect, table, days, { runId: 'x', now: '2026-01-01T00:00:00Z' }),
    );
  });

  test('is made, and staged empty, by such SQL', async () => {
    const statement = createTableStatement(table);
    await service.analyze(statement, catalogOf(new Map()));
    await service.analyze(
      stagingTableStatement('p.d.t', storedColumns(table)),
      catalogOf(new Map()),
    );
  });
});

test('the ledger is read by SQL that GoogleSQL accepts', async () => {
  const warehouse = analyzingWarehouse(stored);
  await readDataKind(warehouse);
  await readLedger(warehouse);
  await fetchSchedule(warehouse);
  await readRun(warehouse, 'x');
  await readLatestRun(warehouse);
  await readRunIds(warehouse, ['run', 'retry']);
  await readRunStart(warehouse, 'x');
  await sizeOfChanges(warehouse);
  await readRemembered(warehouse, googlesqlDialect.timestamp('2026-01-01T00:00:00Z'));
  await warehouse.commit(forgetStatements(googlesqlDialect, '2026-01-01T00:00:00Z'));
});

test('the text of a definition can be made without dates', () => {
  for (const table of computed) stagedSelect(table, canonicalContext(googlesqlDialect), []);
});
