import type { CoverageCell, MonthCell } from '../plan/coverage.ts';
import type { IncompleteDate } from '../plan/incomplete-dates.ts';
import type { OtherOptions } from '../plan/other-options.ts';
import type { PlannedUnit } from '../plan/plan.ts';
import { isOwed, isSettled, stateNames, stateRow, type UnitState } from '../plan/unit-state.ts';
import type { FollowUps } from './follow-ups.ts';
import { incompleteJson, incompleteLines } from './incomplete-lines.ts';
import { otherOptionsLines } from './other-options-lines.ts';
import { commandText } from './words/command-text.ts';
import { alignColumns, formatCount, formatSeason, plural } from './words/format.ts';
import { toJson, unitJson } from './words/json.ts';
import { reasonText } from './words/reason-text.ts';

/** What `status` shows. */
export interface StatusReport {
  readonly warehouse: string;
  readonly dataKind: string | undefined;
  readonly gameDates: number;
  readonly seasonYears: readonly number[];
  /** Raw tables: recorded dates by season. */
  readonly raw: readonly CoverageCell[];
  readonly computed: readonly CoverageCell[];
  /** Computed tables by month; empty unless one season is shown. */
  readonly months?: readonly MonthCell[];
  /** Units with rows in the first days of a season, where the default of bootstrap_days builds nothing. */
  readonly early?: number;
  /** What keeps other options than today's. */
  readonly otherOptions?: readonly OtherOptions[];
  readonly incomplete?: readonly IncompleteDate[];
  /** Units to list one by one; empty unless asked for. */
  readonly listed: readonly PlannedUnit[];
  readonly refused: readonly { readonly date: string; readonly reason: string }[];
}

/** The coverage grid: table × season, dates covered of dates due, then whatever is not in order. */
export function statusLines(
  report: StatusReport,
  { command }: Pick<FollowUps, 'command'>,
): readonly string[] {
  const { warehouse, dataKind, gameDates, seasonYears, raw, computed, listed, refused } = report;
  const heading = `${warehouse}: ${dataKind ?? 'no'} data, ${plural(gameDates, 'game date')} in ${plural(seasonYears.length, 'season')}`;
  const grid = [
    ['table', ...seasonYears.map(formatSeason), 'rows'],
    ...gridRows(raw, seasonYears),
    ...gridRows(computed, seasonYears),
  ];
  const right = new Set(seasonYears.map((_, index) => index + 1).concat(seasonYears.length + 1));
  const lines = [heading, '', ...alignColumns(grid, right), '', totalsLine(computed)];
  lines.push(...monthGrid(report.months ?? []));
  const troubled = computed.filter(({ states }) => troubles(states).length > 0);
  for (const { table, seasonYear, states } of troubled) {
    lines.push(`${table} ${formatSeason(seasonYear)}: ${troubles(states).join(', ')}`);
  }
  if (report.early) {
    lines.push(
      `built with fewer bootstrap_days than the default, in the first days of a season: ${plural(report.early, 'unit')}; run --restate-options removes them, with --allow-shrink`,
    );
  }
  lines.push(...otherOptionsLines(report.otherOptions ?? [], { command }));
  lines.push(...incompleteLines(report.incomplete ?? []));
  for (const { date, reason } of refused) lines.push(`${date} refused at ingest: ${reason}`);
  for (const { table, date, state, reason, remedy } of listed) {
    lines.push(
      `${date}  ${table}  ${state}  ${reasonText(reason)}${remedy ? `; ${command(commandText(remedy))}` : ''}`,
    );
  }
  return lines;
}

function monthGrid(cells: readonly MonthCell[]): readonly string[] {
  if (cells.length === 0) return [];
  const months = [...new Set(cells.map(({ month }) => month))].sort();
  const byTable = Map.groupBy(cells, ({ table }) => table);
  const rows = [...byTable].map(([table, own]) => [
    table,
    ...months.map((month) => {
      const states = own.find((cell) => cell.month === month)?.states ?? {};
      const parts = Object.entries(states).map(
        ([state, count]) => `${count}${stateRow(state as UnitState).letter}`,
      );
      return parts.length === 0 ? '—' : parts.join(' ');
    }),
  ]);
  const used = new Set(cells.flatMap(({ states }) => Object.keys(states)));
  const legend = stateNames
    .filter((state) => used.has(state))
    .map((state) => `${stateRow(state).letter} ${state}`);
  const right = new Set(months.map((_, index) => index + 1));
  return ['', ...alignColumns([['table', ...months], ...rows], right), '', legend.join(', ')];
}

function gridRows(
  cells: readonly CoverageCell[],
  seasonYears: readonly number[],
): readonly (readonly string[])[] {
  const byTable = Map.groupBy(cells, ({ table }) => table);
  return [...byTable].map(([table, own]) => [
    table,
    ...seasonYears.map((year) => {
      const cell = own.find(({ seasonYear }) => seasonYear === year);
      return cell ? `${cell.covered}/${cell.due}` : '—';
    }),
    formatCount(own.reduce((sum, { rows }) => sum + rows, 0)),
  ]);
}

function troubles(states: CoverageCell['states']): readonly string[] {
  return Object.entries(states)
    .filter(([state]) => isTrouble(state as UnitState))
    .map(([state, count]) => `${formatCount(count)} ${state}`);
}

function isTrouble(state: UnitState): boolean {
  return isOwed(state) && !isSettled(state);
}

function totalsLine(cells: readonly CoverageCell[]): string {
  const totals = new Map<string, number>();
  for (const { states } of cells) {
    for (const [state, count] of Object.entries(states)) {
      totals.set(state, (totals.get(state) ?? 0) + count);
    }
  }
  const parts = [...totals].map(([state, count]) => `${formatCount(count)} ${state as UnitState}`);
  return `units: ${parts.join(', ')}`;
}

/** One JSON object per table and season, then the listed units. */
export function statusJson(report: StatusReport): readonly string[] {
  const { warehouse, dataKind, gameDates, raw, computed, listed, refused } = report;
  return [
    { type: 'warehouse', warehouse, dataKind, gameDates, earlyUnits: report.early || undefined },
    ...[...raw, ...computed].map((cell) => ({ type: 'coverage', ...cell })),
    ...(report.months ?? []).map((cell) => ({ type: 'month', ...cell })),
    ...(report.otherOptions ?? []).map((group) => ({ type: 'other_options', ...group })),
    ...(report.incomplete ?? []).map((entry) => ({ type: 'incomplete', ...incompleteJson(entry) })),
    ...refused.map((entry) => ({ type: 'refused', ...entry })),
    ...listed.map((unit) => ({ type: 'unit', ...unitJson(unit) })),
  ].map(toJson);
}
