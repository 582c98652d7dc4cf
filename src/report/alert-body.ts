import type { FetchSummary } from '../fetch/fetch-documents.ts';
import { isLacking } from '../fetch/file-grid.ts';
import type { IncompleteDate } from '../plan/incomplete-dates.ts';
import { datesOf, type RunSummary } from '../run/run-summary.ts';
import type { UnitResult } from '../run/work/unit-result.ts';
import { documentText } from './fetch-report.ts';
import { gamesText, incompleteJson, openGamesText } from './incomplete-lines.ts';
import { plural } from './words/format.ts';
import { tableFaultJson, toJson, unitJson } from './words/json.ts';
import { troubleText } from './words/trouble-text.ts';

/** Version of the layout of an alert. */
const alertFormatVersion = 2;

/** Most units of one kind that an alert names; the counts are always whole. */
const mostNamed = 200;

/** A run in daily mode that has ended, or that could not be carried out. */
export interface AlertedRun {
  readonly verb: string;
  /** What the command asked for, as the ledger keeps it with the run. */
  readonly asked: object;
  readonly warehouse: string;
  readonly startedAt: string;
  readonly exitCode: number;
  readonly dataKind?: string | undefined;
  readonly summary?: RunSummary | undefined;
  /** Warnings of the dates that the run has written. */
  readonly warnings?: readonly AlertedWarning[];
  /** What a morning lacks of the files that are due. */
  readonly files?: readonly AlertedFile[] | undefined;
  /** Why there was no run, or no ingest, when it could not be carried out. */
  readonly error?: string | undefined;
}

interface AlertedFile {
  readonly document: string;
  /** `null` for the schedule of a season. */
  readonly date: string | null;
  readonly state: string;
  /** Ids of the games that lack. */
  readonly games: readonly string[];
  readonly text: string;
}

/** What is due and not there after a fetch, or could not be had once more, a document at a time. */
export function lackingFiles({
  grid,
  results,
  unknownSeasons,
}: FetchSummary): readonly AlertedFile[] {
  const lacking = grid.filter(({ state }) => isLacking(state));
  const groups = Map.groupBy(lacking, ({ id, state }) => `${documentText(id)}: ${state}`);
  const whyOf = (document: string) => {
    const trouble = results.find(({ id }) => documentText(id) === document)?.trouble;
    return trouble === undefined ? '' : `, ${troubleText(trouble)}`;
  };
  return [
    ...unknownSeasons.map((season): AlertedFile => {
      const document = documentText({ kind: 'schedule', season });
      const text = `no ${document}${whyOf(document)}`;
      return { document: 'schedule', date: null, state: 'missing', games: [], text };
    }),
    ...[...groups].flatMap(([head, files]) => {
      const [first] = files;
      if (!first) return [];
      const { id, state } = first;
      const text = `${head}${whyOf(documentText(id))}`;
      const games = files.map(({ game }) => game.id);
      return { document: id.kind, date: id.date, state, games, text };
    }),
    // What is kept stays, and may have been corrected or moved since.
    ...results.flatMap(({ id, outcome, trouble }): AlertedFile | [] => {
      const isTold =
        id.kind === 'schedule'
          ? unknownSeasons.includes(id.season)
          : lacking.some((file) => documentText(file.id) === documentText(id));
      if (outcome !== 'refused' || !trouble || isTold) return [];
      const date = id.kind === 'schedule' ? null : id.date;
      const text = `${documentText(id)}: refused, ${troubleText(trouble)}; what was there stays`;
      return { document: id.kind, date, state: outcome, games: [], text };
    }),
  ];
}

/** Dates that lack games and that nobody asks for any more. */
export function lackingDates(dates: readonly IncompleteDate[]): readonly AlertedFile[] {
  return dates.map((one) => ({
    ...{ document: 'logs', date: one.date, state: 'missing', games: [] },
    text: `logs of ${one.date}: ${gamesText(one)}`,
  }));
}

interface AlertedWarning {
  readonly table: string;
  readonly date: string;
  readonly warning: string;
}

/** The warnings that somebody should hear of: those of rows that were not there before. */
export function warningsOf({
  table,
  date,
  outcome,
  warnings,
}: UnitResult): readonly AlertedWarning[] {
  return outcome.kind === 'written' ? warnings.map((warning) => ({ table, date, warning })) : [];
}

/**
 * The JSON text that is posted after a run in daily mode, or `undefined` when nothing in it needs anybody.
 * Whoever interrupts a run knows of it. Games without a result are told and do not make an alert by
 * themselves: those of last night may still be played, and what they hold up for longer is blocked.
 */
export function alertBody(run: AlertedRun): string | undefined {
  const { summary, error, warnings = [], files } = run;
  if (summary?.interrupted) return undefined;
  const failed = summary?.failed ?? [];
  const failedTables = summary?.failedTables ?? [];
  const blocked = summary?.blocked ?? [];
  const incomplete = summary?.incomplete ?? [];
  const told =
    failed.length + failedTables.length + blocked.length + warnings.length + (files?.length ?? 0);
  if (told === 0 && error === undefined) return undefined;
  return toJson({
    type: 'backcourt_alert',
    formatVersion: alertFormatVersion,
    text: alertText(run),
    runId: summary?.runId ?? null,
    verb: run.verb,
    request: run.asked,
    warehouse: run.warehouse,
    dataKind: run.dataKind ?? null,
    startedAt: run.startedAt,
    exitCode: run.exitCode,
    counts: {
      total: summary?.total ?? 0,
      written: summary?.written ?? 0,
      unchanged: summary?.unchanged ?? 0,
      skipped: summary?.skipped ?? {},
      blocked: blocked.length,
      failed: failed.length + datesOf(failedTables),
      notReached: summary?.notReached ?? 0,
      warnings: warnings.length,
      incomplete: incomplete.length,
    },
    failed: failed.slice(0, mostNamed),
    failedTables: failedTables.map(({ table, dates, fault }) => ({
      table,
      dates: dates.length,
      fault: tableFaultJson(fault),
    })),
    blocked: blocked.slice(0, mostNamed).map(unitJson),
    warnings: warnings.slice(0, mostNamed),
    incomplete: incomplete.slice(0, mostNamed).map(incompleteJson),
    // Of what was not fetched only a morning can tell.
    ...(files && { files: files.slice(0, mostNamed) }),
    error: error ?? null,
  });
}

/** Makes the one sentence of an alert; it stands under the name that chat webhooks show. */
function alertText({ verb, summary, warnings = [], files = [], exitCode, error }: AlertedRun) {
  const head = `backcourt ${verb}${summary ? ` ${summary.runId}` : ''}`;
  const lacking = files.length > 0 ? [`${plural(files.length, 'document')} not there`] : [];
  if (!summary) {
    const why = [...(error === undefined ? [] : [error]), ...lacking];
    return `${head}: ${why.join(', ') || 'no run'} (exit code ${exitCode})`;
  }
  const { failed, failedTables, blocked, incomplete } = summary;
  const parts = [
    ...lacking,
    ...(error === undefined ? [] : [error]),
    ...(failedTables.length > 0 ? [`${plural(failedTables.length, 'table')} failed`] : []),
    ...(failed.length > 0 ? [`${plural(failed.length, 'unit')} failed`] : []),
    ...(blocked.length > 0 ? [`${plural(blocked.length, 'unit')} blocked`] : []),
    ...(warnings.length > 0 ? [plural(warnings.length, 'warning')] : []),
    ...(incomplete.length > 0 ? [openGamesText(incomplete)] : []),
  ];
  return `${head}: ${parts.join(', ')} (exit code ${exitCode})`;
}
