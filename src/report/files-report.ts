import { documentKinds } from '../fetch/document.ts';
import { isLacking } from '../fetch/file-grid.ts';
import { gameRows, type SeasonFiles } from '../fetch/read-files.ts';
import { gridLines } from './fetch-report.ts';
import { alignColumns, formatSeason, plural } from './words/format.ts';
import { toJson } from './words/json.ts';

/** So many games of a season are shown; their number is always told. */
const mostShown = 40;

/** What lies in a folder of answers, by season: games by document and state, and each game that lacks something. */
export function filesLines(folder: string, seasons: readonly SeasonFiles[]): readonly string[] {
  if (seasons.length === 0) return [`${folder} has no schedule: nobody knows what lacks there`];
  return seasons.flatMap(({ season, files }) => {
    const kinds = documentKinds.filter((kind) => files.some(({ id }) => id.kind === kind));
    const rows = gameRows(files);
    const lacking = rows.filter(({ states }) =>
      Object.values(states).some((state) => state && isLacking(state)),
    );
    const head = `${folder}, ${formatSeason(season)}: ${plural(rows.length, 'game')}, ${lacking.length === 0 ? 'nothing lacks' : `${plural(lacking.length, 'game')} that lack something`}`;
    const shown = lacking
      .slice(0, mostShown)
      .map(({ date, game, states }) => [date, game, ...kinds.map((kind) => states[kind] ?? '—')]);
    const more = lacking.length - shown.length;
    return [
      head,
      ...gridLines(files),
      ...(shown.length > 0 ? alignColumns([['date', 'game', ...kinds], ...shown]) : []),
      ...(more > 0 ? [`and ${plural(more, 'game')} more; --json has all`] : []),
    ];
  });
}

/** One object for each game of a folder, with the state of each document. */
export function filesJson(seasons: readonly SeasonFiles[]): readonly string[] {
  return seasons.flatMap(({ season, files }) =>
    gameRows(files).map((row) => toJson({ type: 'files', season, ...row })),
  );
}
