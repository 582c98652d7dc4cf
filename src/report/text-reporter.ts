import { daysBetween } from '../calendar/game-date.ts';
import type { UnitResult } from '../run/work/unit-result.ts';
import type { RunReporter } from './reporter.ts';
import { runSummaryLines } from './run-summary-lines.ts';
import { addedLines } from './words/added-lines.ts';
import { formatCount, formatSeconds, plural } from './words/format.ts';
import { reasonText } from './words/reason-text.ts';
import { tableFaultText } from './words/table-fault-text.ts';
import { unitLines, warningTexts } from './words/unit-lines.ts';
import { type Warned, warnedLines } from './words/warned-lines.ts';

/** From so many days without games in a row on, one line tells them all. */
const foldFrom = 8;

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
 * @param isBrief leaves out what is told of single dates; what warned is gathered at the end.
 */
export function makeTextReporter(
  print: (line: string) => void,
  { isBrief = false }: { readonly isBrief?: boolean | undefined } = {},
): RunReporter {
  let tableWidth = 0;
  const tallies = new Map<string, Tally>();
  let quiet: UnitResult[] = [];
  const warned: Warned[] = [];

  const flushQuiet = () => {
    const first = quiet[0];
    const last = quiet.at(-1);
    if (first && last && quiet.length >= foldFrom && first.outcome.kind === 'skipped') {
      const table = tableWidth === 0 ? '' : `  ${first.table}`;
      print(
        `Skipping ${first.date} to ${last.date} (${reasonText(first.outcome.reason)}), ${plural(quiet.length, 'date')}${table}`,
      );
    } else {
      for (const result of quiet) printUnit(result);
    }
    quiet = [];
  };

  const printUnit = (result: UnitResult) => {
    for (const line of unitLines(result, tableWidth)) print(line);
  };

  const follows = (result: UnitResult): boolean => {
    const last = quiet.at(-1);
    return (
      last === undefined ||
      (last.table === result.table &&
        reasonOf(last) === reasonOf(result) &&
        daysBetween(last.date, result.date) === 1)
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
      const isQuiet = result.outcome.kind === 'skipped' && result.outcome.state === 'no_games';
      if (!isQuiet || !follows(result)) flushQuiet();
      if (isQuiet) {
        quiet.push(result);
        return;
      }
      printUnit(result);
      const tally = addToTally(tallies, result);
      if (tally.dates % 10 === 0) print(tallyLine(result.table, tally, tableWidth));
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

function reasonOf({ outcome }: UnitResult): string | undefined {
  return outcome.kind === 'skipped' ? reasonText(outcome.reason) : undefined;
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
