import type { GameDate } from '../calendar/game-date.ts';
import { type DocumentState, readKeptText, readState } from './answers-folder.ts';
import type { DatedDocument } from './document.ts';
import { type FileState, fileState } from './file-grid.ts';
import {
  documentReason,
  type FetchRequest,
  isDue,
  type PlannedDocument,
  scheduleOf,
  type WantedDocument,
} from './plan-fetch.ts';
import { readScheduledGames, type ScheduledGame } from './scheduled-games.ts';

/** The schedule of a season, as it lies in the folder. */
export interface KeptSchedule {
  readonly season: number;
  readonly state: DocumentState;
  /** Empty where no schedule is kept. */
  readonly games: readonly ScheduledGame[];
}

/** Reads the schedule of a season. */
export function readSchedule(folder: string, season: number): KeptSchedule {
  const id = scheduleOf(season);
  const state = readState(folder, id);
  const text = state.kept && readKeptText(folder, id);
  const games = text === undefined ? undefined : gamesOf(season, text);
  // One that cannot be read any more is as good as none, and is asked for.
  return games
    ? { season, state, games }
    : { season, state: { ...state, kept: undefined }, games: [] };
}

function gamesOf(season: number, text: string): readonly ScheduledGame[] | undefined {
  try {
    const games = readScheduledGames(season, JSON.parse(text));
    return 'kind' in games ? undefined : games;
  } catch {
    return undefined;
  }
}

/** A game and what is the case with its rows in one document. */
export interface GameFile {
  readonly id: DatedDocument;
  readonly game: ScheduledGame;
  readonly state: FileState;
}

/** What is the case with each game of some documents. */
export function readGrid(
  folder: string,
  wanted: readonly WantedDocument[],
  schedules: readonly KeptSchedule[],
  today: GameDate,
): readonly GameFile[] {
  const askedOn = scheduleDays(schedules);
  return wanted.flatMap(({ id, games }) => {
    const found = readState(folder, id);
    return games.flatMap((game) => {
      const state = fileState(id, game, found, askedOn(id, today), today);
      return state === undefined ? [] : { id, game, state };
    });
  });
}

/** Of some documents those that have to be asked for. */
export function planDocuments(
  folder: string,
  request: FetchRequest,
  wanted: readonly WantedDocument[],
  schedules: readonly KeptSchedule[],
): readonly PlannedDocument[] {
  const askedOn = scheduleDays(schedules);
  const { today } = request;
  return wanted.flatMap(({ id, games }) => {
    const due = games.filter((game) => isDue(id.kind, game, askedOn(id, today), today));
    const reason = documentReason(request, id, due, readState(folder, id));
    return reason === undefined ? [] : { id, reason };
  });
}

/** When the schedule of the season of a document was asked for last. */
function scheduleDays(schedules: readonly KeptSchedule[]) {
  const days = new Map(schedules.map(({ season, state }) => [season, state.kept?.asked_on]));
  return ({ season }: DatedDocument, otherwise: GameDate) => days.get(season) ?? otherwise;
}
