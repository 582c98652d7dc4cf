import { type DocumentId, documentKinds } from '../fetch/document.ts';
import type { DocumentResult, FetchPlan, FetchSummary } from '../fetch/fetch-documents.ts';
import { type FileState, fileStates, isLacking } from '../fetch/file-grid.ts';
import type { GameFile } from '../fetch/kept-schedules.ts';
import type { Probe } from '../fetch/probe-host.ts';
import { isOfHost, type Trouble } from '../fetch/trouble.ts';
import { alignColumns, formatCount, formatSeason, formatSeconds, plural } from './words/format.ts';
import { toJson } from './words/json.ts';
import { troubleText } from './words/trouble-text.ts';

/** Where a fetch keeps what comes, and what is asked for. */
export interface FetchHeader {
  readonly folder: string;
  readonly paceSeconds: number;
}

/** `2024-01-26 logs, regular_season`, `2023-24 schedule`. */
export function documentText(id: DocumentId): string {
  if (id.kind === 'schedule') return `${formatSeason(id.season)} schedule`;
  return `${id.date} ${id.kind}${id.gameType === undefined ? '' : `, ${id.gameType}`}`;
}

/** What a fetch would ask for, and how long that takes at least. */
export function fetchPlanLines(plan: FetchPlan, header: FetchHeader): readonly string[] {
  const { asked, unknownSeasons } = plan;
  const byKind = documentKinds.flatMap((kind) => {
    const count = asked.filter(({ id }) => id.kind === kind).length;
    return count === 0 ? [] : `${formatCount(count)} ${kind}`;
  });
  const many = byKind.length === 0 ? '' : ` (${byKind.join(', ')})`;
  return [
    `${plural(asked.length, 'request')}${many} into ${header.folder}, at least ${formatSeconds(asked.length * header.paceSeconds)}`,
    ...unknownSeasons.map(
      (season) =>
        `the schedule of ${formatSeason(season)} is not there yet and decides about the rest: two requests for each of some 215 days of a season, at least ${formatSeconds(430 * header.paceSeconds)}`,
    ),
  ];
}

/** {@link fetchPlanLines} for machines. */
export function fetchPlanJson(plan: FetchPlan, header: FetchHeader): readonly string[] {
  return [
    ...plan.asked.map(({ id, reason }) => toJson({ type: 'planned_document', ...id, reason })),
    toJson({
      type: 'fetch_plan',
      folder: header.folder,
      requests: plan.asked.length,
      seconds: plan.asked.length * header.paceSeconds,
      unknownSeasons: plan.unknownSeasons,
    }),
  ];
}

/**
 * One document, where there is something to say of it.
 * @param before the trouble of the document that was told last: what a host says again is not repeated.
 */
export function resultLines(
  { id, outcome, trouble }: DocumentResult,
  before: Trouble | undefined,
): readonly string[] {
  if (trouble === undefined) return [];
  const why = troubleText(trouble);
  const isAgain = before !== undefined && isOfHost(trouble) && troubleText(before) === why;
  return [`${documentText(id)}: ${outcome}${isAgain ? ' for the same reason' : `, ${why}`}`];
}

/** One document for machines. */
export function resultJson({ id, reason, outcome, trouble }: DocumentResult): string {
  return toJson({
    type: 'document',
    ...id,
    reason,
    outcome,
    ...(trouble && { trouble: { ...trouble, text: troubleText(trouble) } }),
  });
}

/** What came of a fetch, and what still lacks. */
export function fetchSummaryLines(
  summary: FetchSummary,
  { folder }: FetchHeader,
): readonly string[] {
  const { results, grid, unknownSeasons, interrupted } = summary;
  const outcomes = ['received', 'unchanged', 'absent', 'refused', 'not_asked'] as const;
  const counts = outcomes.flatMap((outcome) => {
    const count = results.filter((result) => result.outcome === outcome).length;
    return count === 0 ? [] : `${formatCount(count)} ${outcome}`;
  });
  const refused = results.some(({ trouble }) => trouble !== undefined && isOfHost(trouble));
  return [
    results.length === 0
      ? `nothing to ask for: ${folder} has what is due`
      : `${plural(results.length, 'document')} into ${folder}: ${counts.join(', ')}`,
    ...gridLines(grid),
    ...lackingLines(grid),
    ...unknownSeasons.map(
      (season) => `no schedule of ${formatSeason(season)}: what lacks of that season is not known`,
    ),
    ...(refused ? ['docs/fetch.md tells what helps where a host refuses or does not answer'] : []),
    ...(interrupted ? ['interrupted; what is there stays, and the same command goes on'] : []),
  ];
}

/** {@link fetchSummaryLines} for machines. */
export function fetchSummaryJson(summary: FetchSummary, { folder }: FetchHeader): string {
  const { results, grid, unknownSeasons, interrupted } = summary;
  const lacking = grid.filter(({ state }) => isLacking(state)).length;
  const asked = results.filter(({ outcome }) => outcome !== 'not_asked').length;
  return toJson({ type: 'fetch', folder, asked, lacking, unknownSeasons, interrupted });
}

/** Kinds of documents by states of their games. */
export function gridLines(grid: readonly GameFile[]): readonly string[] {
  if (grid.length === 0) return [];
  const kinds = documentKinds.filter((kind) => grid.some(({ id }) => id.kind === kind));
  const countOf = (kind: string, state: FileState) =>
    grid.filter((file) => file.id.kind === kind && file.state === state).length;
  const rows = kinds.map((kind) => [
    kind,
    ...fileStates.map((state) => formatCount(countOf(kind, state))),
  ]);
  return alignColumns([['games of', ...fileStates], ...rows], new Set([1, 2, 3, 4, 5]));
}

/** So many games are named; their number is always told. */
const mostNamed = 20;

/** What is due and not there, a line per document and date. */
export function lackingLines(grid: readonly GameFile[]): readonly string[] {
  const lacking = grid.filter(({ state }) => isLacking(state));
  const groups = Map.groupBy(lacking, ({ id, state }) => `${documentText(id)}: ${state}`);
  const lines = [...groups].map(
    ([text, files]) => `${text} for ${files.map(({ game }) => game.id).join(', ')}`,
  );
  const more = lines.length - mostNamed;
  return [
    ...lines.slice(0, mostNamed),
    ...(more > 0 ? [`and ${plural(more, 'document')} more; --json names all`] : []),
  ];
}

/** What a host says to one small question. */
export function probeLines({ host, seconds, result }: Probe): readonly string[] {
  const head = `${host}, asked for the player logs of one game:`;
  const time = formatSeconds(seconds);
  return result.kind === 'answer'
    ? [
        `${head} a whole answer after ${time}, ${formatCount(result.bytes)} bytes, in the schema that ingest reads, with ${plural(result.games.length, 'game')}`,
      ]
    : [
        `${head} ${troubleText(result.trouble)}, after ${time}`,
        'docs/fetch.md tells what helps where a host refuses or does not answer',
      ];
}

/** {@link probeLines} for machines. */
export function probeJson(report: Probe): string {
  const { result } = report;
  const told =
    result.kind === 'answer'
      ? result
      : { kind: result.kind, trouble: { ...result.trouble, text: troubleText(result.trouble) } };
  return toJson({ type: 'probe', host: report.host, seconds: report.seconds, result: told });
}
