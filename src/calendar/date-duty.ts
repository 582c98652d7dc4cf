import { addDays, type GameDate } from './game-date.ts';
import { knownSeasons, shortestOffSeasonDays } from './known-seasons.ts';
import type { ScheduledDate, SeasonCalendar } from './season-calendar.ts';

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
  const lastLoaded = before?.dates.at(-1);
  if (before && lastLoaded !== undefined && date < lastLoaded) {
    return date < (before.dates[0] as GameDate)
      ? { kind: 'not_loaded', reason: `the first loaded date of the season is ${before.dates[0]}` }
      : { kind: 'no_games', reason: 'no games scheduled' };
  }
  for (const [year, { start, end }] of knownSeasons) {
    const seasonLoaded = before?.year === year && before.finished;
    if (date >= start && date <= end && !seasonLoaded) {
      return { kind: 'not_loaded', reason: `season ${year} is not loaded for this date` };
    }
  }
  if (before?.finished && (after === undefined || after.year === before.year + 1)) {
    return { kind: 'no_games', reason: `between seasons: ${before.year} is over` };
  }
  if (before && after && after.year === before.year + 1) {
    return { kind: 'no_games', reason: 'between two loaded seasons' };
  }
  if (isKnownOffSeason(date, after?.start)) return { kind: 'no_games', reason: 'off-season' };
  if (lastLoaded !== undefined) {
    return { kind: 'not_loaded', reason: `the last loaded game date before it is ${lastLoaded}` };
  }
  const first = calendar.dates[0];
  return {
    kind: 'not_loaded',
    reason: first ? `the first loaded game date is ${first}` : 'no games are loaded',
  };
}

function isKnownOffSeason(date: GameDate, nextStart: GameDate | undefined): boolean {
  const starts = [...knownSeasons.values()].map((season) => season.start);
  if (nextStart !== undefined) starts.push(nextStart);
  return starts.some((start) => date < start && date >= addDays(start, -shortestOffSeasonDays));
}
