import { addDays, type GameDate } from '../../calendar/game-date.ts';
import type { DateFacts } from '../../table/expected-rows.ts';
import { targetDate } from '../../table/target-dates.ts';
import type { World } from '../../world/world.ts';
import type { BatchRequest } from '../work/batch-request.ts';
import type { StagedDate } from './staged-dates.ts';

/**
 * What the schedule and the records make one expect of a date.
 * @param judged dates of the same batch that were looked at before.
 */
export function dateFacts(
  { calendar, ledger, fingerprinter, teamsWithGames }: World,
  request: BatchRequest,
  date: GameDate,
  judged: ReadonlyMap<GameDate, StagedDate>,
): DateFacts {
  const { seasonStart, seasonYear } = targetDate(calendar, date);
  const earlier = () => calendar.gameDatesIn(seasonYear, seasonStart, date);
  const previous = calendar.gameDatesIn(seasonYear, addDays(date, -200), date).at(-1);
  const previousRecord = previous && ledger.get(request.table.name, previous);
  // A stale record says nothing: after a correction the number of rows may have fallen there too.
  const isCurrent = () =>
    previous !== undefined &&
    previousRecord?.state !== 'failed' &&
    previousRecord?.options === request.options.text &&
    previousRecord.fingerprint ===
      fingerprinter.fingerprint(request.table, previous, request.options.text);
  return {
    games: calendar.scheduled(date)?.games ?? 0,
    teamsBackWithin: (days) => {
      const since = calendar.gameDatesIn(seasonYear, addDays(date, -days), date);
      const back = new Set(since.flatMap((day) => calendar.scheduled(day)?.finalTeams ?? []));
      return (calendar.scheduled(date)?.teams ?? []).filter((team) => back.has(team)).length;
    },
    finalGames: (calendar.scheduled(date)?.finalTeams.length ?? 0) / 2,
    inputRows: (table) => ledger.get(table, date)?.rows,
    inputComplete: (table) =>
      earlier().every((day) => ledger.get(table, day)?.dataHash !== undefined),
    teamsWithGames: (games) => teamsWithGames(date, games),
    previousDateRows:
      previous && (judged.get(previous)?.rows ?? (isCurrent() ? previousRecord?.rows : undefined)),
  };
}
