import {
  defaultSimulatedYear,
  firstSimulatedYear,
  lastSimulatedYear,
} from '../../../simulation/simulated-years.ts';
import { writeSimulatedLeague } from '../../../simulation/write-simulated-league.ts';
import { type DescribedFiles, describeFiles } from '../../ingest/files/describe-files.ts';
import type { IngestReport } from '../../ingest/files/ingest-report.ts';
import type { SourceFile } from '../../ingest/files/source-file.ts';
import type { Rewrite } from '../../ingest/raw/replace-raw-dates.ts';
import { fileSources, sourceContents } from '../../ingest/source-contents.ts';
import { loadedSource } from '../../ledger/source-of-logs.ts';
import { sourcesHelp } from '../../report/input-page.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import type { CliContext } from '../cli-context.ts';
import { common, dateInputs, warehouseInputs } from '../options/common-inputs.ts';
import { isDated, readDateFlags } from '../options/date-range.ts';
import { type Asked, flag, optionalWord, value, words } from '../options/input.ts';
import { nearestName } from '../options/nearest-name.ts';
import { wholeNumber } from '../options/option-values.ts';
import { UsageError } from '../options/usage-error.ts';
import { withMemory } from '../process/open-warehouse.ts';
import { withEngine } from '../process/with-engine.ts';
import { withTempFolder } from '../process/with-temp-folder.ts';
import { defineVerb } from '../verb.ts';
import { checkFiles } from '../work/check-files.ts';
import { loadSource, type SourceLoad, worstExitCode } from '../work/load-source.ts';

const sources: readonly string[] = [...fileSources, 'simulated'];

const inputs = {
  source: optionalWord('what the files are, see below; else their columns tell'),
  files: words('.parquet, .csv or .json, the last two also as .gz'),
  ...warehouseInputs,
  ...dateInputs,
  check: flag('read and judge the files, tell what would change, write nothing'),
  rewrite: flag('replace what stands, equal or not; with dates, only these'),
  allowShrink: common.allowShrink,
  reason: common.reason,
  seasons: value(
    '<n>',
    'simulated: seasons to play (default: 4)',
    wholeNumber(1, lastSimulatedYear - firstSimulatedYear + 1),
  ),
  firstSeason: value(
    '<year>',
    `simulated: year in which the first season begins (default: ${defaultSimulatedYear})`,
    wholeNumber(firstSimulatedYear, lastSimulatedYear),
  ),
  seed: value('<n>', 'simulated: another seed, another league (default: 1)', wholeNumber(0)),
} as const;

type IngestFlags = Asked<typeof inputs>;

/** Loads files of a source; `simulated` without files makes a league first. */
export const ingestVerb = defineVerb({
  inputs,
  notes: `Sources:
${sourcesHelp(sourceContents)}

Files of one source in one command are one load: all games of a date belong in
it. docs/inputs lists the columns of each source.`,
  example: [
    'backcourt ingest downloads/*.csv',
    'backcourt ingest nba-stats playergamelogs_*.parquet shotchartdetail_*.parquet',
    'backcourt ingest schedule schedule.csv',
    'backcourt ingest --check downloads/*.csv',
  ],
  async run(context, tables, flags) {
    const { source, files } = readWords(flags);
    if (source !== 'simulated' && files.length === 0)
      throw new UsageError(
        'which files? give those to load; without any only a made-up league is played: ingest simulated',
      );
    const rewrite = await readRewrite(context, tables, flags);
    if (source === 'simulated' && files.length === 0) {
      const { seasons = 4, firstSeason = defaultSimulatedYear } = flags;
      refuseLateSeasons(seasons, firstSeason);
      return withTempFolder('league', async (directory) => {
        const paths = await writeSimulatedLeague({
          directory,
          seasons,
          firstSeasonYear: firstSeason,
          seed: flags.seed ?? 1,
        });
        return load(context, tables, 'simulated', paths, rewrite, flags, leagueFlags(flags));
      });
    }
    return load(context, tables, source, files, rewrite, flags);
  },
});

/** The first word is a source, or the first file. @throws UsageError */
function readWords({ source: first, files }: IngestFlags): {
  readonly source: string | undefined;
  readonly files: readonly string[];
} {
  if (first === undefined || sources.includes(first)) return { source: first, files };
  // A source is a word; what has an ending or a folder is a file.
  if (!/[./\\]/.test(first)) throw unknownSource(first);
  return { source: undefined, files: [first, ...files] };
}

/** Dates alone would leave out the others without a word. @throws UsageError */
async function readRewrite(
  context: CliContext,
  tables: TableRegistry,
  flags: IngestFlags,
): Promise<Rewrite | undefined> {
  if (!flags.rewrite) {
    if (!isDated(flags)) return undefined;
    throw new UsageError('an ingest takes all dates of its files; --dates is for --rewrite');
  }
  if (!isDated(flags)) return { dates: undefined };
  const asked = readDateFlags(flags, context.clock.today());
  if (typeof asked !== 'function') return { dates: asked };
  const dates = await withEngine(context, tables, flags, 'read', async ({ world }) =>
    asked(world.calendar),
  );
  return { dates };
}

/** What has to be said to play the same league again. */
function leagueFlags({ seasons, firstSeason, seed }: IngestFlags): readonly string[] {
  return [
    ...(seasons === undefined ? [] : ['--seasons', String(seasons)]),
    ...(firstSeason === undefined ? [] : ['--first-season', String(firstSeason)]),
    ...(seed === undefined ? [] : ['--seed', String(seed)]),
  ];
}

/** @throws UsageError when the last season would begin in a year that no game id can write. */
function refuseLateSeasons(seasons: number, firstSeason: number): void {
  const last = firstSeason + seasons - 1;
  if (last <= lastSimulatedYear) return;
  throw new UsageError(
    `--seasons ${seasons} from ${firstSeason} would end with season ${last}; the last one is ${lastSimulatedYear}, begin earlier with --first-season`,
  );
}

function unknownSource(name: string): UsageError {
  const nearest = nearestName(name, sources);
  const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
  return new UsageError(`unknown source "${name}" (known: ${sources.join(', ')})${hint}`);
}

/** Loads files, those of each source by themselves. @returns the exit code of the load that went worst. */
async function load(
  context: CliContext,
  tables: TableRegistry,
  source: string | undefined,
  paths: readonly string[],
  rewrite: Rewrite | undefined,
  flags: IngestFlags,
  league?: readonly string[],
): Promise<number> {
  // Judged before the warehouse is opened: a command that can load nothing must leave nothing.
  const described = await withMemory(context, (memory) =>
    describeFiles(memory, sourceContents, source, paths),
  );
  const loads = loadsOf(described, source, paths);
  if (flags.check) return checkFiles(context, tables, loads, rewrite, flags);
  const reports: IngestReport[] = [];
  for (const one of loads) {
    reports.push(await loadSource(context, tables, one, rewrite, flags, league));
  }
  return worstExitCode(reports);
}

/** In the order of the sources, mostly: a schedule finds the games that were played, lines and injuries the schedule. */
function loadsOf(
  described: DescribedFiles,
  given: string | undefined,
  paths: readonly string[],
): readonly SourceLoad[] {
  if (given !== undefined) return [{ ...described, source: given, paths }];
  const { files, damaged, dataKind } = described;
  // Box scores that do not say when they were played are told by the schedule, which then comes first.
  const isToldBySchedule = files.some(({ shape }) => shape.gamesElsewhere);
  const ordered = isToldBySchedule
    ? files.toSorted((a, b) => scheduleFirst(a) - scheduleFirst(b))
    : files;
  const bySource = Map.groupBy(ordered, ({ content }) => content.source);
  // A file that is not whole belongs to nothing that is loaded; it is told with the first load.
  return [...bySource].map(([source, own], index) => ({
    source: loadedSource(source, dataKind === 'simulated'),
    files: own,
    paths: own.map(({ path }) => path),
    damaged: index === 0 ? damaged : [],
    dataKind,
  }));
}

function scheduleFirst({ content }: SourceFile): number {
  return content.source === 'schedule' ? 0 : 1;
}
