import type { GameDate } from '../calendar/game-date.ts';
import type { GameType } from '../calendar/game-id.ts';
import { seasonName } from '../calendar/season-name.ts';

/** What can be fetched, in the order in which it is asked for. */
export const documentKinds = ['schedule', 'logs', 'shots', 'injuries'] as const;

export type DocumentKind = (typeof documentKinds)[number];

/** The kinds that are of the games of a date. */
export type DatedKind = Exclude<DocumentKind, 'schedule'>;

/** The schedule of a season. */
export interface ScheduleDocument {
  readonly kind: 'schedule';
  /** The year in which the season begins. */
  readonly season: number;
}

/** What is known of the games of one date. */
export interface DatedDocument {
  readonly kind: DatedKind;
  readonly season: number;
  readonly date: GameDate;
  /** The hosts answer by kind of game; a report is of all games of its date. */
  readonly gameType: GameType | undefined;
}

/** One answer of a host that is kept. */
export type DocumentId = ScheduleDocument | DatedDocument;

/** The place of a document below its folder, without its ending: `logs/2023-24/2024-01-26_regular_season`. */
export function placeOf(id: DocumentId): string {
  const season = `${id.kind}/${seasonName(id.season)}`;
  if (id.kind === 'schedule') return season;
  return `${season}/${[id.date, id.gameType].filter((part) => part !== undefined).join('_')}`;
}
