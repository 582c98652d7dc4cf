import { daysBetween, type GameDate } from './game-date.ts';
import { knownSeasons, shortestOffSeasonDays } from './known-seasons.ts';
import type { ScheduledDate, Season, SeasonCalendar } from './season-calendar.ts';

/** Why no game of a day is to be worked. */
export type DutyReason =
  | { readonly kind: 'later_than_today'; readonly today: GameDate }
  | { readonly kind: 'refused_at_ingest'; readonly because: string }
  | { readonly kind: 'before_loaded_season'; readonly season: number; readonly first: GameDate }
  | { readonly kind: 'between_logs_and_schedule'; readonly first: GameDate | undefined }
  | { readonly kind: 'no_games_scheduled' }
  | { readonly kind: 'season_not_loaded'; readonly season: number }
  | { readonly kind: 'off_season' }
  | { readonly kind: 'between_seasons'; readonly season: number }
  | { readonly kind: 'after_last_loaded'; readonly last: GameDate }
  | { readonly kind: 'before_first_loaded'; readonly first: GameDate }
  | { readonly kind: 'nothing_loaded' };

/** What the schedule says is owed for a day. */
export type DateDuty =
  | { readonly kind: 'game'; readonly scheduled: ScheduledDate }
  | { readonly kind: 'no_games' | 'not_yet' | 'not_loaded'; readonly reason: DutyReason };

/**
 * Tells whether games were, will be or may have been played on a day.
 * "No games" is only said where the schedule or the built-in season calendar proves it; a day
 * that the loaded data simply does not reach is `not_loaded`.
 * @param today the clock's day (US Eastern).
 */
export function dateDuty(calendar: SeasonCalendar, date: GameDate, today: GameDate): DateDuty {
  const scheduled = calendar.scheduled(date);
  if (scheduled && date > today) {
    return { kind: 'not_yet', reason: { kind: 'later_than_today', today } };
  }
  if (scheduled) return { kind: 'game', scheduled };

  const refusal = calendar.refused.get(date);
  if (refusal !== undefined) return notLoaded({ kind: 'refused_at_ingest', because: refusal });

  const before = calendar.seasons.findLast((season) => season.start <= date);
  const after = calendar.seasons.find((season) => season.start > date);
  if (before) {
    const first = before.dates[0];
    if (first !== undefined && date < first)
      return notLoaded({ kind: 'before_loaded_season', season: before.year, first });
    if (date < lastLoaded(before)) {
      return isReached(calendar, before, date)
        ? { kind: 'no_games', reason: { kind: 'no_games_scheduled' } }
        : notLoaded({ kind: 'between_logs_and_schedule', first: before.listed?.first });
    }
  }
  const known = [...knownSeasons].find(([, { start, end }]) => start <= date && date <= end)?.[0];
  if (known !== undefined && !(before?.year === known && before.finished)) {
    return notLoaded({ kind: 'season_not_loaded', season: known });
  }
  const offSeason = provenOffSeason(date, before, after);
  if (offSeason !== undefined) return { kind: 'no_games', reason: offSeason };
  if (before) return notLoaded({ kind: 'after_last_loaded', last: lastLoaded(before) });
  const first = calendar.dates[0];
  return notLoaded(first ? { kind: 'before_first_loaded', first } : { kind: 'nothing_loaded' });
}

/** Why no game can have been played on a day outside every loaded season, or `undefined`. */
function provenOffSeason(
  date: GameDate,
  before: Season | undefined,
  after: Season | undefined,
): DutyReason | undefined {
  const certainStarts = [...knownSeasons.values()].map(({ start }) => start);
  if (after && !after.startIsGuess) certainStarts.push(after.start);
  if (
    certainStarts.some((start) => date < start && daysBetween(date, start) <= shortestOffSeasonDays)
  ) {
    return { kind: 'off_season' };
  }
  if (before) {
    const knownEnd = knownSeasons.get(before.year)?.end;
    const end = before.finished ? lastLoaded(before) : knownEnd;
    const nextIsLoaded = after?.year === before.year + 1 && !after.startIsGuess;
    const isOver = end !== undefined && date > end;
    if (isOver && (nextIsLoaded || daysBetween(end, date) <= shortestOffSeasonDays)) {
      return { kind: 'between_seasons', season: before.year };
    }
  }
  const isBetweenKnown = [...knownSeasons].some(([year, { end }]) => {
    const next = knownSeasons.get(year + 1);
    return next !== undefined && date > end && date < next.start;
  });
  return isBetweenKnown ? { kind: 'off_season' } : undefined;
}

/**
 * TRUE when a day without games lies within what the player logs or the schedule files tell. A file
 * of next week's games says nothing about the days between the last log and its first game.
 */
function isReached(calendar: SeasonCalendar, { dates, listed }: Season, date: GameDate): boolean {
  if (!listed || date >= listed.first) return true;
  const played = dates.findLast((day) => calendar.scheduled(day)?.finalTeams.length);
  return played !== undefined && date < played;
}

function lastLoaded({ dates, start }: Season): GameDate {
  return dates.at(-1) ?? start;
}

function notLoaded(reason: DutyReason): DateDuty {
  return { kind: 'not_loaded', reason };
}
