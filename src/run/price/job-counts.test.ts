import { expect, test } from 'vitest';
import { aRecord } from '../../../tests/support/a-record.ts';
import { gameDate } from '../../calendar/game-date.ts';
import { makeSeasonCalendar } from '../../calendar/season-calendar.ts';
import { makeLedgerSnapshot } from '../../ledger/ledger-snapshot.ts';
import type { PartitionRecord } from '../../ledger/partition-record.ts';
import { makePlan } from '../../plan/make-plan.ts';
import { duckdbDialect } from '../../sql/duckdb-dialect.ts';
import { qualifiedName } from '../../table/table-definition.ts';
import { loadTables } from '../../table/table-registry.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { makeWorld } from '../../world/make-world.ts';
import { planStatements } from '../batch-statements.ts';
import { jobCounts } from './job-counts.ts';

const date = gameDate('2023-10-24');
const tables = await loadTables();

/** The statements that a run sends for one date of one table, of which records are given. */
function statementsOf(table: string, records: readonly PartitionRecord[]): readonly string[] {
  const calendar = makeSeasonCalendar([
    { date, seasonYear: 2023, games: 1, teams: ['BOS', 'DEN'], finalTeams: ['BOS', 'DEN'] },
  ]);
  const today = gameDate('2026-01-15');
  const world = makeWorld({ tables, calendar, ledger: makeLedgerSnapshot(records), today });
  const warehouse = {
    dialect: duckdbDialect,
    stageSql: (name: string, select: string) => `CREATE TEMP TABLE ${name} AS ${select}`,
  } as Warehouse;
  const clock = { now: () => '', today: () => today, elapsedMs: () => 0 };
  const request = { tables: [table], dates: [date], backfillMode: true, options: {} };
  const [unit] = makePlan(world, request).units;
  if (!unit) throw new Error('no unit');
  // Whatever its inputs: what it would send counts.
  const plan = { request, units: [{ ...unit, action: 'run' as const }] };
  const run = {
    runId: 'r',
    verb: 'run' as const,
    request: '{}',
    codeVersion: '',
    who: '',
    startedAt: '',
  };
  return planStatements(
    { warehouse, clock, world },
    plan,
    { ...run, reason: undefined },
    {
      batchDays: 1,
      maxFailures: 1,
      allowShrink: false,
      stop: new AbortController().signal,
    },
  )
    .filter(({ table: about }) => about === table)
    .map(({ sql }) => sql);
}

const cases = tables.computed.flatMap((table) =>
  [false, true].map((replaces) => [table.name, replaces, table] as const),
);

test.each(cases)('%s, replaces: %s', (name, replaces, table) => {
  const statements = statementsOf(name, replaces ? [aRecord(name, date)] : []);
  const count = (pattern: RegExp) => statements.filter((sql) => pattern.test(sql)).length;
  expect({
    jobs: count(new RegExp(`^CREATE TEMP TABLE kept_${name}\\b`)),
    readsRows: count(new RegExp(`FROM ${qualifiedName(table)}\\b`)),
    readsStaged: count(new RegExp(`FROM staged_${name}\\b`)),
    readsLedger: count(/\bFROM backcourt\.(partitions|exclusions)\b/),
    fills: count(/^(CREATE|INSERT)\b/),
  }).toEqual(jobCounts(table, replaces));
});
