import type { AddedUnits, PlanRequest } from '../plan/plan.ts';
import type { TableFault } from '../run/failed-tables.ts';
import type { RunSummary } from '../run/run-summary.ts';
import type { UnitResult } from '../run/work/unit-result.ts';
import type { FollowUps } from './follow-ups.ts';

/** What a run or a plan is about, for the first line. */
export interface RunHeader {
  readonly verb: string;
  readonly tables: readonly string[];
  readonly first: string;
  readonly last: string;
  readonly dates: number;
  readonly warehouse: string;
  readonly dataKind: string | undefined;
  /** What daily mode has added to the tables and dates above. */
  readonly added?: readonly AddedUnits[];
}

/** What was asked for, apart from what daily mode has added. */
export function askedOf({
  tables,
  dates,
  widened,
}: PlanRequest): Pick<RunHeader, 'tables' | 'first' | 'last' | 'dates' | 'added'> {
  const asked = widened ?? { tables, dates, added: [] };
  return {
    tables: asked.tables,
    first: asked.dates[0] ?? '',
    last: asked.dates.at(-1) ?? '',
    dates: asked.dates.length,
    added: asked.added,
  };
}

/** Where the outcomes of a run go; one form for people, one for machines. */
export interface RunReporter {
  header(header: RunHeader): void;
  unit(result: UnitResult): void;
  tableFailed(table: string, fault: TableFault): void;
  summary(summary: RunSummary, followUps: FollowUps): void;
}

/** Tells two reporters everything. */
export function bothReporters(first: RunReporter, second: RunReporter): RunReporter {
  return {
    header: (header) => {
      first.header(header);
      second.header(header);
    },
    unit: (result) => {
      first.unit(result);
      second.unit(result);
    },
    tableFailed: (table, fault) => {
      first.tableFailed(table, fault);
      second.tableFailed(table, fault);
    },
    summary: (summary, followUps) => {
      first.summary(summary, followUps);
      second.summary(summary, followUps);
    },
  };
}
