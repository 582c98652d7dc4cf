import type { GameDate } from '../../calendar/game-date.ts';
import type { LedgerSnapshot } from '../../ledger/ledger-snapshot.ts';
import type { RunRecord } from '../../ledger/run-record.ts';
import type { PlannedUnit } from '../../plan/plan.ts';
import { unitOptions, unitOptionsText } from '../../plan/unit-options.ts';
import type { ComputedTable } from '../../table/table-definition.ts';
import type { EffectiveOptions } from '../../table/table-option.ts';
import type { RunEngine } from '../../world/run-engine.ts';
import type { BatchRequest } from './batch-request.ts';
import type { RunSettings } from './run-settings.ts';
import { type Chunk, splitChunks } from './split-chunks.ts';

/** Batches that are staged one after the other, looked at together and committed together. */
export type Work = readonly BatchRequest[];

/** Dates of one table that are to be worked. */
export interface TableDates {
  readonly table: ComputedTable;
  readonly dates: readonly GameDate[];
}

/**
 * A week that was missed. What is staged of a chain is held at once, and one date that cannot stand has all of
 * it staged again, so that it is for few dates; a long history has its commits per table.
 */
const mostChainDates = 7;

/** The work that there would be if every unit of the plan that is to run did. */
export function workToRun(
  engine: Pick<RunEngine, 'ledger' | 'calendar' | 'tables'>,
  units: readonly PlannedUnit[],
  { runId }: Pick<RunRecord, 'runId'>,
  settings: RunSettings,
): readonly Work[] {
  return splitChunks(units, engine.calendar, settings.batchDays).flatMap((chunk) => {
    const work = chunk.map((batch) => ({
      table: tableOf(engine, batch.table),
      dates: batch.units.filter(({ action }) => action === 'run').map(({ date }) => date),
    }));
    return isChain(engine, chunk)
      ? [chainOf(work, runId, settings)]
      : work.flatMap((own) => batchesOf(engine, own, runId, settings).map((batch) => [batch]));
  });
}

/** @throws when there is no such table. */
export function tableOf({ tables }: Pick<RunEngine, 'tables'>, name: string): ComputedTable {
  const table = tables.computed.find((candidate) => candidate.name === name);
  if (!table) throw new Error(`"${name}" is not a table that is computed`);
  return table;
}

/**
 * Whether the units of some days may be worked as one chain: several tables, few dates, and nothing is
 * recorded of any. Where something stands, rows that come out equal are not written and what reads them
 * is spared, which is found out table by table.
 */
export function isChain({ ledger }: { readonly ledger: LedgerSnapshot }, chunk: Chunk): boolean {
  const dates = new Set<GameDate>();
  const tables = new Set<string>();
  for (const { table, units } of chunk) {
    for (const { date, action } of units) {
      if (action !== 'run') continue;
      if (ledger.get(table, date) !== undefined) return false;
      tables.add(table);
      dates.add(date);
      if (dates.size > mostChainDates) return false;
    }
  }
  return tables.size > 1;
}

/** The batches of a chain, each with those that are staged before it. */
export function chainOf(work: readonly TableDates[], runId: string, settings: RunSettings): Work {
  const chain: BatchRequest[] = [];
  for (const { table, dates } of work) {
    if (dates.length === 0) continue;
    const options = unitOptions(settings.options, undefined);
    const { allowShrink } = settings;
    chain.push({ runId, table, dates, options, allowShrink, behind: [...chain] });
  }
  return chain;
}

/** One query has one set of options; dates that were made with others need one of their own. */
export function batchesOf(
  { ledger }: Pick<RunEngine, 'ledger'>,
  { table, dates }: TableDates,
  runId: string,
  { options, allowShrink, rewrite }: RunSettings,
): readonly BatchRequest[] {
  const optionsOf = (date: GameDate): EffectiveOptions =>
    unitOptions(options, ledger.get(table.name, date));
  const groups = Map.groupBy(dates, (date) => unitOptionsText(table, optionsOf(date)));
  return [...groups.values()].flatMap((own) =>
    own[0] === undefined
      ? []
      : [{ runId, table, dates: own, options: optionsOf(own[0]), allowShrink, rewrite }],
  );
}
