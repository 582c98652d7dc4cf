import type { GameDate } from '../calendar/game-date.ts';
import type { UnitState } from '../plan/unit-state.ts';
import { commandText } from './words/command-text.ts';
import { formatCount, formatSeconds, plural } from './words/format.ts';
import { toJson } from './words/json.ts';

/** A date of an export, as the plan sees it, or of a raw table as it is recorded. */
export interface ExportedDate {
  readonly date: GameDate;
  readonly state: UnitState;
  readonly rows: number | undefined;
}

export interface ExportReport {
  readonly table: string;
  readonly out: string;
  readonly format: string;
  readonly rows: number;
  /** What the ledger says there should be. */
  /** Rows were chosen by a condition. */
  readonly isChosen: boolean;
  readonly recordedRows: number;
  /** Dates with rows. */
  readonly dates: number;
  /** Dates of the range without rows, by state. */
  readonly withoutRows: Readonly<Partial<Record<UnitState, number>>>;
  /** The first and the last date with rows; of the range, where none has any. */
  readonly first: GameDate;
  readonly last: GameDate;
  /** Dates that are owed and not there. */
  readonly absent: readonly GameDate[];
  /** Where dates were made with different options: which, and with which. */
  readonly mixedOptions: MadeWith['options'];
  /** Dates within the first days of a season, built with fewer bootstrap_days than the default. */
  readonly early: number;
  /** Dates whose inputs have changed since. */
  readonly stale: readonly GameDate[];
  readonly bytes: number;
  readonly seconds: number;
}

/** Options of the dates that have rows. */
export interface MadeWith {
  /** The most frequent ones first. */
  readonly options: readonly { readonly options: string; readonly dates: readonly GameDate[] }[];
  /** Dates within the first days of a season, built with fewer bootstrap_days than the default. */
  readonly early: number;
}

const shownDates = 5;

/** What an export wrote, and what of the range is absent, stale or made with other options. */
export function exportLines(report: ExportReport): readonly string[] {
  const { table, out, rows, recordedRows, dates, first, last, absent, stale, bytes, seconds } =
    report;
  const range = first === last ? first : `${plural(dates, 'date')} from ${first} to ${last}`;
  const lines = [
    `exported ${plural(rows, 'row')} of ${table}, ${range}, to ${out} (${formatCount(bytes)} bytes); ${formatSeconds(seconds)}`,
  ];
  if (rows === 0 && report.isChosen) {
    lines.push('no row of these dates is as --where says');
  } else if (rows === 0) {
    const states = Object.entries(report.withoutRows).map(
      ([state, count]) => `${formatCount(count)} ${state}`,
    );
    lines.push(`no rows are supposed to be there: ${states.join(', ')}`);
  }
  if (rows !== recordedRows) {
    lines.push(
      `the ledger records ${plural(recordedRows, 'row')}: something else has written to this table`,
    );
  }
  if (absent.length > 0) lines.push(`not there: ${listed(absent)}`);
  if (stale.length > 0) {
    lines.push(`stale, exported as they are: ${listed(stale)}; renew them with run first`);
  }
  for (const { options, dates: own } of report.mixedOptions) {
    lines.push(`made with ${options}: ${listed(own)}`);
  }
  if (report.early > 0) lines.push(earlyLine(report.early));
  return lines;
}

function earlyLine(early: number): string {
  return `${plural(early, 'date')} of the first days of a season, built with fewer bootstrap_days than the default`;
}

/** Why dates that were made with different options are no one table. */
export function mixedRefusalLines(
  table: string,
  { options, early }: MadeWith,
  command: (text: string) => string,
): readonly string[] {
  return [
    `nothing was exported: the dates of ${table} in this range were made with different options`,
    ...options.map(
      (group) =>
        `  ${group.options}: ${plural(group.dates.length, 'date')}, ${listed(group.dates)}`,
    ),
    ...(early > 0 ? [`  ${earlyLine(early)}`] : []),
    'make them alike, with the options of today (--allow-shrink where rows go), or export them as they are: --allow-mixed',
    `  ${command(commandText({ verb: 'run_stale', restateOptions: true }))}`,
  ];
}

/** Why rows that nobody recorded are not handed on. */
export function alteredRefusalLines(
  altered: readonly {
    readonly table: string;
    readonly date: GameDate;
    readonly difference: string;
  }[],
  commands: readonly string[],
): readonly string[] {
  const more = altered.length - shownDates;
  return [
    `nothing was exported: something else has changed what stands there, ${plural(altered.length, 'date')}`,
    ...altered
      .slice(0, shownDates)
      .map(({ table, date, difference }) => `  ${date}  ${table}: ${difference}`),
    ...(more > 0 ? [`  and ${formatCount(more)} more`] : []),
    'mend it with:',
    ...commands.map((command) => `  ${command}`),
  ];
}

/** Why nothing was exported. @param isLoaded TRUE for a table that is loaded from files, whose dates are those of its records. */
export function exportRefusalLines(
  table: string,
  absent: readonly ExportedDate[],
  command: string,
  isLoaded: boolean,
): readonly string[] {
  if (absent.length === 0) {
    return isLoaded
      ? [`nothing to export: no date of ${table} is loaded in this range`, `load it: ${command}`]
      : [`nothing to export: no game date of ${table} in this range`];
  }
  const states = Map.groupBy(absent, ({ state }) => state);
  const counts = [...states].map(([state, units]) => `${formatCount(units.length)} ${state}`);
  return [
    `nothing was exported: ${table} lacks ${plural(absent.length, 'date')} of this range (${counts.join(', ')}): ${listed(absent.map(({ date }) => date))}`,
    `fill them: ${command}`,
    'or export what is there: --allow-missing',
  ];
}

/** What an export wrote as one JSON object. */
export function exportJson(report: ExportReport): string {
  return toJson({ type: 'export', ...report });
}

function listed(dates: readonly GameDate[]): string {
  const more = dates.length - shownDates;
  return dates.slice(0, shownDates).join(', ') + (more > 0 ? ` and ${formatCount(more)} more` : '');
}
