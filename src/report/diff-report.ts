import type { GameDate } from '../calendar/game-date.ts';
import type { PlannedUnit } from '../plan/plan.ts';
import type { UnitOutcome } from '../run/work/unit-result.ts';
import type { RowChange } from '../verify/compare-rows.ts';
import type { DateDiff } from '../verify/diff-date.ts';
import type { FollowUps } from './run-summary-lines.ts';
import { commandText } from './words/command-text.ts';
import { formatCount, plural } from './words/format.ts';
import { outcomeJson, reasonJson, toJson } from './words/json.ts';
import { reasonText } from './words/reason-text.ts';

/** What `diff` shows. */
export interface DiffReport {
  readonly table: string;
  readonly date: GameDate;
  readonly unit: Pick<PlannedUnit, 'state' | 'reason' | 'remedy'>;
  /** Names of the key columns, without the date. */
  readonly key: readonly string[];
  /** `undefined` when nothing can or need be computed for the date. */
  readonly diff: DateDiff | undefined;
}

/** Row by row what writing a date again would change. */
export function diffLines(
  { table, date, unit, key, diff }: DiffReport,
  { command }: Pick<FollowUps, 'command'>,
): readonly string[] {
  const heading = `diff of ${table} ${date}: ${unit.state}, ${reasonText(unit.reason)}`;
  if (!diff) {
    const help = unit.remedy ? `; fill it with: ${command(commandText(unit.remedy))}` : '';
    return [heading, `nothing was recomputed${help}`];
  }
  const { rows, exclusions, stored } = diff;
  const count = (kind: RowChange['kind']) => rows.filter((row) => row.kind === kind).length;
  const unchanged = stored - count('removed') - count('changed');
  const lines = [heading];
  if (rows.length > 0) lines.push('', `rows by ${key.join('|')}:`, ...rows.flatMap(rowChangeLines));
  if (exclusions.length > 0) {
    lines.push('', 'left out:');
    for (const change of exclusions) {
      lines.push(
        `  ${change.key}  ${change.was ?? 'not left out'} → ${change.is ?? 'not left out'}`,
      );
    }
  }
  lines.push(
    '',
    `${formatCount(count('added'))} added, ${formatCount(count('removed'))} removed, ${formatCount(count('changed'))} changed, ${formatCount(unchanged)} unchanged`,
    outcomeLine(diff.outcome, diff.rows.length + diff.exclusions.length > 0),
    'nothing was written',
  );
  return lines;
}

/** `+` added, `-` removed, `~` changed with each column, old → new. */
export function rowChangeLines({ key, kind, columns }: RowChange): readonly string[] {
  const sign = { added: '+', removed: '-', changed: '~' }[kind];
  return [
    `  ${sign} ${key}`,
    ...columns.map(({ column, was, is }) => `      ${column}  ${was ?? 'NULL'} → ${is ?? 'NULL'}`),
  ];
}

/** @param differs what stands there is not what would come out. */
function outcomeLine(outcome: UnitOutcome, differs: boolean): string {
  switch (outcome.kind) {
    case 'written':
      return `a run would write ${plural(outcome.rows, 'row')}`;
    case 'unchanged':
      return differs
        ? 'a run would write nothing: the rows come out as they are recorded; run --rewrite replaces what stands there'
        : 'a run would write nothing: the rows come out equal';
    case 'removed':
    case 'skipped':
    case 'blocked':
      return `a run would not write it: ${reasonText(outcome.reason)}`;
    case 'failed':
      return `a run would fail: ${outcome.failure.kind}: ${outcome.failure.text}`;
  }
}

/** One object per row and exclusion that would change, then the whole. */
export function diffJson({ table, date, unit, diff }: DiffReport): readonly string[] {
  const rows = diff?.rows ?? [];
  const exclusions = diff?.exclusions ?? [];
  return [
    ...rows.map((row) => ({ type: 'row', ...row })),
    ...exclusions.map((change) => ({ type: 'exclusion', ...change })),
    {
      type: 'diff',
      table,
      date,
      state: unit.state,
      reason: reasonJson(unit.reason),
      recomputed: diff !== undefined,
      rows: rows.length,
      exclusions: exclusions.length,
      stored_rows: diff?.stored,
      outcome: diff && outcomeJson(diff.outcome),
    },
  ].map(toJson);
}
