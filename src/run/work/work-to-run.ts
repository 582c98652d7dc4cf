import type { GameDate } from '../../calendar/game-date.ts';
import type { LedgerSnapshot } from '../../ledger/ledger-snapshot.ts';
import type { RunRecord } from '../../ledger/run-record.ts';
import { makeOptionsOf, type OptionsOf } from '../../plan/options-of.ts';
import type { Plan, PlanRequest } from '../../plan/plan.ts';
import type { ComputedTable } from '../../table/table-definition.ts';
import type { UnitOptions } from '../../table/unit-options.ts';
import type { World } from '../../world/world.ts';
import type { BatchRequest } from './batch-request.ts';
import type { RunSettings } from './run-settings.ts';
import { type Chunk, splitChunks } from './split-chunks.ts';

/** Batches that are staged one after the other, looked at together and committed together. */
export type Work = readonly BatchRequest[];

/** What all batches of a run have in common. */
export interface BatchTerms {
  readonly runId: string;
  readonly optionsOf: OptionsOf;
  readonly allowShrink: boolean;
  readonly rewrite: boolean | undefined;
}

/** Takes from a request, a run and its settings what all its batches have in common. */
export function batchTerms(
  world: Pick<World, 'options'>,
  request: PlanRequest,
  { runId }: Pick<RunRecord, 'runId'>,
  { allowShrink }: Pick<RunSettings, 'allowShrink'>,
): BatchTerms {
  const { rewrite } = request;
  return { runId, optionsOf: makeOptionsOf(world, request), allowShrink, rewrite };
}

/** Dates of one table that are to be worked. */
export interface TableDates {
  readonly table: ComputedTable;
  readonly dates: readonly GameDate[];
}

/**
 * A chain takes up a week that was missed, and no more. What is staged of a chain is held at once, and one
 * date that cannot stand has all of it staged again, so that it is for few dates; a long history has its
 * commits per table.
 */
const mostChainDates = 7;

/** The work that there would be if every unit of the plan that is to run did. */
export function workToRun(
  world: World,
  { units, request }: Plan,
  run: Pick<RunRecord, 'runId'>,
  settings: Pick<RunSettings, 'batchDays' | 'allowShrink'>,
): readonly Work[] {
  const { ledger, tables } = world;
  const terms = batchTerms(world, request, run, settings);
  return splitChunks(units, world, settings.batchDays).flatMap((chunk) => {
    const work = chunk.map((batch) => ({
      table: tables.computedTable(batch.table),
      dates: batch.units.filter(({ action }) => action === 'run').map(({ date }) => date),
    }));
    return isChain(ledger, chunk)
      ? [chainOf(work, terms)]
      : work.flatMap((own) => batchesOf(ledger, own, terms).map((batch) => [batch]));
  });
}

/**
 * Whether the units of some days may be worked as one chain: several tables, few dates, and nothing is
 * recorded of any. Where something stands, rows that come out equal are not written and what reads them
 * is spared, which is found out table by table.
 */
export function isChain(ledger: LedgerSnapshot, chunk: Chunk): boolean {
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
export function chainOf(
  work: readonly TableDates[],
  { runId, optionsOf, allowShrink }: BatchTerms,
): Work {
  const chain: BatchRequest[] = [];
  for (const { table, dates } of work) {
    if (dates.length === 0) continue;
    const options = optionsOf(table, undefined);
    chain.push({ runId, table, dates, options, allowShrink, behind: [...chain] });
  }
  return chain;
}

/**
 * Makes the batches of some dates: one query has one set of options, so dates that were made with other ones
 * need a query of their own.
 */
export function batchesOf(
  ledger: LedgerSnapshot,
  { table, dates }: TableDates,
  { runId, optionsOf, allowShrink, rewrite }: BatchTerms,
): readonly BatchRequest[] {
  const made = new Map<string, UnitOptions>();
  const groups = Map.groupBy(dates, (date) => {
    const options = optionsOf(table, ledger.get(table.name, date));
    made.set(options.text, options);
    return options.text;
  });
  return [...groups].flatMap(([text, own]) => {
    const options = made.get(text);
    return options ? [{ runId, table, dates: own, options, allowShrink, rewrite }] : [];
  });
}
