import type { GameDate } from '../calendar/game-date.ts';
import type { ChartlessDates } from '../plan/chartless-dates.ts';
import type { CoverageCell, MonthCell } from '../plan/coverage.ts';
import type { IncompleteDate } from '../plan/incomplete-dates.ts';
import type { OtherOptions } from '../plan/other-options.ts';
import type { PlannedUnit } from '../plan/plan.ts';
import { reasonGroup } from '../plan/reason.ts';
import type { Remedy } from '../plan/remedy.ts';
import type { UncertainStart } from '../plan/season-starts.ts';
import type { StrangerTable } from '../plan/stranger-tables.ts';
import { isOwed, isSettled, stateNames, stateRow, type UnitState } from '../plan/unit-state.ts';
import type { FollowUps } from './follow-ups.ts';
import { incompleteJson, incompleteLines } from './incomplete-lines.ts';
import { otherOptionsLines } from './other-options-lines.ts';
import { chartlessText } from './words/chartless-text.ts';
import { commandText } from './words/command-text.ts';
import {
  alignColumns,
  columnGap,
  formatCount,
  formatDates,
  formatSeason,
  plural,
} from './words/format.ts';
import { remedyJson, toJson, unitJson } from './words/json.ts';
import { reasonText } from './words/reason-text.ts';
import { seasonStartText } from './words/season-start-text.ts';
import { strangerLine } from './words/stranger-line.ts';

/** What `status` shows. */
export interface StatusReport {
  readonly warehouse: string;
  readonly dataKind: string | undefined;
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
  /** Recorded tables that nobody here has a definition of. */
  readonly strangers?: readonly StrangerTable[];
  readonly incomplete?: readonly IncompleteDate[];
  readonly chartless?: readonly ChartlessDates[];
  readonly starts?: readonly UncertainStart[];
  /** Game dates that are shown, ascending. */
  readonly dates: readonly GameDate[];
  /** Units of computed and of raw tables to list, table by table; empty unless asked for. */
  readonly listed: readonly ListedUnit[];
  /** What leads on from what is not in order. */
  readonly remedies: readonly Remedy[];
  readonly refused: readonly { readonly date: string; readonly reason: string }[];
}

type ListedUnit = Pick<PlannedUnit, 'table' | 'date' | 'state' | 'reason' | 'remedy'>;

/** Columns of what is shown where no terminal says its own. */
const usualWidth = 80;

/** The coverage grid: table × season, dates covered of dates due, then whatever is not in order. */
export function statusLines(
  report: StatusReport,
  { command }: Pick<FollowUps, 'command'>,
  width = usualWidth,
): readonly string[] {
  const { warehouse, dataKind, dates, seasonYears, raw, computed, refused } = report;
  const heading = `${warehouse}: ${dataKind ?? 'no'} data, ${plural(dates.length, 'game date')} in ${plural(seasonYears.length, 'season')}`;
  const grid = [
    ['table', ...seasonYears.map(formatSeason), 'rows'],
    ...gridRows(raw, seasonYears),
    ...gridRows(computed, seasonYears),
  ];
  const lines = [heading, '', ...alignBlocks(grid, width), '', totalsLine(computed)];
  lines.push(...monthGrid(report.months ?? [], width));
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
  lines.push(...(report.strangers ?? []).map(strangerLine));
  lines.push(...incompleteLines(report.incomplete ?? []));
  lines.push(...(report.starts ?? []).map(seasonStartText));
  lines.push(...(report.chartless ?? []).map(chartlessText));
  for (const { date, reason } of refused) lines.push(`${date} refused at ingest: ${reason}`);
  lines.push(...listedLines(report));
  for (const remedy of report.remedies) lines.push(`help: ${command(commandText(remedy))}`);
  return lines;
}

/** A line per stretch of game dates that are alike. */
function listedLines({ listed, dates }: StatusReport): readonly string[] {
  const place = new Map(dates.map((date, index) => [date, index]));
  const kindOf = ({ table, state, reason }: ListedUnit) =>
    `${table} ${state} ${reasonGroup(reason)}`;
  const stretches: [ListedUnit, ...ListedUnit[]][] = [];
  for (const unit of listed) {
    const stretch = stretches.at(-1);
    const last = stretch?.at(-1);
    const goesOn =
      last !== undefined &&
      kindOf(last) === kindOf(unit) &&
      place.get(unit.date) === (place.get(last.date) ?? 0) + 1;
    if (goesOn) stretch?.push(unit);
    else stretches.push([unit]);
  }
  return stretches.map((units) => {
    const [{ table, state, reason }] = units;
    const texts = new Set(units.map((unit) => reasonText(unit.reason)));
    const more = texts.size > 1 ? ', and the like' : '';
    return `${table}  ${state}  ${formatDates(units.map(({ date }) => date))}  ${reasonText(reason)}${more}`;
  });
}

/** Columns of numbers behind a first of names, in as many blocks as the width asks for. */
function alignBlocks(rows: readonly (readonly string[])[], width: number): readonly string[] {
  const widthOf = (index: number) =>
    Math.max(...rows.map((row) => row[index]?.length ?? 0)) + columnGap;
  const names = widthOf(0) - columnGap;
  const blocks: number[][] = [];
  let left = 0;
  for (const index of (rows[0] ?? []).keys()) {
    if (index === 0) continue;
    const own = widthOf(index);
    if (own > left) {
      blocks.push([]);
      left = width - names;
    }
    blocks.at(-1)?.push(index);
    left -= own;
  }
  return blocks.flatMap((columns, index) => {
    const cells = rows.map((row) => [0, ...columns].map((column) => row[column] ?? ''));
    const right = new Set(columns.map((_, at) => at + 1));
    return [...(index > 0 ? [''] : []), ...alignColumns(cells, right)];
  });
}

function monthGrid(cells: readonly MonthCell[], width: number): readonly string[] {
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
  const heads = months.map((month) => monthNames[Number(month.slice(-2)) - 1] ?? month);
  return ['', ...alignBlocks([['table', ...heads], ...rows], width), '', legend.join(', ')];
}

const monthNames = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

function gridRows(
  cells: readonly CoverageCell[],
  seasonYears: readonly number[],
): readonly (readonly string[])[] {
  const byTable = Map.groupBy(cells, ({ table }) => table);
  return [...byTable].map(([table, own]) => [
    table,
    ...seasonYears.map((year) => {
      const cell = own.find(({ seasonYear }) => seasonYear === year);
      // What is stale stands there all the same; how much of it is, the lines below the grid say.
      return cell ? `${cell.covered + (cell.states.stale ?? 0)}/${cell.due}` : '—';
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
  const { warehouse, dataKind, raw, computed, listed, refused } = report;
  const gameDates = report.dates.length;
  return [
    { type: 'warehouse', warehouse, dataKind, gameDates, earlyUnits: report.early || undefined },
    ...[...raw, ...computed].map((cell) => ({ type: 'coverage', ...cell })),
    ...(report.months ?? []).map((cell) => ({ type: 'month', ...cell })),
    ...(report.otherOptions ?? []).map((group) => ({ type: 'other_options', ...group })),
    ...(report.strangers ?? []).map((entry) => ({ type: 'stranger_table', ...entry })),
    ...(report.incomplete ?? []).map((entry) => ({ type: 'incomplete', ...incompleteJson(entry) })),
    ...(report.starts ?? []).map(({ began, ...entry }) => ({
      type: 'season_start',
      ...entry,
      began: began ?? null,
      isGuess: began === undefined,
    })),
    ...(report.chartless ?? []).map((entry) => ({ type: 'no_shot_chart', ...entry })),
    ...refused.map((entry) => ({ type: 'refused', ...entry })),
    ...listed.map((unit) => ({ type: 'unit', ...unitJson(unit) })),
    ...report.remedies.map((remedy) => ({ type: 'help', ...remedyJson(remedy) })),
  ].map(toJson);
}
