import type { CopiedTable } from '../copy/copy-warehouse.ts';
import type { StrangerTable } from '../plan/stranger-tables.ts';
import { undatedPartition } from '../window/window.ts';
import type { FollowUps } from './follow-ups.ts';
import { alignColumns, formatCount, formatSeconds, plural } from './words/format.ts';
import { reasonJson, toJson } from './words/json.ts';
import { leftBehindLines } from './words/left-behind-lines.ts';
import { reasonText } from './words/reason-text.ts';

export interface CopyReport {
  readonly from: string;
  readonly to: string;
  readonly dataKind: string | undefined;
  /** `undefined` when there was nothing to copy. */
  readonly runId: string | undefined;
  readonly tables: readonly CopiedTable[];
  /** What stands in the source of tables that are none here; empty where tables were named. */
  readonly strangers: readonly StrangerTable[];
  readonly interrupted: boolean;
  readonly seconds: number;
}

/** Dates of one kind of trouble that are listed one by one. */
const shownDates = 10;

/** What was copied, table by table; what was not, and what to do about it. */
export function copyLines(
  report: CopyReport,
  { command }: Pick<FollowUps, 'command'>,
): readonly string[] {
  const { from, to, dataKind, tables, interrupted, seconds } = report;
  const kind = dataKind === 'simulated' ? ', simulated data' : '';
  const lines = [`copy of ${plural(tables.length, 'table')} from ${from} to ${to}${kind}`];
  lines.push(
    ...alignColumns(
      tables.map(({ table, copied, equal }) => [
        `  ${table}`,
        copied.length === 0 ? '—' : `${plural(copied.length, 'date')} copied`,
        copied.length === 0 ? '' : plural(rowsOf(copied), 'row'),
        equal === 0 ? '' : `${formatCount(equal)} equal`,
      ]),
      new Set([1, 2, 3]),
    ),
  );
  for (const { table, refused } of tables) {
    const shown = refused.map(
      ({ date, reason }) => `refused ${unit(table, date)}: ${reasonText(reason)}`,
    );
    lines.push(...cut(shown));
  }
  const notMoved = tables.flatMap((table) => table.notMoved);
  lines.push(
    ...cut(
      notMoved.map(({ table, date, where, difference }) =>
        where === 'source'
          ? `not copied ${unit(table, date)}: in ${from}, ${difference}`
          : `not copied ${unit(table, date)}: as it arrived in ${to}, ${difference}`,
      ),
    ),
  );
  if (notMoved.some(({ where }) => where === 'source')) {
    lines.push(
      `something else has written to ${from}; look: ${command('verify --hashes --sample 0')}`,
    );
  }
  const total = (count: (table: CopiedTable) => number) =>
    tables.reduce((sum, table) => sum + count(table), 0);
  const copied = total((table) => table.copied.length);
  const equal = total((table) => table.equal);
  const left = total((table) => table.notReached);
  const head = copied === 0 ? 'nothing to copy' : `${plural(copied, 'date')} copied`;
  const rest = [
    ...(equal > 0 ? [`${formatCount(equal)} equal`] : []),
    ...(left > 0 ? [`${formatCount(left)} not reached`] : []),
  ];
  lines.push(`${[head, ...rest].join(', ')}; ${formatSeconds(seconds)}`);
  if (equal > 0) {
    lines.push('equal by their records; what stands there is replaced nevertheless with --rewrite');
  }
  lines.push(...leftBehindLines(report.strangers));
  if (interrupted) lines.push('interrupted; the same command goes on where this one stopped');
  return lines;
}

function cut(lines: readonly string[]): readonly string[] {
  const more = lines.length - shownDates;
  return more > 0
    ? [...lines.slice(0, shownDates), `  and ${formatCount(more)} more like the last one`]
    : lines;
}

function unit(table: string, date: string): string {
  return date === undatedPartition ? table : `${table} ${date}`;
}

function rowsOf(copied: CopiedTable['copied']): number {
  return copied.reduce((sum, { rows }) => sum + rows, 0);
}

/** One object per table, those left behind after those that are copied, then the copy as a whole. */
export function copyJson({
  tables,
  strangers,
  seconds,
  interrupted,
  ...report
}: CopyReport): readonly string[] {
  const counted = tables.map(({ table, copied, equal, refused, notMoved, notReached }) => ({
    table,
    datesCopied: copied.length,
    rowsCopied: rowsOf(copied),
    datesEqual: equal,
    datesNotReached: notReached,
    refused: refused.map(({ date, reason }) => ({ date, reason: reasonJson(reason) })),
    notCopied: notMoved.map(({ date, where, difference }) => ({ date, where, difference })),
  }));
  const sum = (count: (table: (typeof counted)[number]) => number) =>
    counted.reduce((total, table) => total + count(table), 0);
  return [
    ...counted.map((table) => ({ type: 'copied_table', ...table })),
    ...strangers.map((entry) => ({ type: 'stranger_table', ...entry })),
    {
      type: 'copy',
      ...report,
      datesCopied: sum(({ datesCopied }) => datesCopied),
      rowsCopied: sum(({ rowsCopied }) => rowsCopied),
      datesEqual: sum(({ datesEqual }) => datesEqual),
      datesRefused: sum(({ refused }) => refused.length),
      datesNotCopied: sum(({ notCopied }) => notCopied.length),
      datesNotReached: sum(({ datesNotReached }) => datesNotReached),
      interrupted,
      seconds,
    },
  ].map(toJson);
}
