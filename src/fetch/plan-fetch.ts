import { addDays, type GameDate } from '../calendar/game-date.ts';
import type { DocumentState } from './answers-folder.ts';
import {
  type DatedDocument,
  type DatedKind,
  type DocumentKind,
  documentKinds,
  placeOf,
  type ScheduleDocument,
} from './document.ts';
import type { ScheduledGame } from './scheduled-games.ts';

/** What somebody wants to have. */
export interface FetchRequest {
  readonly kinds: readonly DocumentKind[];
  /** Days, ascending; `undefined`: all of {@link season}. */
  readonly dates: readonly GameDate[] | undefined;
  readonly season: number | undefined;
  /** The day in US Eastern. */
  readonly today: GameDate;
  /** What is there is asked for once more. */
  readonly again: boolean;
}

/** Whether a document has to be asked for, and why. */
export type AskReason = 'new' | 'incomplete' | 'corrections' | 'refused' | 'again';

export interface PlannedDocument {
  readonly id: DatedDocument;
  readonly reason: AskReason;
}

/** A document and the games that it is of. */
export interface WantedDocument {
  readonly id: DatedDocument;
  readonly games: readonly ScheduledGame[];
}

/** A day is asked about when it is over, and on two days after that once more. */
const correctedDays = 3;

/** What is not there by then is asked for no more: a week is a person's pause. */
export const awaitedDays = 7;

/** The season that a day is looked for in first: they begin in October, or later. */
export function likelySeason(date: GameDate): number {
  return Number(date.slice(0, 4)) - (date.slice(5, 7) < '10' ? 1 : 0);
}

/** Seasons whose schedules decide about the request, as far as is known without them. */
export function seasonsOf({ season, dates, today }: FetchRequest): readonly number[] {
  if (season !== undefined) return [season];
  return [...new Set((dates ?? [today]).map(likelySeason))].sort();
}

/** The season before one that has not begun on a day that is asked for: 2019-20 ended in October. */
export function seasonBefore(
  { dates = [] }: FetchRequest,
  season: number,
  games: readonly ScheduledGame[],
): number | undefined {
  const first = games.map(({ date }) => date).sort()[0];
  const isBefore = (date: GameDate) => first !== undefined && date < first;
  return dates.some((date) => likelySeason(date) === season && isBefore(date))
    ? season - 1
    : undefined;
}

/**
 * A schedule is asked for once a day, until each of its games was played, and two days more; and whenever it does not
 * know yet how a day before ended, as one that was asked for after midnight.
 * @param games of the schedule that is kept.
 */
export function scheduleReason(
  { kinds, today, again }: FetchRequest,
  { kept, note }: DocumentState,
  games: readonly ScheduledGame[],
): AskReason | undefined {
  if (!kept) return note?.outcome === 'refused' ? 'refused' : 'new';
  if (!kinds.includes('schedule')) return undefined;
  if (again) return 'again';
  const last = games
    .map(({ date }) => date)
    .sort()
    .at(-1);
  const isOver =
    last !== undefined &&
    kept.asked_on >= addDays(last, correctedDays) &&
    games.every(({ status }) => status !== 'scheduled');
  const isOpen = games.some(({ date, status }) => date < today && status === 'scheduled');
  // An answer of a later day is one of a clock that has been set back since.
  return isOver || (kept.asked_on === today && !isOpen) ? undefined : 'corrections';
}

/** The schedule of a season. */
export function scheduleOf(season: number): ScheduleDocument {
  return { kind: 'schedule', season };
}

/** The documents that the games of a request are in, in the order of their dates. */
export function wantedDocuments(
  { kinds, dates, today }: FetchRequest,
  games: readonly ScheduledGame[],
): readonly WantedDocument[] {
  const days = dates && new Set([...dates, ...daysBefore(dates, today)]);
  const wanted = new Map<string, WantedDocument>();
  for (const game of games.toSorted((a, b) => (a.date < b.date ? -1 : 1))) {
    if (days && !days.has(game.date)) continue;
    for (const kind of documentKinds) {
      if (kind === 'schedule' || !kinds.includes(kind)) continue;
      const id = documentOf(kind, game);
      const place = placeOf(id);
      const earlier = wanted.get(place)?.games ?? [];
      wanted.set(place, { id, games: [...earlier, game] });
    }
  }
  return [...wanted.values()];
}

/** The document that a game is in. */
export function documentOf(kind: DatedKind, game: ScheduledGame): DatedDocument {
  const { season, date, gameType } = game;
  return { kind, season, date, gameType: kind === 'injuries' ? undefined : gameType };
}

/** Whoever asks about yesterday hears of the days before too: what came late, and what was corrected. */
function daysBefore(dates: readonly GameDate[], today: GameDate): readonly GameDate[] {
  if (!dates.includes(addDays(today, -1))) return [];
  return Array.from({ length: awaitedDays }, (_, index) => addDays(today, -1 - index));
}

/**
 * TRUE when a document should have a game: it was played, and the day is over. A report is due on the day itself.
 * @param scheduleAskedOn the day on which the schedule that has the game was asked for.
 */
export function isDue(
  kind: DatedKind,
  { date, status }: ScheduledGame,
  scheduleAskedOn: GameDate,
  today: GameDate,
): boolean {
  if (status === 'off') return false;
  if (kind === 'injuries') return date <= today;
  // A schedule of an earlier day cannot know that a game was played, and one that never says so has to be looked at.
  const isKnown = status === 'final' || scheduleAskedOn <= date;
  return date < today && (isKnown || date <= addDays(today, -correctedDays));
}

/**
 * Whether a document is to be asked for.
 * @param due the games that it should have.
 */
export function documentReason(
  { today, again }: FetchRequest,
  { date, kind }: DatedDocument,
  due: readonly ScheduledGame[],
  { kept, note }: DocumentState,
): AskReason | undefined {
  if (due.length === 0) return undefined;
  if (again) return 'again';
  const askedOn = [kept?.asked_on, note?.asked_on]
    .flatMap((day) => day ?? [])
    .sort()
    .at(-1);
  if (askedOn === undefined) return 'new';
  if (kept && (kind === 'injuries' || due.every(({ id }) => kept.games.includes(id)))) {
    const isSettled = kind === 'injuries' || kept.asked_on >= addDays(date, correctedDays);
    return isSettled || kept.asked_on >= today ? undefined : 'corrections';
  }
  if (note?.outcome === 'refused') return 'refused';
  return askedOn < addDays(date, awaitedDays) ? 'incomplete' : undefined;
}
