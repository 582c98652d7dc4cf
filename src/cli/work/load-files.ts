import { basename } from 'node:path';
import { withMemory } from '../../engine/open-warehouse.ts';
import { isAnswersFolder, keptFiles } from '../../fetch/answers-folder.ts';
import { BadInput } from '../../ingest/files/bad-input.ts';
import { type DescribedFiles, describeFiles } from '../../ingest/files/describe-files.ts';
import type { DamagedFile, IngestReport } from '../../ingest/files/ingest-report.ts';
import { packAnswers } from '../../ingest/files/pack-answers.ts';
import type { SourceFile } from '../../ingest/files/source-content.ts';
import type { Rewrite } from '../../ingest/raw/replace-raw-dates.ts';
import { sourceContents } from '../../ingest/source-contents.ts';
import { loadedSource } from '../../ledger/source-of-logs.ts';
import { exitCodes } from '../../run/exit-codes.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import type { CliContext } from '../cli-context.ts';
import { withTempFolder } from '../process/with-temp-folder.ts';
import { checkFiles } from './check-files.ts';
import { type LoadFlags, loadSource, type SourceLoad, worstExitCode } from './load-source.ts';

/** Files to load, and how. */
export interface FilesToLoad {
  /** What they are; `undefined`: as their columns tell. */
  readonly source: string | undefined;
  /** Files, and folders of answers that were fetched. */
  readonly paths: readonly string[];
  readonly rewrite: Rewrite | undefined;
  /** Only tell what would become of them. */
  readonly check: boolean;
  /** What has to be said to play the files again, where they are of a league that was played. */
  readonly league?: readonly string[];
  /** Of a folder of answers those that are meant; all unless given. */
  readonly isMeant?: (answer: string) => boolean;
}

/** Loads files, those of each source by themselves. @returns the exit code of the load that went worst. */
export function loadFiles(
  context: CliContext,
  tables: TableRegistry,
  flags: LoadFlags,
  asked: FilesToLoad,
): Promise<number> {
  const { source, rewrite } = asked;
  return withTempFolder('answers', async (folder) => {
    // Judged before the warehouse is opened: a command that can load nothing must leave nothing.
    const loads = await withMemory(context, async (memory) => {
      const places = new Map<string, string>();
      // A file that is named twice is told, as every other that is there twice.
      const files: string[] = [];
      const add = (file: string, typed: string) => {
        places.set(file, typed);
        files.push(file);
      };
      const damaged: DamagedFile[] = [];
      for (const path of asked.paths) {
        if (!isAnswersFolder(path)) {
          add(path, path);
          continue;
        }
        for (const [name, answers] of keptFiles(path)) {
          const meant = asked.isMeant ? answers.filter(asked.isMeant) : answers;
          if (meant.length === 0) continue;
          const packed = await packAnswers(memory, meant, name, folder);
          for (const file of packed.paths) add(file, path);
          damaged.push(...packed.damaged);
        }
      }
      if (files.length === 0) throw nothingToLoad(asked.paths, damaged);
      const described = await describeFiles(memory, sourceContents, source, files);
      return loadsOf({ ...described, damaged: [...damaged, ...described.damaged] }, source, places);
    });
    if (asked.check) return checkFiles(context, tables, loads, rewrite, flags);
    const reports: IngestReport[] = [];
    for (const one of loads) {
      reports.push(await loadSource(context, tables, one, rewrite, flags, asked.league, reports));
    }
    return worstExitCode(reports);
  });
}

/** Loads some of the answers that a folder holds. @returns the exit code; 0 when there are none. */
export async function loadKept(
  context: CliContext,
  tables: TableRegistry,
  flags: LoadFlags,
  folder: string,
  kept: readonly string[],
): Promise<number> {
  if (kept.length === 0) return exitCodes.done;
  const meant = new Set(kept);
  const isMeant = (answer: string) => meant.has(answer);
  const asked = { source: undefined, paths: [folder], rewrite: undefined, check: false, isMeant };
  return loadFiles(context, tables, flags, asked);
}

function nothingToLoad(paths: readonly string[], damaged: readonly DamagedFile[]): BadInput {
  const where = paths.map((path) => `"${basename(path)}"`).join(', ');
  const why = damaged.map(({ name, reason }) => `; cannot read "${name}": ${reason}`);
  return new BadInput(`no answer in ${where} can be loaded${why.join('')}`);
}

/**
 * In the order of the sources, mostly: a schedule finds the games that were played, lines and injuries the schedule.
 * @param places each file → how it was typed.
 */
function loadsOf(
  described: DescribedFiles,
  given: string | undefined,
  places: ReadonlyMap<string, string>,
): readonly SourceLoad[] {
  const typed = (own: readonly SourceFile[]) => [
    ...new Set(own.map(({ path }) => places.get(path) ?? path)),
  ];
  if (given !== undefined)
    return [{ ...described, source: given, paths: [...new Set(places.values())] }];
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
    paths: typed(own),
    damaged: index === 0 ? damaged : [],
    dataKind,
  }));
}

function scheduleFirst({ content }: SourceFile): number {
  return content.source === 'schedule' ? 0 : 1;
}
