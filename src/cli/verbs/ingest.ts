import {
  defaultSimulatedYear,
  firstSimulatedYear,
  lastSimulatedYear,
} from '../../../simulation/simulated-years.ts';
import { writeSimulatedLeague } from '../../../simulation/write-simulated-league.ts';
import { UsageError } from '../../engine/usage-error.ts';
import { withEngine } from '../../engine/with-engine.ts';
import { isAnswersFolder } from '../../fetch/answers-folder.ts';
import type { Rewrite } from '../../ingest/raw/replace-raw-dates.ts';
import { fileSources, sourceContents } from '../../ingest/source-contents.ts';
import { sourcesHelp } from '../../report/input-page.ts';
import { nearestName } from '../../table/nearest-name.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import type { CliContext } from '../cli-context.ts';
import { common, dateInputs, warehouseInputs } from '../options/common-inputs.ts';
import { isDated, readDateFlags } from '../options/date-range.ts';
import { type Asked, flag, optionalWord, value, words } from '../options/input.ts';
import { wholeNumber } from '../options/option-values.ts';
import { withTempFolder } from '../process/with-temp-folder.ts';
import { defineVerb } from '../verb.ts';
import { loadFiles } from '../work/load-files.ts';

const sources: readonly string[] = [...fileSources, 'simulated'];

const inputs = {
  source: optionalWord('what the files are, see below; else their columns tell'),
  files: words('.parquet, .csv, .json (.gz), or a folder of answers'),
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
    const { check } = flags;
    const load = (of: string | undefined, paths: readonly string[], more = {}) =>
      loadFiles(context, tables, flags, { source: of, paths, rewrite, check, ...more });
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
        const league = leagueFlags(flags);
        return load('simulated', paths, { league });
      });
    }
    return load(source, files);
  },
});

/** The first word is a source, or the first file. @throws UsageError */
function readWords({ source: first, files }: IngestFlags): {
  readonly source: string | undefined;
  readonly files: readonly string[];
} {
  if (first === undefined || sources.includes(first)) return { source: first, files };
  // A source is a word; what has an ending or a folder is a file, and a folder may be called by a word.
  if (!/[./\\]/.test(first) && !isAnswersFolder(first)) throw unknownSource(first);
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
