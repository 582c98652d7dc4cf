import { gameLinesContent } from './game-lines/game-lines-content.ts';
import { injuriesContent } from './injuries/injuries-content.ts';
import { statsContents } from './nba-stats/stats-contents.ts';
import { playerPropsContent } from './player-props/player-props-content.ts';
import { playersContent } from './players/players-content.ts';
import { scheduleContent } from './schedule/schedule-content.ts';
import type { SourceContent } from './source-content.ts';

/** Everything that a file can hold, in the order in which it is loaded. */
export const sourceContents: readonly SourceContent[] = [
  ...statsContents,
  scheduleContent,
  gameLinesContent,
  playerPropsContent,
  injuriesContent,
  playersContent,
];
