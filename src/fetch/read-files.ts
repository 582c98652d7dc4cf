import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { GameDate } from '../calendar/game-date.ts';
import { keptSeasons } from './answers-folder.ts';
import { documentKinds } from './document.ts';
import { type GameFile, readGrid, readSchedule } from './kept-schedules.ts';
import { wantedDocuments } from './plan-fetch.ts';

/** What a folder has of a season: a cell for each game and document, in the order of the dates. */
export interface SeasonFiles {
  readonly season: number;
  readonly files: readonly GameFile[];
}

/**
 * The grid of game by document of each season that a folder has a schedule of.
 * @param today in US Eastern.
 */
export function readFiles(folder: string, today: GameDate): readonly SeasonFiles[] {
  // Who never asks for reports lacks none.
  const kinds = documentKinds.filter(
    (kind) => kind !== 'injuries' || existsSync(join(folder, kind)),
  );
  return keptSeasons(folder).map((season) => {
    const schedule = readSchedule(folder, season);
    const request = { kinds, dates: undefined, season, today, again: false };
    const wanted = wantedDocuments(request, schedule.games);
    return { season, files: readGrid(folder, wanted, [schedule], today) };
  });
}

/** A game, and what is the case with it in each document. */
export interface GameRow {
  readonly date: GameDate;
  readonly game: string;
  /** Kind of document → state. */
  readonly states: Readonly<Partial<Record<string, GameFile['state']>>>;
}

/** A row for each game. */
export function gameRows(files: readonly GameFile[]): readonly GameRow[] {
  const byGame = Map.groupBy(files, ({ game }) => game.id);
  return [...byGame].map(([game, own]) => ({
    date: own[0]?.game.date ?? ('' as GameDate),
    game,
    states: Object.fromEntries(own.map(({ id, state }) => [id.kind, state])),
  }));
}
