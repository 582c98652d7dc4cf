import { digest } from '../table/digest.ts';
import type { Plan, PlannedUnit, PlanRequest } from './plan.ts';

/** Version of the layout of a saved plan. */
export const planFormatVersion = 2;

/** What a table was when the plan was made. */
export interface PlannedTable {
  readonly name: string;
  readonly definitionVersion: string;
  /** Effective options that change rows, canonical JSON. */
  readonly options: string;
}

export interface PlanSettings {
  /** Most dates of one table that one query computes. */
  readonly batchDays: number;
  readonly allowShrink: boolean;
  readonly skipDownstreamTrigger: boolean;
}

/** A unit as it was planned, with all that must not have moved when the plan is carried out. */
export type SavedUnit = Pick<
  PlannedUnit,
  'table' | 'date' | 'state' | 'action' | 'rows' | 'dataHash' | 'fingerprint'
>;

/** A plan that can be kept in a file and carried out later. Plain data. */
export interface SavedPlan {
  readonly formatVersion: number;
  readonly request: PlanRequest;
  readonly settings: PlanSettings;
  readonly tables: readonly PlannedTable[];
  readonly units: readonly SavedUnit[];
  /** The digest of everything else: two plans of the same situation have the same one. */
  readonly digest: string;
}

/** Makes of a plan what can be kept in a file. @param tables what the tables of the plan are now. */
export function makeSavedPlan(
  { request, units }: Plan,
  settings: PlanSettings,
  tables: readonly PlannedTable[],
): SavedPlan {
  const content = {
    formatVersion: planFormatVersion,
    request,
    settings,
    tables,
    units: units.map(savedUnit),
  };
  return { ...content, digest: planDigest(content) };
}

/** Digest of a plan's content, to find out whether a file was changed by hand. */
export function planDigest(plan: Omit<SavedPlan, 'digest'>): string {
  const { formatVersion, request, settings, tables, units } = plan;
  const { batchDays, allowShrink, skipDownstreamTrigger } = settings;
  return digest(
    JSON.stringify([
      formatVersion,
      [request.tables, request.dates, request.backfillMode, sorted(request.options)],
      selectionText(request),
      ...(request.widened ? [widenedText(request.widened)] : []),
      ...(request.rewrite ? ['rewrite'] : []),
      ...(request.restateOptions ? ['restate_options'] : []),
      [batchDays, allowShrink, skipDownstreamTrigger],
      tables.map(({ name, definitionVersion, options }) => [name, definitionVersion, options]),
      units.map((unit) => [
        ...[unit.table, unit.date, unit.state, unit.action],
        ...[unit.rows ?? null, unit.dataHash ?? null, unit.fingerprint ?? null],
      ]),
    ]),
  );
}

function savedUnit(unit: PlannedUnit): SavedUnit {
  const { table, date, state, action, rows, dataHash, fingerprint } = unit;
  return { table, date, state, action, rows, dataHash, fingerprint };
}

function sorted(options: PlanRequest['options']): unknown {
  return options === 'recorded'
    ? options
    : Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1));
}

function widenedText({ tables, dates, added }: NonNullable<PlanRequest['widened']>): unknown {
  return [
    tables,
    dates,
    added.map(({ table, dates, why, because }) => [table, dates, why, because]),
  ];
}

function selectionText({ select }: PlanRequest): unknown {
  if (select === undefined || select.kind === 'stale') return select?.kind ?? null;
  return select.units.map(({ table, date }) => [table, date]);
}
