import type { PlanEstimate } from '../plan/estimate-plan.ts';
import { groupOtherOptions } from '../plan/other-options.ts';
import type { Plan, PlannedUnit } from '../plan/plan.ts';
import { reasonGroup } from '../plan/reason.ts';
import { mergeRemedies } from '../plan/remedy.ts';
import type { SavedPlan } from '../plan/saved-plan.ts';
import type { PlanPrice } from '../run/price/price-plan.ts';
import type { FollowUps } from './follow-ups.ts';
import { otherOptionsLines } from './other-options-lines.ts';
import { planLines } from './plan-lines.ts';
import { savedPlanJson } from './saved-plan-json.ts';
import { addedLines } from './words/added-lines.ts';
import { blockedLines, tablesText } from './words/blocked-lines.ts';
import { commandText } from './words/command-text.ts';
import {
  alignColumns,
  formatBytes,
  formatCount,
  formatDates,
  formatSeconds,
  plural,
} from './words/format.ts';
import { toJson, unitJson } from './words/json.ts';
import { reasonText } from './words/reason-text.ts';

/** What `plan` shows. */
export interface PlanReport {
  readonly warehouse: string;
  readonly dataKind: string | undefined;
  readonly plan: Plan;
  readonly saved: SavedPlan;
  /** What each table is expected to take, in the order of the plan. */
  readonly estimates: ReadonlyMap<string, PlanEstimate>;
  readonly total: PlanEstimate;
  /** `undefined` where nobody is billed. */
  readonly price: PlanPrice | undefined;
  /** TRUE for a run that was asked to do nothing: then the outcome of each date is told too. */
  readonly isDryRun: boolean;
  /** The file it was written to. */
  readonly savedTo: string | undefined;
}

/** Per table what would run, what is skipped and what is blocked; then the reasons; then the price. */
export function planReportLines(
  report: PlanReport,
  { command }: Pick<FollowUps, 'command'>,
): readonly string[] {
  const { plan, estimates, total, savedTo, saved, isDryRun } = report;
  const kind = report.dataKind === 'simulated' ? ', simulated data' : '';
  const { tables, widened } = plan.request;
  const asked = widened ?? plan.request;
  const subject =
    asked.tables.length === 1 ? asked.tables[0] : plural(asked.tables.length, 'table');
  const only = plan.request.select?.kind === 'stale' ? 'what is stale in ' : '';
  const lines = [
    `${isDryRun ? 'dry run' : 'plan'} of ${only}${subject}: ${formatDates(asked.dates)}, ${report.warehouse}${kind}`,
    ...addedLines(widened?.added ?? []),
    ...(isDryRun ? planLines(plan, { command }) : []),
    '',
    ...grid(plan, estimates),
  ];
  const blocked = plan.units.filter(({ action }) => action === 'block');
  const told = tables.flatMap((table) => reasonTexts(plan, table).map((text) => ({ table, text })));
  const reasons = [
    ...[...Map.groupBy(told, ({ text }) => text)].map(
      ([text, same]) => `${tablesText(same.map(({ table }) => table))}  ${text}`,
    ),
    ...blockedLines(blocked),
  ];
  if (reasons.length > 0) lines.push('', ...reasons);
  lines.push(...otherOptionsLines(groupOtherOptions(plan.units), { command }));
  for (const remedy of mergeRemedies(plan.units.flatMap((unit) => unit.remedy ?? []))) {
    lines.push(`help: ${command(commandText(remedy))}`);
  }
  const counts = {
    blocked: blocked.length,
    removed: plan.units.filter(({ action }) => action === 'remove').length,
  };
  lines.push('', totalLine(total, counts), ...priceLines(report.price));
  lines.push(isDryRun ? 'dry run: nothing was written' : 'nothing was written');
  if (savedTo !== undefined) {
    const run = command(`run --plan ${savedTo}`);
    lines.push(`plan ${saved.digest} saved; carry it out with: ${run}`);
  }
  return lines;
}

function grid(plan: Plan, estimates: ReadonlyMap<string, PlanEstimate>): readonly string[] {
  const removes = plan.units.some(({ action }) => action === 'remove');
  const rows = plan.request.tables.map((table) => {
    const units = plan.units.filter((unit) => unit.table === table);
    const count = (action: PlannedUnit['action']) =>
      formatCount(units.filter((unit) => unit.action === action).length);
    const estimate = estimates.get(table);
    const [expectedRows, time] = expected(estimate);
    const removed = removes ? [count('remove')] : [];
    return [table, count('run'), ...removed, count('skip'), count('block'), expectedRows, time];
  });
  return alignColumns(
    [['table', 'run', ...(removes ? ['remove'] : []), 'skip', 'blocked', 'rows', 'time'], ...rows],
    new Set([1, 2, 3, 4, 5, 6]),
  );
}

function expected(estimate: PlanEstimate | undefined): readonly [string, string] {
  if (!estimate || estimate.units === 0) return ['—', '—'];
  if (estimate.unknownUnits === estimate.units) return ['unknown', 'unknown'];
  return [formatCount(estimate.rows), formatSeconds(estimate.seconds)];
}

/** Why units of a table run, a text per reason; what is skipped is counted by state. */
function reasonTexts(plan: Plan, table: string): readonly string[] {
  const own = plan.units.filter((unit) => unit.table === table);
  const groups = Map.groupBy(
    own.filter(({ action }) => action === 'run' || action === 'remove'),
    ({ state, reason }) => `${state} ${reasonGroup(reason)}`,
  );
  const reasons = [...groups.values()].flatMap((units) => {
    const [first] = units;
    if (!first) return [];
    const { state, action, reason } = first;
    const range = formatDates(units.map(({ date }) => date));
    return [`${range}  ${state}, ${action}: ${reasonText(reason)}`];
  });
  const skipped = Map.groupBy(
    own.filter(({ action }) => action === 'skip'),
    ({ state }) => state,
  );
  const counts = [...skipped].map(([state, units]) => `${formatCount(units.length)} ${state}`);
  return counts.length === 0 ? reasons : [...reasons, `skip: ${counts.join(', ')}`];
}

function totalLine(
  { units, unknownUnits, rows, seconds }: PlanEstimate,
  { blocked, removed }: { readonly blocked: number; readonly removed: number },
): string {
  if (units === 0 && removed > 0)
    return `what stands of ${plural(removed, 'unit')} would be removed`;
  if (units === 0) return blocked > 0 ? 'nothing would run' : 'nothing to do';
  const head = `${plural(units, 'unit')} would run`;
  if (unknownUnits === units) return `${head}: rows and time unknown, the ledger has no history`;
  const rest =
    unknownUnits === 0 ? '' : `, and ${plural(unknownUnits, 'unit')} of tables without history`;
  return `${head}: about ${plural(rows, 'row')}, ${formatSeconds(seconds)}${rest}`;
}

/** What BigQuery would bill, at most; nothing where nothing would run. */
function priceLines(price: PlanPrice | undefined): readonly string[] {
  if (!price || price.jobs === 0) return [];
  const { jobs, partitionModifications, bytes, bytesAtMost, dollarsAtMost } = price;
  return [
    `BigQuery: ${plural(jobs, 'job')}, ${plural(partitionModifications, 'partition modification')}; ${formatBytes(bytes)} to read of what stands there; billed at most ${formatBytes(bytesAtMost)}, at most $${dollarsAtMost.toFixed(2)}`,
  ];
}

/** One object per unit and per table, then the plan with its digest. */
export function planReportJson(report: PlanReport): readonly string[] {
  const { plan, saved, estimates, total, price, warehouse, dataKind, savedTo } = report;
  const { units, ...head } = savedPlanJson(saved);
  return [
    ...plan.units.map((unit) => ({ type: 'planned_unit', ...unitJson(unit) })),
    ...[...estimates].map(([table, estimate]) => ({
      type: 'planned_table',
      table,
      ...estimateJson(estimate),
    })),
    ...groupOtherOptions(plan.units).map((group) => ({ type: 'other_options', ...group })),
    { type: 'plan', warehouse, dataKind, savedTo, ...head, ...estimateJson(total), ...price },
  ].map(toJson);
}

/** Expected rows and seconds, `null` where nothing is known. */
function estimateJson({ units, unknownUnits, rows, seconds }: PlanEstimate): object {
  const hasEstimate = units === 0 || unknownUnits < units;
  return {
    unitsToRun: units,
    unitsWithoutHistory: unknownUnits,
    expectedRows: hasEstimate ? rows : null,
    expectedSeconds: hasEstimate ? Number(seconds.toFixed(3)) : null,
  };
}
