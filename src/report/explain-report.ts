import { addDays } from '../calendar/game-date.ts';
import type { DateHistory } from '../history/read-history.ts';
import { type PartitionRecord, projectionHashes } from '../ledger/partition-record.ts';
import type { EntityFate } from '../ledger/read-exclusions.ts';
import type { ExplainedInput, ExplainedWindow } from '../plan/explain-inputs.ts';
import type { UnitExplanation } from '../plan/explain-unit.ts';
import { isSettled } from '../plan/unit-state.ts';
import { isoTime } from './changes-report.ts';
import { rowChangeLines } from './diff-report.ts';
import type { FollowUps } from './follow-ups.ts';
import { gamesText, incompleteJson } from './incomplete-lines.ts';
import { columnsReadText, reachText } from './words/columns-text.ts';
import { commandText } from './words/command-text.ts';
import { formatCount, formatDates, formatSeconds, plural } from './words/format.ts';
import { reasonJson, remedyJson, toJson } from './words/json.ts';
import { reasonText } from './words/reason-text.ts';
import { windowText } from './words/window-text.ts';

/** What `explain` shows. */
export interface ExplainReport {
  readonly explanation: UnitExplanation;
  /** Entities left out, by reason code. */
  readonly exclusions: Readonly<Record<string, number>>;
  /** Of the entity that was asked about. */
  readonly entity:
    | {
        readonly key: string;
        /** Of the player, when he was asked about by it. */
        readonly name?: string;
        readonly fate:
          | EntityFate
          /** The team that his latest row before the date is for does not play on it. */
          | { readonly kind: 'team_idle'; readonly team: string; readonly latest: string };
      }
    | undefined;
  /** Of a warehouse as it was known at a time: what it had recorded then, and whether these are the rows of that record. */
  readonly past?:
    | { readonly stood: PartitionRecord | undefined; readonly isOwn: boolean }
    | undefined;
  /** What is remembered of the date, with the changes of that entity's rows; `undefined` where nothing is. */
  readonly history?: DateHistory | undefined;
}

const shownDates = 5;

/** A unit from its state to what would follow from it. */
export function explainLines(
  { explanation, exclusions, entity, history, past }: ExplainReport,
  { command }: Pick<FollowUps, 'command'>,
): readonly string[] {
  const { table, date, state, reason, causes, inputs, downstream, remedy } = explanation;
  const lines = [`${table} ${date}: ${state}, ${reasonText(reason)}`];
  for (const [depth, cause] of causes.entries()) {
    const indent = '  '.repeat(depth + 1);
    lines.push(
      `${indent}because ${cause.table} ${cause.date} is ${cause.state}: ${reasonText(cause.reason)}`,
    );
  }
  if (explanation.incomplete) {
    lines.push(
      `  ${gamesText(explanation.incomplete)}: the rows of this date are fewer than they should be`,
    );
  }
  if (entity) lines.push('', entityLine(entity));
  lines.push(...recordLines(explanation, exclusions, past));
  if (history) lines.push(...formerLines(explanation, history, command));
  if (inputs.length > 0) lines.push('', 'reads:', ...inputs.flatMap(inputLines));
  if (downstream.length > 0) {
    lines.push('', 'a change would reach:');
    for (const reach of downstream) {
      const how = reachText(reach);
      lines.push(`  ${reach.table}  ${datesText(reach.dates)}${how && `, ${how}`}`);
    }
  }
  // Nothing is wrong with what keeps the options it was made with.
  const helps = isSettled(state) ? "make it with today's options" : 'mend it with';
  if (remedy) lines.push('', `${helps}: ${command(commandText(remedy))}`);
  return lines;
}

function entityLine({ key, name, fate }: NonNullable<ExplainReport['entity']>): string {
  switch (fate.kind) {
    case 'row':
      return `"${key}"${name === undefined ? '' : `, ${name},`} has a row`;
    case 'excluded':
      return `"${key}" was left out: ${fate.reasonCode}`;
    case 'team_idle':
      return `"${key}"${name === undefined ? '' : `, ${name},`} has no row: ${fate.team}, the team of the latest one (${fate.latest}), does not play on this date`;
    case 'unknown':
      return `"${key}" has no row and was not among the candidates`;
    case 'unheard_of':
      return `"${key}" is the key of no row and no candidate on any date, and no player of this date is called so`;
  }
}

function recordLines(
  { record, definitionChanged }: UnitExplanation,
  exclusions: ExplainReport['exclusions'],
  past: ExplainReport['past'],
): readonly string[] {
  const stood = past && !past.isOwn ? stoodLines(past.stood) : [];
  if (!record) return stood.length === 0 ? [] : ['', ...stood];
  const lines = ['', 'recorded:'];
  const left = Object.entries(exclusions).map(([code, count]) => `${formatCount(count)} ${code}`);
  const leftOut = left.length === 0 ? '' : `; left out: ${left.join(', ')}`;
  lines.push(
    `  ${plural(record.rows, 'row')}, hash ${record.dataHash ?? 'none'}${leftOut}`,
    past && !past.isOwn
      ? '  by no run: made for this answer, of the inputs as they were known'
      : `  ${byRun(record)}, ${plural(record.attempts, 'attempt')}, ${formatSeconds(record.seconds)}${record.secondsIsShare ? ' (its share of a batch)' : ''}`,
    `  code ${record.codeVersion}${definitionChanged ? '; the definition has changed since' : ''}, options ${record.options}`,
  );
  if (record.fingerprint !== undefined) lines.push(`  fingerprint ${record.fingerprint}`);
  if (record.failure) lines.push(`  ${record.failure.kind}: ${record.failure.text}`);
  for (const warning of record.warnings) lines.push(`  warning: ${warning}`);
  return [...lines, ...stood];
}

function byRun({ runId, recordedAt }: PartitionRecord): string {
  return `by run ${runId}${recordedAt ? ` at ${recordedAt}` : ''}`;
}

/** What stood then and was other than the inputs would have it. */
function stoodLines(stood: PartitionRecord | undefined): readonly string[] {
  if (!stood) return [];
  const hash = stood.dataHash ?? 'none';
  return [`what stood then: ${plural(stood.rows, 'row')}, hash ${hash}, ${byRun(stood)}`];
}

/** What stood there before, where it was something else. */
function formerLines(
  { table, date, record }: UnitExplanation,
  { states, changes }: DateHistory,
  command: FollowUps['command'],
): readonly string[] {
  const others = states.filter(
    ({ until, dataHash }) => until !== undefined && dataHash !== record?.dataHash,
  );
  if (others.length === 0) return [];
  return [
    '',
    `was another one before: ${command(`history ${table} ${date}`)}`,
    ...others.map(
      ({ until = '', rows, dataHash, runId }) =>
        `  until ${isoTime(until)}: ${plural(rows, 'row')}, hash ${dataHash ?? 'none'}, by run ${runId}`,
    ),
    ...changes.flatMap(({ at, rows }) =>
      rows.length === 0
        ? []
        : [`  at ${isoTime(at)} its row became another one:`, ...rows.flatMap(rowChangeLines)],
    ),
  ];
}

function inputLines(input: ExplainedInput): readonly string[] {
  const { table, required, columns, windows, changed, recordedSince, recomputedFirst } = input;
  const read = columnsReadText(columns);
  const since =
    recordedSince.length === 0 ? '' : `; recorded since: ${datesText(recordedSince, true)}`;
  const first =
    recomputedFirst.length === 0
      ? ''
      : ` so far; recomputed first: ${datesText(recomputedFirst, true)}`;
  const verdict =
    changed === undefined
      ? ''
      : changed
        ? `  CHANGED since it was read${since}`
        : `  unchanged${first}`;
  return [
    `  ${table}${required ? '' : ' (optional)'}${verdict}`,
    ...(read === undefined ? [] : [`    ${read}`]),
    ...windows.map(windowLine),
  ];
}

function windowLine({ window, from, before, due, recorded, missing }: ExplainedWindow): string {
  const last = addDays(before, -1);
  const days = from > last ? 'no days' : from === last ? from : `${from} to ${last}`;
  const span = window.kind === 'undated' ? '' : `: ${days}`;
  const absent = missing.length === 0 ? '' : `; not there: ${datesText(missing, true)}`;
  return `    ${windowText(window)}${span}, ${formatCount(recorded)} of ${plural(due, 'partition')}${absent}`;
}

function datesText(dates: readonly string[], listed = false): string {
  return listed && dates.length <= shownDates ? dates.join(', ') : formatDates(dates);
}

/** The same explanation as one JSON object. */
export function explainJson(report: ExplainReport): readonly string[] {
  return [toJson(explanationJson(report))];
}

/** The object that `explain --json` prints, before its fields are spelt for JSON. */
export function explanationJson({ explanation, exclusions, entity, history, past }: ExplainReport) {
  const { inputs, record, reason, causes, remedy, downstream, incomplete, ...rest } = explanation;
  return {
    type: 'explanation',
    ...rest,
    reason: reasonJson(reason),
    causes: causes.map((cause) => ({ ...cause, reason: reasonJson(cause.reason) })),
    incomplete: incomplete ? incompleteJson(incomplete) : null,
    remedy: remedyJson(remedy) ?? null,
    record: record
      ? { ...recordJson(record), ...(past && !past.isOwn && { runId: null, recordedAt: null }) }
      : null,
    ...(past && { stoodThen: past.stood ? recordJson(past.stood) : null }),
    inputs: inputs.map((input) => ({ ...input, columns: input.columns ?? null })),
    downstream: downstream.map((reach) => ({ ...reach, columns: reach.columns ?? null })),
    exclusions,
    entity,
    former: (history?.states ?? [])
      .filter(({ until }) => until !== undefined)
      .map(({ from, until = '', ...state }) => ({
        ...{ from: isoTime(from), until: isoTime(until) },
        ...state,
      })),
  };
}

function recordJson({ table, date, reason, damage, ...record }: PartitionRecord) {
  return {
    ...record,
    projectionHashes: projectionHashes(record),
    inputHashes: record.inputHashes === undefined ? null : JSON.parse(record.inputHashes),
    options: JSON.parse(record.options),
  };
}
