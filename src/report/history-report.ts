import type { GameDate } from '../calendar/game-date.ts';
import type { DateHistory, PastChange, PastState } from '../history/read-history.ts';
import type { StoredTable } from '../table/table-definition.ts';
import { isoTime } from './changes-report.ts';
import { rowChangeLines } from './diff-report.ts';
import { alignColumns, plural } from './words/format.ts';
import { toJson } from './words/json.ts';

/** What `history` shows. */
export interface HistoryReport extends DateHistory {
  readonly table: StoredTable;
  readonly date: GameDate;
  /** Before this time nothing is remembered, UTC as the engine prints it. */
  readonly rememberedFrom: string | undefined;
  /** The key or name whose rows are shown, as it was typed. */
  readonly key?: string | undefined;
}

/** What was recorded when, then which commit changed which rows. */
export function historyLines(report: HistoryReport): readonly string[] {
  const { table, date, states, changes, rememberedFrom, key } = report;
  const isUnchanged = changes.every(({ rows }) => rows.length === 0);
  return [
    `${table.name} ${date}`,
    ...(rememberedFrom === undefined
      ? []
      : [`what was before ${isoTime(rememberedFrom)} is not remembered`]),
    ...(states.length === 0 ? ['nothing was ever recorded of it'] : []),
    ...alignColumns(states.map((state) => [`  ${spanText(state)}`, ...stateCells(state)])),
    ...changes.flatMap((change) => [
      `  ${isoTime(change.at)}  run ${change.runId}: ${countsText(change)}`,
      ...change.rows.flatMap(rowChangeLines),
    ]),
    ...(key !== undefined && isUnchanged && states.length > 0
      ? [`"${key}": as first written`]
      : []),
  ];
}

/** One object per state and per commit that changed rows. */
export function historyJson(report: HistoryReport): readonly string[] {
  const { table, date, states, changes, rememberedFrom } = report;
  const unit = { table: table.name, date };
  return [
    ...states.map(({ from, until, rows, dataHash, codeVersion, runId, state, verb }) => ({
      type: 'state',
      ...unit,
      from: isoTime(from),
      until: until === undefined ? null : isoTime(until),
      state,
      rows,
      data_hash: dataHash ?? null,
      code_version: codeVersion,
      run_id: runId,
      verb: verb ?? null,
    })),
    ...changes.map(({ at, runId, added, removed, changed, rows }) => ({
      type: 'change',
      ...unit,
      at: isoTime(at),
      run_id: runId,
      ...{ added, removed, changed, rows },
    })),
    {
      type: 'history',
      ...unit,
      states: states.length,
      remembered_from: rememberedFrom === undefined ? null : isoTime(rememberedFrom),
    },
  ].map(toJson);
}

function spanText({ from, until }: PastState): string {
  return `${isoTime(from)} – ${until === undefined ? 'now' : isoTime(until)}`;
}

function stateCells({ state, rows, verb, runId, dataHash }: PastState): readonly string[] {
  return [state, plural(rows, 'row'), dataHash ?? '—', `${verb ?? 'run'} ${runId}`];
}

function countsText({ added, removed, changed }: PastChange): string {
  const counts = Object.entries({ added, removed, changed }).filter(([, count]) => count > 0);
  return counts.map(([what, count]) => `${plural(count, 'row')} ${what}`).join(', ');
}
