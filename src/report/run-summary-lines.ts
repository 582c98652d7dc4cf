import { mergeRemedies } from '../plan/remedy.ts';
import { type BlockedUnit, datesOf, type RunSummary } from '../run/run-summary.ts';
import type { FollowUps } from './follow-ups.ts';
import { incompleteLines } from './incomplete-lines.ts';
import { otherOptionsLines } from './other-options-lines.ts';
import { allDatesCommand } from './words/all-dates-command.ts';
import { blockedLines } from './words/blocked-lines.ts';
import { commandText } from './words/command-text.ts';
import { formatCount, formatSeconds, plural } from './words/format.ts';
import { tableFaultText } from './words/table-fault-text.ts';

/** The end of a run: counts, every failed date with its reason, and what to type next. */
export function runSummaryLines(summary: RunSummary, followUps: FollowUps): readonly string[] {
  const { total, written, unchanged, rowsWritten, failed, blocked, notReached } = summary;
  const failures = failed.length + datesOf(summary.failedTables);
  const skips = Object.entries(summary.skipped);
  const skippedTotal = skips.reduce((sum, [, count]) => sum + count, 0);
  const reasons = skips.map(([state, count]) => `${formatCount(count)} ${state}`).join(', ');
  const lines = [
    '',
    `${plural(total, 'unit')}: ${formatCount(written)} written (${plural(rowsWritten, 'row')}), ${formatCount(unchanged)} unchanged, ${formatCount(skippedTotal)} skipped${reasons ? ` (${reasons})` : ''}, ${formatCount(blocked.length)} blocked, ${formatCount(failures)} failed; ${formatSeconds(summary.seconds)}`,
  ];
  if (notReached > 0) lines.push(`${plural(notReached, 'unit')} not reached`);
  if (summary.interrupted)
    lines.push('interrupted: what was committed stays, run it again to go on');
  if (summary.mended > 0) {
    lines.push(`${plural(summary.mended, 'unit')} mended: other rows stood there than recorded`);
  }
  if (summary.distrusted > 0) {
    lines.push(
      `${plural(summary.distrusted, 'unit')} may have been made of damaged rows and are stale`,
      `  help: ${followUps.command('run --stale')}`,
    );
  }
  if (summary.removed > 0) lines.push(`${plural(summary.removed, 'unit')} removed`);
  if (written + unchanged + summary.removed + failures + blocked.length + notReached === 0) {
    lines.push('nothing to do');
  }
  lines.push(...incompleteLines(summary.incomplete));
  lines.push(...otherOptionsLines(summary.otherOptions, followUps));
  lines.push(...blockedSection(blocked, followUps), ...failedLines(summary, followUps));
  return lines;
}

function blockedSection(blocked: readonly BlockedUnit[], followUps: FollowUps): readonly string[] {
  if (blocked.length === 0) return [];
  const lines = ['', 'blocked:', ...blockedLines(blocked).map((line) => `  ${line}`)];
  for (const remedy of mergeRemedies(blocked.flatMap((unit) => unit.remedy ?? []))) {
    lines.push(`  help: ${followUps.command(commandText(remedy))}`);
  }
  return lines;
}

function failedLines(summary: RunSummary, followUps: FollowUps): readonly string[] {
  const { failed, failedTables } = summary;
  if (failed.length + failedTables.length === 0) return [];
  const lines = ['', 'failed:'];
  for (const { table, fault, dates } of failedTables) {
    const of = dates.length === 0 ? 'all dates' : plural(dates.length, 'date');
    lines.push(`  ${table}  ${of}  ${tableFaultText(fault)}`);
  }
  for (const { table, date, failure } of failed) {
    lines.push(`  ${date}  ${table}  ${failure.kind}: ${failure.text}`);
  }
  const found = failed.filter(({ failure }) => failure.kind === 'check_failed');
  const files = [...new Set(found.flatMap(({ definedIn }) => definedIn ?? []))];
  if (files.length > 0)
    lines.push(
      '',
      'what a check found of an own table is mended in its file:',
      ...files.map((file) => `  ${file}`),
    );
  if (found.some(({ definedIn }) => definedIn === undefined)) {
    lines.push(
      '',
      'what a check found stands in the files as a rule, and fails again until sound ones of the date are loaded:',
      `  ${followUps.command('ingest <files>')}`,
    );
  }
  const isWrong = failedTables.some(({ fault }) => fault.kind === 'definition');
  const when = isWrong ? 'mend it, then retry with:' : 'retry with:';
  lines.push('', when, ...retryCommands(summary, followUps).map((text) => `  ${text}`));
  return lines;
}

/**
 * One command per table, or one for all where the caller has one or a table has failed as a whole. A table of other columns
 * is worked with all its dates, and before what reads it: the same dates again would be refused again.
 */
export function retryCommands(
  { runId, failed, failedTables }: Pick<RunSummary, 'runId' | 'failed' | 'failedTables'>,
  { retry, command }: FollowUps,
): readonly string[] {
  const whole = failedTables.flatMap(({ fault }) =>
    fault.kind === 'columns' ? [command(allDatesCommand(fault))] : [],
  );
  const others = failedTables.filter(({ fault }) => fault.kind !== 'columns');
  // What could not be planned has no dates that could be tried again.
  const unplanned = others.filter(({ dates }) => dates.length === 0).map(({ table }) => table);
  const again =
    unplanned.length === 0 ? [] : [command(`run --backfill --tables ${unplanned.join(',')}`)];
  if (others.length > unplanned.length) return [...whole, command(`retry ${runId}`), ...again];
  const commands = groupBy(failed, ({ table }) => table).map((units) =>
    retry(
      units[0]?.table ?? '',
      units.map(({ date }) => date),
    ),
  );
  return [...whole, ...new Set(commands), ...again];
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): readonly (readonly T[])[] {
  return [...Map.groupBy(items, key).values()];
}
