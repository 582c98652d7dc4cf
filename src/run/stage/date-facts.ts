import { addDays, type GameDate } from '../../calendar/game-date.ts';
import { seasonOf } from '../../calendar/season-calendar.ts';
import { unitOptionsText } from '../../plan/unit-options.ts';
import type { DateFacts } from '../../table/expected-rows.ts';
import type { TargetDate } from '../../table/target-dates.ts';
import type { RunEngine } from '../../world/run-engine.ts';
import type { BatchRequest } from '../work/batch-request.ts';
import type { StagedDate } from './inspect-staged.ts';

/** A game date with its season. @throws when it is not a game date. */
export function targetDate(engine: Pick<RunEngine, 'calendar'>, date: GameDate): TargetDate {
  const season = seasonOf(engine.calendar, date);
  if (!season) throw new Error(`${date} is not a game date`);
  return { date, seasonYear: season.year, seasonStart: season.start };
}

/**
 * What the schedule and the records make one expect of a date.
 * @param judged dates of the same batch that were looked at before.
 */
export function dateFacts(
  engine: RunEngine,
  request: BatchRequest,
  date: GameDate,
  judged: ReadonlyMap<GameDate, StagedDate>,
): DateFacts {
  const { seasonStart, seasonYear } = targetDate(engine, date);
  const options = unitOptionsText(request.table, request.options);
  const earlier = () => engine.calendar.gameDatesIn(seasonYear, seasonStart, date);
  const previous = engine.calendar.gameDatesIn(seasonYear, addDays(date, -200), date).at(-1);
  const previousRecord = previous && engine.ledger.get(request.table.name, previous);
  // A stale record says nothing: after a correction the number of rows may have fallen there too.
  const isCurrent = () =>
    previous !== undefined &&
    previousRecord?.state !== 'failed' &&
    previousRecord?.options === options &&
    previousRecord.fingerprint ===
      engine.facts.fingerprinter.fingerprint(request.table, previous, options);
  return {
    games: engine.calendar.scheduled(date)?.games ?? 0,
    teamsBackWithin: (days) => {
      const since = engine.calendar.gameDatesIn(seasonYear, addDays(date, -days), date);
      const back = new Set(
        since.flatMap((day) => engine.calendar.scheduled(day)?.finalTeams ?? []),
      );
      return (engine.calendar.scheduled(date)?.teams ?? []).filter((team) => back.has(team)).length;
    },
    finalGames: (engine.calendar.scheduled(date)?.finalTeams.length ?? 0) / 2,
    inputRows: (table) => engine.ledger.get(table, date)?.rows,
    inputComplete: (table) =>
      earlier().every((day) => engine.ledger.get(table, day)?.dataHash !== undefined),
    teamsWithGames: (games) => engine.teamsWithGames(date, games),
    previousDateRows:
      previous && (judged.get(previous)?.rows ?? (isCurrent() ? previousRecord?.rows : undefined)),
  };
}
