import { UsageError } from '../../engine/usage-error.ts';
import type { Hosts } from '../../fetch/hosts.ts';
import type { FetchRequest } from '../../fetch/plan-fetch.ts';
import { probeHost } from '../../fetch/probe-host.ts';
import { probeJson, probeLines } from '../../report/fetch-report.ts';
import { exitCodes } from '../../run/exit-codes.ts';
import type { VerbContext } from '../cli-context.ts';
import { common, type DateFlags, dateInputs, warehouseInputs } from '../options/common-inputs.ts';
import { isDated, readDateFlags } from '../options/date-range.ts';
import {
  documentsOf,
  type FetchFlags,
  fetchInputs,
  folderOf,
  hostsOf,
} from '../options/fetch-inputs.ts';
import { flag, value } from '../options/input.ts';
import { seasonYear } from '../options/option-values.ts';
import { printReport } from '../output/print-report.ts';
import { defineVerb } from '../verb.ts';
import { fetchExitCode, fetchFiles, jobOf, tellFetch } from '../work/fetch-files.ts';
import { loadKept } from '../work/load-files.ts';
import { worstOf } from '../work/load-source.ts';

/** Asks the league's hosts for what a folder has not. */
export const fetchVerb = defineVerb({
  inputs: {
    season: value('<season>', 'its days that are over, 2024-25 or 2024', seasonYear),
    ...dateInputs,
    ...fetchInputs,
    again: flag('ask once more for what is there'),
    dryRun: flag('tell how many requests and minutes; ask nobody'),
    probe: flag('ask for one small document and tell what came back'),
    ingest: flag('then load what is there of what was asked for'),
    ...warehouseInputs,
    allowShrink: common.allowShrink,
  },
  notes: `Answers are kept as they come, for "backcourt ingest <folder>" or --ingest.
What is there is not asked for again, yesterday on two more days. Exit code 3
while something due is not there. docs/fetch.md tells the rest.`,
  example: ['backcourt fetch --season 2024-25 --dry-run', 'backcourt fetch --dates yesterday'],
  async run(context, tables, flags) {
    const hosts = hostsOf(context, flags);
    const folder = folderOf(context, flags.into);
    if (flags.probe) return probe(context, folder, hosts, flags);
    const request = readRequest(context, flags, hosts);
    const order = { folder, hosts, request, wait: flags.wait, json: flags.json };
    if (flags.dryRun) {
      tellFetch(context, order);
      return exitCodes.done;
    }
    const summary = await fetchFiles(context, order);
    const code = fetchExitCode(summary);
    if (!flags.ingest || summary.interrupted) return code;
    const load = { ...flags, rewrite: false, reason: undefined };
    return worstOf([code, await loadKept(context, tables, load, folder, summary.kept)]);
  },
});

/** @throws UsageError */
function readRequest(
  context: VerbContext,
  {
    season,
    again,
    documents,
    ...flags
  }: FetchFlags & DateFlags & { readonly season: number | undefined; readonly again: boolean },
  hosts: Hosts,
): FetchRequest {
  const today = context.clock.today();
  const kinds = documentsOf(documents, hosts);
  if (season !== undefined && isDated(flags)) {
    throw new UsageError('--season cannot be combined with --dates or --start-date and --end-date');
  }
  if (season !== undefined) return { kinds, season, dates: undefined, today, again };
  if (!isDated(flags)) throw new UsageError('what? give --season, or --dates d1,d2,…');
  const dates = readDateFlags(flags, today);
  if (typeof dates === 'function') {
    throw new UsageError('--dates latest is of what is loaded; a fetch takes days, or yesterday');
  }
  return { kinds, season, dates, today, again };
}

async function probe(
  context: VerbContext,
  folder: string,
  hosts: Hosts,
  { json, wait }: { readonly json: boolean; readonly wait: number | undefined },
): Promise<number> {
  const found = await probeHost(jobOf(context, { folder, hosts, wait }));
  printReport(context, json, { lines: probeLines(found), json: [probeJson(found)] });
  return found.result.kind === 'answer' ? exitCodes.done : exitCodes.failed;
}
