import type { Remembered } from '../ledger/remembered-changes.ts';
import type { RowChange } from '../verify/compare-rows.ts';
import type { ChangedDate } from '../verify/read-changes.ts';
import { rowChangeLines } from './diff-report.ts';
import { formatCount, plural } from './words/format.ts';
import { toJson } from './words/json.ts';

/** What `changes` shows. */
export interface ChangesReport {
  /** The run from whose beginning on changes count, where one was named. */
  readonly runId: string | undefined;
  /** UTC. */
  readonly since: string;
  readonly remembered: Remembered;
  readonly changed: readonly ChangedDate[];
}

/** By table and date the rows that came out different, each column with its value of then and of now. */
export function changesLines(report: ChangesReport): readonly string[] {
  const { runId, remembered, changed } = report;
  const since = isoTime(report.since);
  const from = runId === undefined ? since : `run ${runId} began, ${since}`;
  const { added, removed, changed: others } = countsOf(changed);
  const tables = new Set(changed.map(({ table }) => table)).size;
  const dates = new Set(changed.map(({ date }) => date)).size;
  return [
    `what came out different since ${from}, as it was then → as it stands now`,
    ...rememberedLines(remembered),
    ...firstRows(changed).flatMap(({ table, date, rows }) => [
      '',
      `${table.name} ${date}, rows by ${table.key.filter((name) => name !== table.partition).join('|')}:`,
      ...rows.flatMap(rowChangeLines),
    ]),
    '',
    ...furtherLines(changed),
    `${formatCount(added)} added, ${formatCount(removed)} removed, ${formatCount(others)} changed, in ${plural(tables, 'table')} on ${plural(dates, 'date')}`,
  ];
}

/** A corrected assist moves thousands of rows of features, which nobody reads. */
const shownRows = 200;

function firstRows(changed: readonly ChangedDate[]): readonly ChangedDate[] {
  let left = shownRows;
  return changed.flatMap((one) => {
    const rows = one.rows.slice(0, left);
    left -= rows.length;
    return rows.length === 0 ? [] : [{ ...one, rows }];
  });
}

/** By table what is not shown row by row. */
function furtherLines(changed: readonly ChangedDate[]): readonly string[] {
  const shown = new Map(
    firstRows(changed).map((one) => [`${one.table.name} ${one.date}`, one.rows.length]),
  );
  const further = changed.flatMap(({ table, date, rows }) => {
    const count = rows.length - (shown.get(`${table.name} ${date}`) ?? 0);
    return count > 0 ? [{ table: table.name, count }] : [];
  });
  if (further.length === 0) return [];
  const byTable = [...Map.groupBy(further, ({ table }) => table)].map(([table, own]) => {
    const rows = own.reduce((sum, { count }) => sum + count, 0);
    return `  ${table}  ${plural(rows, 'row')} of ${plural(own.length, 'date')}`;
  });
  return [
    'not shown; --tables, --dates and --key ask for less, --json prints all:',
    ...byTable,
    '',
  ];
}

function rememberedLines(remembered: Remembered): readonly string[] {
  switch (remembered.kind) {
    case 'nothing_yet':
      return [
        'an older Backcourt made this warehouse, which remembered no changes; they are from the next command on that writes to it',
      ];
    case 'since':
      return remembered.from === undefined
        ? []
        : [`changes before ${isoTime(remembered.from)} are not remembered, and not shown`];
  }
}

/** One object per row that came out different, then the whole. */
export function changesJson(report: ChangesReport): readonly string[] {
  const { runId, since, remembered, changed } = report;
  return [
    ...changed.flatMap(({ table, date, rows }) =>
      rows.map((row) => ({ type: 'row', table: table.name, date, ...row })),
    ),
    {
      type: 'changes',
      run_id: runId ?? null,
      since: isoTime(since),
      remembers: remembered.kind,
      remembered_from:
        remembered.kind === 'since' && remembered.from ? isoTime(remembered.from) : null,
      ...countsOf(changed),
    },
  ].map(toJson);
}

/** A time of UTC as ISO 8601 has it, also where an engine has printed it. */
export function isoTime(text: string): string {
  return text.replace(' ', 'T').replace(/\+00(:00)?$/, 'Z');
}

function countsOf(changed: readonly ChangedDate[]): Readonly<Record<RowChange['kind'], number>> {
  const counts = { added: 0, removed: 0, changed: 0 };
  for (const { rows } of changed) for (const { kind } of rows) counts[kind] += 1;
  return counts;
}
