import { expect, test } from 'vitest';
import { gameDate } from '../../calendar/game-date.ts';
import { makeSeasonCalendar } from '../../calendar/season-calendar.ts';
import { makeLedgerSnapshot } from '../../ledger/ledger-snapshot.ts';
import { makePlan } from '../../plan/make-plan.ts';
import { duckdbDialect } from '../../sql/duckdb-dialect.ts';
import { loadTables } from '../../table/table-registry.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { makeWorld } from '../../world/make-world.ts';
import { planStatements } from '../batch-statements.ts';
import { jobCounts } from './job-counts.ts';

const date = gameDate('2023-10-24');
const tables = await loadTables();

/** The statements that a run sends for one date of one table. */
function statementsOf(table: string): readonly string[] {
  const calendar = makeSeasonCalendar([
    { date, seasonYear: 2023, games: 1, teams: ['BOS', 'DEN'], finalTeams: ['BOS', 'DEN'] },
  ]);
  const today = gameDate('2026-01-15');
  const world = makeWorld({ tables, calendar, ledger: makeLedgerSnapshot([]), today });
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

test.each(tables.computed.map((table) => [table.name, table] as const))('%s', (name, table) => {
  const statements = statementsOf(name);
  const count = (pattern: RegExp) => statements.filter((sql) => pattern.test(sql)).length;
  expect({
    readsStaged: count(new RegExp(`FROM staged_${name}\\b`)),
    readsLedger: count(/\bFROM backcourt\.(partitions|exclusions)\b/),
    fills: count(/^(CREATE|INSERT)\b/),
  }).toEqual(jobCounts(table));
});
