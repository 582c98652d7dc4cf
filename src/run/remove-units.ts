import { type GameDate, gameDate } from '../calendar/game-date.ts';
import { distrustReaders, distrustStatements } from '../ledger/distrust-readers.ts';
import type { LedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import { onDates } from '../ledger/ledger-statements.ts';
import { removalStatements } from '../ledger/removal-statements.ts';
import { shrinkReason } from '../ledger/shrink-reason.ts';
import type { PlannedUnit } from '../plan/plan.ts';
import { type ComputedTable, qualifiedName } from '../table/table-definition.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import type { Reader } from '../warehouse/warehouse.ts';
import type { RunEngine } from '../world/run-engine.ts';
import type { UnitOutcome, UnitResult } from './work/unit-result.ts';

/** The units of a plan whose rows are to go, by table in the order of the plan. */
export function removals(
  tables: TableRegistry,
  units: readonly PlannedUnit[],
): readonly {
  readonly table: ComputedTable;
  readonly units: readonly PlannedUnit[];
  readonly dates: readonly GameDate[];
}[] {
  const own = units.filter(({ action }) => action === 'remove');
  return [...Map.groupBy(own, ({ table }) => table)].map(([name, group]) => ({
    table: tables.computedTable(name),
    units: group,
    dates: group.map(({ date }) => date),
  }));
}

/**
 * Removes what stands where nothing is supposed to be, one commit per table. Recorded rows are only given up
 * where that is allowed; rows that no record knows are counted where they stand.
 */
export async function removeUnits(
  { warehouse, world, clock }: RunEngine,
  units: readonly PlannedUnit[],
  { runId, allowShrink }: { readonly runId: string; readonly allowShrink: boolean },
): Promise<readonly UnitResult[]> {
  const results: UnitResult[] = [];
  for (const { table, units: own, dates } of removals(world.tables, units)) {
    const standing = await countRows(warehouse, table, dates);
    const excluding = await datesWithExclusions(warehouse, table, dates);
    const outcomes = own.map((unit) => {
      const rows = standing.get(unit.date) ?? 0;
      const isBare = rows === 0 && !excluding.has(unit.date);
      return { unit, outcome: outcomeOf(world.ledger, unit, rows, isBare, allowShrink) };
    });
    const removed = outcomes
      .filter(({ outcome }) => outcome.kind === 'removed')
      .map(({ unit: { date } }) => date);
    if (removed.length > 0) {
      const sql = warehouse.dialect;
      // What has read rows that nobody recorded cannot tell by their hash that they are gone.
      const unrecorded = removed.filter(
        (date) => standing.has(date) && !world.ledger.get(table.name, date)?.rows,
      );
      const mended = { table: table.name, dates: unrecorded };
      await warehouse.commit([
        ...removalStatements(sql, table, removed, { runId, now: clock.now() }),
        ...distrustStatements(sql, world.tables, mended),
      ]);
      for (const date of removed) world.ledger.remove(table.name, date);
      distrustReaders(world.ledger, world.tables, mended);
    }
    for (const { unit, outcome } of outcomes) {
      const { date, upstream } = unit;
      results.push({ table: table.name, date, outcome, seconds: 0, upstream, warnings: [] });
    }
  }
  return results;
}

function outcomeOf(
  ledger: LedgerSnapshot,
  { table, date, state, reason, remedy }: PlannedUnit,
  rows: number,
  isBare: boolean,
  allowShrink: boolean,
): UnitOutcome {
  const record = ledger.get(table, date);
  if (isBare && record === undefined) {
    return state === 'not_loaded'
      ? { kind: 'blocked', state, reason, remedy }
      : { kind: 'skipped', state, reason, rows: undefined };
  }
  const shrink = allowShrink ? undefined : shrinkReason(record, 0);
  if (!shrink) return { kind: 'removed', rows, reason };
  return {
    kind: 'blocked',
    state: 'blocked',
    reason: { kind: 'removal_refused', because: reason, shrink },
    remedy: undefined,
  };
}

async function countRows(
  warehouse: Reader,
  table: ComputedTable,
  dates: readonly GameDate[],
): Promise<ReadonlyMap<GameDate, number>> {
  const rows = await warehouse.query(`
SELECT CAST(${table.partition} AS STRING) AS partition_date, COUNT(*) AS row_count
FROM ${qualifiedName(table)}
WHERE ${onDates(warehouse.dialect, table.partition, dates)}
GROUP BY ${table.partition}`);
  return new Map(
    rows.map((row) => [gameDate(String(row['partition_date'])), Number(row['row_count'])]),
  );
}

/** Entities may be left out of a date that no record knows. */
async function datesWithExclusions(
  { dialect: sql, query }: Reader,
  { name }: ComputedTable,
  dates: readonly GameDate[],
): Promise<ReadonlySet<GameDate>> {
  const rows = await query(`
SELECT DISTINCT CAST(partition_date AS STRING) AS partition_date
FROM backcourt.exclusions
WHERE table_name = ${sql.string(name)}
  AND ${onDates(sql, 'partition_date', dates)}`);
  return new Set(rows.map((row) => gameDate(String(row['partition_date']))));
}
