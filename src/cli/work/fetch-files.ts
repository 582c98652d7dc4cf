import { setTimeout } from 'node:timers/promises';
import {
  type DocumentResult,
  type FetchJob,
  type FetchSummary,
  fetchDocuments,
  planFetch,
} from '../../fetch/fetch-documents.ts';
import { isLacking } from '../../fetch/file-grid.ts';
import type { Hosts } from '../../fetch/hosts.ts';
import type { FetchRequest } from '../../fetch/plan-fetch.ts';
import {
  documentText,
  fetchPlanJson,
  fetchPlanLines,
  fetchSummaryJson,
  fetchSummaryLines,
  resultJson,
  resultLines,
} from '../../report/fetch-report.ts';
import { exitCodes } from '../../run/exit-codes.ts';
import type { CliContext } from '../cli-context.ts';
import { rewriteLine } from '../output/harmless-output.ts';
import { printReport } from '../output/print-report.ts';

/** What is to be fetched, where it is kept, and how it is told. */
export interface FetchOrder {
  readonly folder: string;
  readonly hosts: Hosts;
  readonly request: FetchRequest;
  readonly wait: number | undefined;
  readonly json: boolean;
}

/** How long a fetch waits for another one of the same folder unless it is told. */
const defaultWaitSeconds = 5;

/** A timer counts from when its loop looked at the clock last, and so can be early: what is left is slept as well. */
async function sleep(ms: number, stop?: AbortSignal): Promise<void> {
  const untilMs = performance.now() + ms;
  for (let leftMs = ms; leftMs > 0 && !stop?.aborted; leftMs = untilMs - performance.now()) {
    // Whoever is woken has not slept to the end, which is no error.
    await setTimeout(Math.ceil(leftMs), undefined, { signal: stop }).catch(() => undefined);
  }
}

const realTiming: NonNullable<CliContext['fetchTiming']> = { sleep, random: () => Math.random() };

/** What every question to a host needs of its surroundings. */
export function jobOf(
  context: CliContext,
  { folder, hosts, wait }: Pick<FetchOrder, 'folder' | 'hosts' | 'wait'>,
): Omit<FetchJob, 'request' | 'onResult'> {
  const { clock, pid, host, stop, fetchTiming = realTiming } = context;
  return {
    ...{ folder, hosts, stop },
    clock: {
      now: clock.now,
      wallMs: () => Date.parse(clock.now()),
      elapsedMs: clock.elapsedMs,
      sleep: fetchTiming.sleep,
      random: fetchTiming.random,
    },
    holder: { pid, host },
    waitSeconds: wait ?? defaultWaitSeconds,
  };
}

/** Prints what a fetch would ask for. */
export function tellFetch(context: CliContext, order: FetchOrder): void {
  const plan = planFetch(order.folder, order.request);
  const header = { folder: order.folder, paceSeconds: order.hosts.paceSeconds };
  printReport(context, order.json, {
    lines: fetchPlanLines(plan, header),
    json: fetchPlanJson(plan, header),
  });
}

/** Fetches, and prints what came of it. */
export async function fetchFiles(context: CliContext, order: FetchOrder): Promise<FetchSummary> {
  const { folder, hosts, request, json } = order;
  const header = { folder, paceSeconds: hosts.paceSeconds };
  let done = 0;
  let before: DocumentResult['trouble'];
  const onResult = (result: DocumentResult) => {
    done += 1;
    if (context.terminalWidth) rewriteLine(context);
    const lines = resultLines(result, before);
    before = result.trouble ?? before;
    if (lines.length > 0) printReport(context, json, { lines, json: [] });
    if (json) context.stdout(`${resultJson(result)}\n`);
    if (context.terminalWidth) rewriteLine(context, `${done} asked: ${documentText(result.id)}`);
  };
  const job = { ...jobOf(context, order), request, onResult };
  const summary = await fetchDocuments(job).finally(() => {
    if (context.terminalWidth) rewriteLine(context);
  });
  printReport(context, json, {
    lines: fetchSummaryLines(summary, header),
    json: [fetchSummaryJson(summary, header)],
  });
  return summary;
}

/** 3 while something due is not there, 130 when it was interrupted, else 0. */
export function fetchExitCode({
  grid,
  unknownSeasons,
  interrupted,
  results,
}: FetchSummary): number {
  if (interrupted) return exitCodes.interrupted;
  const isRefused = results.some(({ outcome }) => outcome === 'refused' || outcome === 'not_asked');
  const lacks = grid.some(({ state }) => isLacking(state)) || unknownSeasons.length > 0;
  return lacks || isRefused ? exitCodes.failed : exitCodes.done;
}
