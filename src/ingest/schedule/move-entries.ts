import type { GameDate } from '../../calendar/game-date.ts';
import type { MovedGame, ShrinkRefusal } from '../files/ingest-report.ts';

/** Game id → date. */
export type GameDates = ReadonlyMap<string, GameDate>;

export interface EntryMoves {
  /** Dates that may be replaced by what the file has of them. */
  readonly accepted: readonly GameDate[];
  readonly moved: readonly MovedGame[];
  readonly shrinkRefused: readonly ShrinkRefusal[];
}

export interface KnownGames {
  /** Games of the entries that stand. */
  readonly stored: GameDates;
  /** Games of the file. */
  readonly given: GameDates;
  /** Dates on which the file knows of no game. */
  readonly silent: readonly GameDate[];
  /** Games that the file says will not be played on that date. */
  readonly calledOff: GameDates;
  /** Entries whose box score, as it will stand, is on another date: a game stands where it was played. */
  readonly played: GameDates;
}

/**
 * Which dates of a schedule file may replace the stored ones, and which games leave a stored date
 * for another one. A date may lose a game only to another date that is written too; so refusing one
 * can make another one lose a game, and so on.
 */
export function moveEntries(
  { stored, given, silent, calledOff, played }: KnownGames,
  allowShrink: boolean,
): EntryMoves {
  const accepted = new Set([...given.values(), ...silent]);
  const shrinkRefused: ShrinkRefusal[] = [];
  const storedByDate = Map.groupBy(stored.keys(), (id) => stored.get(id) as GameDate);
  const givenByDate = Map.groupBy(given.values(), (date) => date);
  const isLost = (id: string) => {
    const date = given.get(id);
    return date === undefined ? calledOff.get(id) !== stored.get(id) : !accepted.has(date);
  };
  const refuseOne = () => {
    if (allowShrink) return false;
    for (const date of [...accepted].sort()) {
      const games = storedByDate.get(date) ?? [];
      if (!games.some(isLost)) continue;
      accepted.delete(date);
      const newRows = givenByDate.get(date)?.length ?? 0;
      shrinkRefused.push({ table: 'schedule_entries', date, storedRows: games.length, newRows });
      return true;
    }
    return false;
  };
  while (refuseOne());

  const moved: MovedGame[] = [];
  for (const [nbaGameId, from] of stored) {
    const planned = given.get(nbaGameId);
    const isPlanned = planned !== undefined && accepted.has(planned);
    const unplanned = calledOff.get(nbaGameId) === from && planned === undefined ? undefined : from;
    const because = played.has(nbaGameId) ? 'player log' : 'schedule file';
    const to = played.get(nbaGameId) ?? (isPlanned ? planned : unplanned);
    if (to !== from) moved.push({ nbaGameId, from, to, because });
  }
  return {
    accepted: [...accepted].sort(),
    moved: moved.sort((a, b) => (a.from + a.nbaGameId < b.from + b.nbaGameId ? -1 : 1)),
    shrinkRefused: shrinkRefused.sort((a, b) => (a.date < b.date ? -1 : 1)),
  };
}
