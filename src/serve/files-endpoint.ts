import { isLacking } from '../fetch/file-grid.ts';
import { gameRows, readFiles } from '../fetch/read-files.ts';
import { formatSeason } from '../report/words/format.ts';
import type { FilesAnswer } from './api-types.ts';
import type { ServeContext } from './serve-context.ts';

/** What the folder of answers has of each season, and the games that lack something. */
export async function filesEndpoint({ filesFolder, today }: ServeContext): Promise<FilesAnswer> {
  return {
    folder: filesFolder,
    seasons: readFiles(filesFolder, today()).map(({ season, files }) => ({
      year: season,
      label: formatSeason(season),
      counts: [...Map.groupBy(files, ({ id }) => id.kind)].map(([kind, own]) => ({
        kind,
        states: Object.fromEntries(
          [...Map.groupBy(own, ({ state }) => state)].map(([state, some]) => [state, some.length]),
        ),
      })),
      lacking: gameRows(files).filter(({ states }) =>
        Object.values(states).some((state) => state && isLacking(state)),
      ),
    })),
  };
}
