import type { GameDate } from '../calendar/game-date.ts';
import type { DocumentState } from './answers-folder.ts';
import type { DatedDocument } from './document.ts';
import { isDue } from './plan-fetch.ts';
import type { ScheduledGame } from './scheduled-games.ts';

/** What is the case with the rows of a game in the documents of one kind. */
export type FileState =
  /** They are there. */
  | 'fetched'
  /** The game is to be played, or not known to be over. */
  | 'waiting'
  /** They are due, and nobody has asked for them. */
  | 'missing'
  /** They are due, and the host did not give them, or not so that they could be read. */
  | 'refused'
  /** They are due, and the source has none. */
  | 'absent';

/** In the order of how much they need attention. */
export const fileStates: readonly FileState[] = [
  'fetched',
  'waiting',
  'missing',
  'absent',
  'refused',
];

/** TRUE for what is due and not there. */
export function isLacking(state: FileState): boolean {
  return state === 'missing' || state === 'refused' || state === 'absent';
}

/** The state of one game in one document; `undefined` for a game that is off. */
export function fileState(
  id: DatedDocument,
  game: ScheduledGame,
  { kept, note }: DocumentState,
  scheduleAskedOn: GameDate,
  today: GameDate,
): FileState | undefined {
  if (game.status === 'off') return undefined;
  if (kept && (id.kind === 'injuries' || kept.games.includes(game.id))) return 'fetched';
  if (!isDue(id.kind, game, scheduleAskedOn, today)) return 'waiting';
  if (note?.outcome === 'refused') return 'refused';
  return kept || note ? 'absent' : 'missing';
}
