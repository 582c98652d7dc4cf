import { addDays } from '../../calendar/game-date.ts';
import { seasonName } from '../../calendar/season-name.ts';
import type { FetchSummary } from '../../fetch/fetch-documents.ts';
import { awaitedDays, likelySeason } from '../../fetch/plan-fetch.ts';
import { BadInput } from '../../ingest/files/bad-input.ts';
import { type IncompleteDate, shortDatesBehind } from '../../plan/incomplete-dates.ts';
import { lackingDates, lackingFiles } from '../../report/alert-body.ts';
import { openGamesText } from '../../report/incomplete-lines.ts';
import { exitCodes } from '../../run/exit-codes.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import type { World } from '../../world/world.ts';
import type { VerbContext } from '../cli-context.ts';
import { common, warehouseInputs } from '../options/common-inputs.ts';
import {
  documentsOf,
  type FetchFlags,
  fetchInputs,
  folderOf,
  hostsOf,
} from '../options/fetch-inputs.ts';
import { type Asked, fallbacksOf, value } from '../options/input.ts';
import { once } from '../options/option-values.ts';
import { type ReportEnd, readAlertUrl, withAlerts } from '../process/with-alerts.ts';
import { defineVerb } from '../verb.ts';
import { carryOut } from '../work/carry-out.ts';
import { fetchExitCode, fetchFiles } from '../work/fetch-files.ts';
import { freshJob } from '../work/fresh-job.ts';
import { loadKept } from '../work/load-files.ts';
import type { Job } from '../work/work-order.ts';
import { runVerb } from './run.ts';

const inputs = {
  ...fetchInputs,
  ...warehouseInputs,
  allowShrink: common.allowShrink,
  reason: common.reason,
  threads: common.threads,
  verbose: common.verbose,
  alertUrl: value('<url>', 'post what goes wrong there (or set BACKCOURT_ALERT_URL)', once),
} as const;

/** A date looks back on so many days, and what lacks in them holds it up. */
const tellsDays = 30;

type MorningFlags = Asked<typeof inputs>;

/** All of a morning: fetch what last night brought, load it, compute today, and say what went wrong. */
export const morningVerb = defineVerb({
  inputs,
  notes: `What "fetch --dates yesterday", "ingest" and "run --dates today" do, in turn; a
part that fails keeps none of those after it. The exit code is that of the run,
else of the ingest, else of the fetch. docs/daily.md tells the rest.`,
  example: ['backcourt morning', 'backcourt morning --alert-url https://chat.example/hook'],
  run(context, tables, flags) {
    const { warehouse } = flags;
    const asked = { dates: context.clock.today(), into: folderOf(context, flags.into) };
    const alerts = {
      url: readAlertUrl(context, flags.alertUrl),
      ifThrown: { verb: 'morning', asked, warehouse },
    };
    return withAlerts(context, alerts, (reportEnd) => work(context, tables, flags, reportEnd));
  },
});

async function work(
  context: VerbContext,
  tables: TableRegistry,
  flags: MorningFlags,
  reportEnd: ReportEnd,
): Promise<number> {
  const { warehouse } = flags;
  const startedAt = context.clock.now();
  const today = context.clock.today();
  const folder = folderOf(context, flags.into);
  const summary = await fetchLastNight(context, flags, folder);
  const { interrupted } = exitCodes;
  if (summary.interrupted) return interrupted;
  const loaded = await load(context, tables, flags, folder, summary);
  const fetched = fetchExitCode(summary);
  const runFlags = { ...fallbacksOf(runVerb.inputs), ...runFlagsOf(flags), dates: today };
  const job = freshJob(context, tables, runFlags, true);
  let holes: readonly IncompleteDate[] = [];
  const files = () => [...lackingFiles(summary), ...lackingDates(holes)];
  const lacking = () => loaded.code || fetched || (holes.length > 0 ? exitCodes.failed : 0);
  let told = false;
  // One alert tells of the whole morning.
  const onEnd: ReportEnd = (run) => {
    told = true;
    const exitCode = run.exitCode || lacking();
    reportEnd({ ...run, verb: 'morning', exitCode, files: files(), error: loaded.error });
  };
  const order: Job['order'] = (engine) => {
    holes = earlierHoles(engine.world);
    if (holes.length > 0) context.stderr(`warning: ${holesText(context, holes)}\n`);
    return job.order(engine);
  };
  const code = await carryOut(context, tables, runFlags, {
    ...job,
    ...{ isWatched: false, onEnd, order },
  });
  const exitCode = code || lacking();
  if (!told) {
    const asked = { dates: today, into: folder };
    const { error } = loaded;
    const run = { verb: 'morning', asked, warehouse, startedAt, exitCode, files: files(), error };
    reportEnd(run);
  }
  return exitCode;
}

/**
 * Dates of the season that lack games, and that no morning asks for any more: after a pause of more than a week. What is
 * further back than a day looks is told by status alone.
 */
function earlierHoles(world: World): readonly IncompleteDate[] {
  const { calendar, today } = world;
  const [from, before] = [addDays(today, -tellsDays), addDays(today, -awaitedDays)];
  const lasts = calendar.seasons.flatMap(({ dates }) => dates.at(-1) ?? []);
  return shortDatesBehind(world, lasts).filter(({ date }) => date >= from && date < before);
}

function holesText({ command }: VerbContext, holes: readonly IncompleteDate[]): string {
  const seasons = [...new Set(holes.map(({ date }) => likelySeason(date)))];
  const commands = seasons.map((season) =>
    command(`fetch --season ${seasonName(season)} --ingest`),
  );
  return `${openGamesText(holes)}, from ${holes[0]?.date}; no morning asks for them any more: ${commands.join('; ')}`;
}

function fetchLastNight(
  context: VerbContext,
  flags: FetchFlags & Pick<MorningFlags, 'wait' | 'json'>,
  folder: string,
): Promise<FetchSummary> {
  const hosts = hostsOf(context, flags);
  const today = context.clock.today();
  return fetchFiles(context, {
    folder,
    hosts,
    request: {
      kinds: documentsOf(flags.documents, hosts),
      dates: [addDays(today, -1), today],
      season: undefined,
      today,
      again: false,
    },
    wait: flags.wait,
    json: flags.json,
  });
}

/** Files that cannot be loaded keep nobody from what can be computed. */
async function load(
  context: VerbContext,
  tables: TableRegistry,
  flags: MorningFlags,
  folder: string,
  { kept }: FetchSummary,
): Promise<{ readonly code: number; readonly error?: string }> {
  const request = { ...flags, rewrite: false };
  try {
    return { code: await loadKept(context, tables, request, folder, kept) };
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    context.stderr(`error: ${error.message}\n`);
    return { code: exitCodes.failed, error: error.message };
  }
}

function runFlagsOf({
  warehouse,
  json,
  wait,
  reason,
  threads,
  verbose,
  allowShrink,
}: MorningFlags) {
  return { warehouse, json, wait, reason, threads, verbose, allowShrink };
}
