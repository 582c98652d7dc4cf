/**
 * What a plan costs on BigQuery, before it is paid: an upper bound. What stands there is asked of dry runs,
 * which are free. What the plan itself writes before it reads it no dry run knows: it is bounded by the
 * rows that a date can have and the bytes that a row can have.
 */
import type { GameDate } from '../../calendar/game-date.ts';
import { lowerBound, type SeasonCalendar } from '../../calendar/season-calendar.ts';
import { wasWritten } from '../../ledger/partition-record.ts';
import type { RunRecord } from '../../ledger/run-record.ts';
import type { Plan, PlannedUnit } from '../../plan/plan.ts';
import { type ComputedTable, columnsRead } from '../../table/table-definition.ts';
import { isComputed } from '../../table/table-registry.ts';
import type { RunEngine } from '../../world/run-engine.ts';
import type { World } from '../../world/world.ts';
import { batchSelect } from '../stage/batch-select.ts';
import type { BatchRequest } from '../work/batch-request.ts';
import type { RunSettings } from '../work/run-settings.ts';
import { workToRun } from '../work/work-to-run.ts';
import { jobCounts, jobsOfWork } from './job-counts.ts';
import { mostDateBytes } from './most-date-bytes.ts';

export interface PlanPrice {
  /** Jobs that the batches are; a dozen more open and close the run. */
  readonly jobs: number;
  /** Partitions, of a month each, that are emptied and filled. */
  readonly partitionModifications: number;
  /** What the staging queries would read, at most, of what stands there now. */
  readonly bytes: number;
  /** Bytes that can be billed at most, the rows included that the plan itself writes before it reads them. */
  readonly bytesAtMost: number;
  readonly dollarsAtMost: number;
}

/** The price on demand in the US, by cloud.google.com/bigquery/pricing; the first TiB of a month is free. */
const dollarsPerTebibyte = 6.25;
/** BigQuery bills at least so much per table that a statement reads, however often it names it. */
const leastBytes = 10 * 2 ** 20;
/** A record and the exclusions of its date have at most so many bytes. */
const mostLedgerBytes = 1500;
/** Beyond so many batches, those of a season are asked about together: windows never leave a season. */
const mostDryRunsPerTable = 12;

/** @returns `undefined` where nobody is billed. @throws WarehouseError */
export async function pricePlan(
  { warehouse, world }: RunEngine,
  plan: Plan,
  run: Pick<RunRecord, 'runId'>,
  settings: Pick<RunSettings, 'batchDays' | 'allowShrink'>,
): Promise<PlanPrice | undefined> {
  if (warehouse.bytesOf === undefined) return undefined;
  const works = workToRun(world, plan, run, settings);
  const batches = works.flat();
  const written = datesWritten(plan.units);
  const ledgerBytes = billed(mostLedgerBytes * recordsAfter(world, plan.units));
  let [jobs, partitionModifications, bytes, bytesAtMost] = [jobsOfWork * works.length, 0, 0, 0];
  for (const group of groupsOf(world.calendar, batches)) {
    const [first] = group;
    if (!first) continue;
    const dates = [...new Set(group.flatMap((batch) => batch.dates))].sort();
    // What a chain stages before it is not there yet, and cannot be asked about.
    const request = { table: first.table, options: first.options, dates };
    const read = await warehouse.bytesOf(batchSelect(warehouse.dialect, world, request));
    for (const batch of group) {
      const own = world.ledger.of(batch.table.name);
      const counts = jobCounts(
        batch.table,
        batch.dates.some((date) => wasWritten(own.get(date))),
      );
      jobs += counts.jobs;
      const rows = billed(datesBytes(world.calendar, batch.table, batch.dates));
      partitionModifications += 2 * new Set(batch.dates.map((date) => date.slice(0, 7))).size;
      bytes += read;
      bytesAtMost += read + inputsAtMost(world, written, batch);
      bytesAtMost +=
        (counts.readsStaged + counts.readsRows) * rows +
        counts.readsLedger * ledgerBytes +
        counts.fills * leastBytes;
    }
  }
  return {
    jobs,
    partitionModifications,
    bytes,
    bytesAtMost,
    dollarsAtMost: Math.ceil((bytesAtMost / 2 ** 40) * dollarsPerTebibyte * 100) / 100,
  };
}

/** Collects by table the dates that the plan writes, ascending. */
function datesWritten(units: readonly PlannedUnit[]): ReadonlyMap<string, readonly GameDate[]> {
  const working = units.filter(({ action }) => action === 'run');
  return new Map(
    [...Map.groupBy(working, ({ table }) => table)].map(([table, own]) => [
      table,
      own.map(({ date }) => date).sort(),
    ]),
  );
}

function recordsAfter({ ledger, tables }: World, units: readonly PlannedUnit[]): number {
  const recorded = tables.all.reduce((sum, { name }) => sum + ledger.of(name).size, 0);
  return recorded + units.filter(({ action, rows }) => action === 'run' && !rows).length;
}

/** Batches that one dry run answers for. */
function groupsOf(
  calendar: SeasonCalendar,
  batches: readonly BatchRequest[],
): readonly (readonly BatchRequest[])[] {
  const byTable = Map.groupBy(batches, ({ table }) => table.name);
  return [...byTable.values()].flatMap((own) => {
    if (own.length <= mostDryRunsPerTable) return own.map((batch) => [batch]);
    const seasons = Map.groupBy(own, ({ dates: [first] }) =>
      first === undefined ? undefined : calendar.scheduled(first)?.seasonYear,
    );
    return [...seasons.values()];
  });
}

const billed = (bytes: number) => Math.max(bytes, leastBytes);

/**
 * What the staging query of a batch is billed beyond its dry run: the least for each table that it reads,
 * and of the dates that its windows reach those that the plan writes before.
 */
function inputsAtMost(
  { tables, windows, calendar }: World,
  written: ReadonlyMap<string, readonly GameDate[]>,
  { table, dates }: BatchRequest,
): number {
  return table.inputs.reduce((sum, declared) => {
    const input = tables.get(declared.table);
    if (!input) return sum;
    const spans = dates.flatMap((date) =>
      declared.windows.map((window) => windows.span(window, date)),
    );
    const own = written.get(declared.table) ?? [];
    const from = Math.min(...spans.map((span) => lowerBound(own, span.from)));
    const before = Math.max(...spans.map((span) => lowerBound(own, span.before)));
    const names = columnsRead(input, declared);
    const fresh = isComputed(input)
      ? datesBytes(calendar, input, own.slice(from, before), names)
      : 0;
    return sum + billed(fresh);
  }, 0);
}

function datesBytes(
  calendar: SeasonCalendar,
  table: ComputedTable,
  dates: readonly GameDate[],
  names?: readonly string[],
): number {
  const teams = dates.map((date) => calendar.scheduled(date)?.teams.length ?? 0);
  return teams.reduce((sum, count) => sum + mostDateBytes(table, count, names), 0);
}
