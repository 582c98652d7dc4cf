import type { GameDate } from '../calendar/game-date.ts';
import type { PlannedUnit, UnitId } from '../plan/plan.ts';
import type { UnitOutcome } from '../run/work/unit-result.ts';
import type { RowChange } from '../verify/compare-rows.ts';
import type { DateDiff, DiffUpstream } from '../verify/diff-date.ts';
import type { FollowUps } from './follow-ups.ts';
import { commandText } from './words/command-text.ts';
import { formatCount, plural } from './words/format.ts';
import { outcomeJson, reasonJson, toJson } from './words/json.ts';
import { reasonText } from './words/reason-text.ts';

/** So many dates of a table are listed. */
const shownDates = 3;

/** What `diff` shows. */
export interface DiffReport {
  readonly table: string;
  readonly date: GameDate;
  readonly unit: Pick<PlannedUnit, 'state' | 'reason' | 'remedy'>;
  /** Names of the key columns, without the date. */
  readonly key: readonly string[];
  /** What a run would work before the date; like `diff`, `undefined` when nothing can or need be computed for it. */
  readonly upstream: DiffUpstream | undefined;
  readonly diff: DateDiff | undefined;
}

/** Row by row what writing a date again would change. */
export function diffLines(
  { table, date, unit, key, upstream, diff }: DiffReport,
  { command }: Pick<FollowUps, 'command'>,
): readonly string[] {
  const heading = `diff of ${table} ${date}: ${unit.state}, ${reasonText(unit.reason)}`;
  if (!diff) {
    const help = unit.remedy ? `; fill it with: ${command(commandText(unit.remedy))}` : '';
    return [heading, ...upstreamLines(upstream), `nothing was recomputed${help}`];
  }
  const { rows, exclusions, stored } = diff;
  const count = (kind: RowChange['kind']) => rows.filter((row) => row.kind === kind).length;
  const unchanged = stored - count('removed') - count('changed');
  const lines = [heading, ...upstreamLines(upstream)];
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
  );
  if (upstream?.kind === 'as_it_stands') {
    lines.push(
      'this holds only for the tables before it as they stand now, not for what run --stale leaves',
    );
  }
  lines.push('nothing was written');
  return lines;
}

/** What a run would work before the date, and whether that was done here. */
function upstreamLines(upstream: DiffUpstream | undefined): readonly string[] {
  switch (upstream?.kind) {
    case undefined:
    case 'current':
      return [];
    case 'as_it_stands':
      return [
        'a run would work these first, which was not done here:',
        ...unitLines(upstream.units),
      ];
    case 'recomputed': {
      const bad = upstream.units.flatMap(({ table, date, outcome }) =>
        outcome.kind === 'failed' || outcome.kind === 'blocked'
          ? [`  ${table} ${date}: ${outcomeLine(outcome, false)}`]
          : [],
      );
      if (upstream.units.length === 0) return [];
      const unsound =
        bad.length === 0 ? [] : ['of these, what stands there now was read all the same:', ...bad];
      return [
        'what it reads was recomputed first, as a run does:',
        ...unitLines(upstream.units),
        ...unsound,
      ];
    }
  }
}

/** A line per table. */
function unitLines(units: readonly UnitId[]): readonly string[] {
  return [...Map.groupBy(units, ({ table }) => table)].map(([table, own]) => {
    const dates = own.map(({ date }) => date);
    const text =
      dates.length <= shownDates
        ? dates.join(', ')
        : `${dates[0]} to ${dates.at(-1)}, ${plural(dates.length, 'date')}`;
    return `  ${table}  ${text}`;
  });
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
export function diffJson({ table, date, unit, upstream, diff }: DiffReport): readonly string[] {
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
      upstream: upstream?.kind ?? null,
      upstream_units: upstreamJson(upstream),
      rows: rows.length,
      exclusions: exclusions.length,
      stored_rows: diff?.stored,
      outcome: diff && outcomeJson(diff.outcome),
    },
  ].map(toJson);
}

function upstreamJson(upstream: DiffUpstream | undefined): readonly object[] {
  switch (upstream?.kind) {
    case undefined:
    case 'current':
      return [];
    case 'as_it_stands':
      return upstream.units.map(({ table, date }) => ({ table, date }));
    case 'recomputed':
      return upstream.units.map(({ outcome, ...unit }) => ({
        ...unit,
        outcome: outcomeJson(outcome),
      }));
  }
}
