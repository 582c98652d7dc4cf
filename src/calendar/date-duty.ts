import { daysBetween, type GameDate } from './game-date.ts';
import { knownSeasons, shortestOffSeasonDays } from './known-seasons.ts';
import type { ScheduledDate, Season, SeasonCalendar } from './season-calendar.ts';

/** What the schedule says is owed for a day. */
export type DateDuty =
  | { readonly kind: 'game'; readonly scheduled: ScheduledDate }
  | { readonly kind: 'no_games'; readonly reason: string }
  | { readonly kind: 'not_yet'; readonly reason: string }
  | { readonly kind: 'not_loaded'; readonly reason: string };

/**
 * Tells whether games were, will be or may have been played on a day.
 * "No games" is only said where the schedule or the built-in season calendar proves it; a day
 * that the loaded data simply does not reach is `not_loaded`.
 * @param today the clock's day (US Eastern).
 */
export function dateDuty(calendar: SeasonCalendar, date: GameDate, today: GameDate): DateDuty {
  const scheduled = calendar.scheduled(date);
  if (scheduled && date > today) {
    return { kind: 'not_yet', reason: `scheduled, but later than today, ${today}` };
  }
  if (scheduled) return { kind: 'game', scheduled };

  const refusal = calendar.refused.get(date);
  if (refusal !== undefined) return { kind: 'not_loaded', reason: `refused at ingest: ${refusal}` };

  const before = calendar.seasons.findLast((season) => season.start <= date);
  const after = calendar.seasons.find((season) => season.start > date);
  if (before) {
    const first = before.dates[0];
    if (first !== undefined && date < first)
      return notLoaded(`season ${before.year} is loaded from ${first}`);
    if (date < lastLoaded(before)) {
      return isReached(calendar, before, date)
        ? { kind: 'no_games', reason: 'no games scheduled' }
        : notLoaded(
            `the schedule file begins on ${before.listed?.first}, the player logs end before`,
          );
    }
  }
  const known = [...knownSeasons].find(([, { start, end }]) => start <= date && date <= end)?.[0];
  if (known !== undefined && !(before?.year === known && before.finished)) {
    return notLoaded(`season ${known} is not loaded for this date`);
  }
  const offSeason = provenOffSeason(date, before, after);
  if (offSeason !== undefined) return { kind: 'no_games', reason: offSeason };
  if (before) return notLoaded(`the last loaded game date before it is ${lastLoaded(before)}`);
  const firstOfAll = calendar.dates[0];
  return notLoaded(
    firstOfAll ? `the first loaded game date is ${firstOfAll}` : 'no games are loaded',
  );
}

/** Why no game can have been played on a day outside every loaded season, or `undefined`. */
function provenOffSeason(
  date: GameDate,
  before: Season | undefined,
  after: Season | undefined,
): string | undefined {
  const certainStarts = [...knownSeasons.values()].map(({ start }) => start);
  if (after && !after.startIsGuess) certainStarts.push(after.start);
  if (
    certainStarts.some((start) => date < start && daysBetween(date, start) <= shortestOffSeasonDays)
  ) {
    return 'off-season';
  }
  if (before) {
    const knownEnd = knownSeasons.get(before.year)?.end;
    const end = before.finished ? lastLoaded(before) : knownEnd;
    const nextIsLoaded = after?.year === before.year + 1 && !after.startIsGuess;
    const isOver = end !== undefined && date > end;
    if (isOver && (nextIsLoaded || daysBetween(end, date) <= shortestOffSeasonDays)) {
      return `between seasons: ${before.year} is over`;
    }
  }
  const isBetweenKnown = [...knownSeasons].some(([year, { end }]) => {
    const next = knownSeasons.get(year + 1);
    return next !== undefined && date > end && date < next.start;
  });
  return isBetweenKnown ? 'off-season' : undefined;
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

function notLoaded(reason: string): DateDuty {
  return { kind: 'not_loaded', reason };
}
