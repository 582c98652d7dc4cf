import type { SourceContent } from './files/source-content.ts';
import { gameLinesContent } from './sources/game-lines/game-lines-content.ts';
import { injuriesContent } from './sources/injuries/injuries-content.ts';
import { statsContents } from './sources/nba-stats/stats-contents.ts';
import { playerPropsContent } from './sources/player-props/player-props-content.ts';
import { playersContent } from './sources/players/players-content.ts';
import { scheduleContent } from './sources/schedule/schedule-content.ts';

/** Everything that a file can hold, in the order in which it is loaded; a new source is a line here. */
export const sourceContents: readonly SourceContent[] = [
  ...statsContents,
  scheduleContent,
  gameLinesContent,
  playerPropsContent,
  injuriesContent,
  playersContent,
];

/** What `backcourt ingest <source>` can be told of files, in the order of {@link sourceContents}. */
export const fileSources: readonly string[] = [
  ...new Set(sourceContents.map(({ source }) => source)),
];
