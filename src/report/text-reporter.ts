import { daysBetween } from '../calendar/game-date.ts';
import { isSettled } from '../plan/unit-state.ts';
import type { UnitResult } from '../run/work/unit-result.ts';
import type { RunReporter } from './reporter.ts';
import { runSummaryLines } from './run-summary-lines.ts';
import { addedLines } from './words/added-lines.ts';
import { formatCount, formatSeconds, plural } from './words/format.ts';
import { reasonText } from './words/reason-text.ts';
import { tableFaultText } from './words/table-fault-text.ts';
import { unitLines, warningTexts } from './words/unit-lines.ts';
import { type Warned, warnedLines } from './words/warned-lines.ts';

/** From so many dates in a row on with which nothing was to be done, one line tells them all. */
const foldFrom = 8;

interface Told {
  /** Leaves out what is told of single dates; what warned is gathered at the end. */
  readonly isBrief?: boolean | undefined;
  /** Tells dates that stand one by one, however many. */
  readonly isVerbose?: boolean | undefined;
}

interface Tally {
  dates: number;
  done: number;
  skipped: number;
  failed: number;
  rows: number;
  seconds: number;
}

/**
 * Lines for people: one per date, a tally every 10 game dates of a table, the summary at the end.
 */
export function makeTextReporter(
  print: (line: string) => void,
  { isBrief = false, isVerbose = false }: Told = {},
): RunReporter {
  let tableWidth = 0;
  const tallies = new Map<string, Tally>();
  let quiet: UnitResult[] = [];
  const warned: Warned[] = [];

  const flushQuiet = () => {
    if (quiet.length >= foldFrom) {
      print(foldedLine(quiet, tableWidth));
      for (const result of quiet) if (isCounted(result)) addToTally(tallies, result);
    } else {
      for (const result of quiet) printUnit(result);
    }
    quiet = [];
  };

  const printUnit = (result: UnitResult) => {
    for (const line of unitLines(result, tableWidth)) print(line);
    if (!isCounted(result)) return;
    const tally = addToTally(tallies, result);
    if (tally.dates % 10 === 0) print(tallyLine(result.table, tally, tableWidth));
  };

  const follows = (result: UnitResult): boolean => {
    const last = quiet.at(-1);
    return (
      last === undefined ||
      (last.table === result.table &&
        reasonOf(last) === reasonOf(result) &&
        (isCounted(result) || daysBetween(last.date, result.date) === 1))
    );
  };

  return {
    header({ verb, tables, first, last, dates, warehouse, dataKind, added = [] }) {
      const shown = new Set([...tables, ...added.map(({ table }) => table)]);
      tableWidth = shown.size > 1 ? Math.max(...[...shown].map((table) => table.length)) : 0;
      const subject = tables.length === 1 ? tables[0] : plural(tables.length, 'table');
      const range = first === last ? first : `${first} to ${last}, ${plural(dates, 'date')}`;
      const kind = dataKind === 'simulated' ? ', simulated data' : '';
      print(`${verb} ${subject}: ${range}, ${warehouse}${kind}`);
      for (const line of addedLines(added)) print(line);
    },
    unit(result) {
      if (isBrief) {
        const { table, date } = result;
        warned.push(...warningTexts(result).map((text) => ({ table, date, text })));
        return;
      }
      const isQuiet = isUntouched(result) && !(isVerbose && isCounted(result));
      if (!isQuiet || !follows(result)) flushQuiet();
      if (isQuiet) quiet.push(result);
      else printUnit(result);
    },
    tableFailed(table, fault) {
      flushQuiet();
      print(`${table.padEnd(tableWidth)}  failed  ${tableFaultText(fault)}`);
    },
    summary(summary, followUps) {
      flushQuiet();
      for (const line of runSummaryLines(summary, followUps)) print(line);
      for (const line of warnedLines(warned)) print(line);
    },
  };
}

/** TRUE where nothing was to be done: no games, or what is to stand there does. */
function isUntouched({ outcome, warnings }: UnitResult): boolean {
  return (
    outcome.kind === 'skipped' &&
    warnings.length === 0 &&
    (outcome.state === 'no_games' || isSettled(outcome.state))
  );
}

/** Tallies are of game dates. */
function isCounted({ outcome }: UnitResult): boolean {
  return outcome.kind !== 'skipped' || outcome.state !== 'no_games';
}

function reasonOf({ outcome }: UnitResult): string | undefined {
  return outcome.kind === 'skipped' ? `${outcome.state} ${reasonText(outcome.reason)}` : undefined;
}

function foldedLine(units: readonly UnitResult[], tableWidth: number): string {
  const [first, last] = [units[0], units.at(-1)];
  if (first?.outcome.kind !== 'skipped' || !last) throw new Error('nothing that was skipped');
  const { state, reason } = first.outcome;
  const [dates, text] = [plural(units.length, 'date'), reasonText(reason)];
  const table = tableWidth === 0 ? '' : `  ${first.table}`;
  if (!isSettled(state))
    return `Skipping ${first.date} to ${last.date} (${text}), ${dates}${table}`;
  const rows = units.reduce(
    (sum, { outcome }) => sum + (outcome.kind === 'skipped' ? (outcome.rows ?? 0) : 0),
    0,
  );
  return `${first.date} to ${last.date}${table && `  ${first.table.padEnd(tableWidth)}`}  ${state}  ${dates}, ${plural(rows, 'row')}  up to date: ${text}`;
}

function addToTally(tallies: Map<string, Tally>, { table, outcome, seconds }: UnitResult): Tally {
  const tally = tallies.get(table) ?? {
    dates: 0,
    done: 0,
    skipped: 0,
    failed: 0,
    rows: 0,
    seconds: 0,
  };
  tallies.set(table, tally);
  tally.dates += 1;
  tally.seconds += seconds;
  switch (outcome.kind) {
    case 'written':
    case 'unchanged':
      tally.done += 1;
      tally.rows += outcome.rows;
      break;
    case 'removed':
      tally.done += 1;
      break;
    case 'skipped':
      tally.skipped += 1;
      break;
    case 'blocked':
    case 'failed':
      tally.failed += 1;
      break;
  }
  return tally;
}

function tallyLine(table: string, tally: Tally, tableWidth: number): string {
  const subject = tableWidth === 0 ? '' : `${table} `;
  const { dates, done, skipped, failed, rows, seconds } = tally;
  return `--- ${subject}${formatCount(dates)} dates: ${formatCount(done)} done, ${formatCount(skipped)} skipped, ${formatCount(failed)} failed or blocked, ${plural(rows, 'row')}, ${formatSeconds(seconds)}`;
}
