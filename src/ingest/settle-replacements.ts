import type { GameDate } from '../calendar/game-date.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import { deriveSchedule } from './derive-schedule.ts';
import type { MovedGame, ShrinkRefusal } from './ingest-report.ts';
import { type RawReplacement, type RawWriter, withoutDates } from './replace-raw-dates.ts';
import type { GameDates } from './schedule/move-entries.ts';
import { planScheduleEntries } from './schedule/plan-schedule-entries.ts';
import { planVenueDistances } from './schedule/plan-venue-distances.ts';

export interface SettledReplacements {
  /** Loaded tables, what follows from them, in the order to report. */
  readonly replacements: readonly RawReplacement[];
  readonly moved: readonly MovedGame[];
  readonly shrinkRefused: readonly ShrinkRefusal[];
}

/**
 * Works out what follows from the loaded rows and leaves out every date that would lose a game: its
 * box scores, entries and schedule are one thing. Leaving one out can keep a game from moving, so
 * everything is worked out again until nothing is lost.
 * @param conflicts dates that must not be written.
 * @param calledOff games that a schedule file withdraws from a date.
 */
export async function settleReplacements(
  writer: RawWriter,
  tables: TableRegistry,
  loaded: readonly RawReplacement[],
  conflicts: readonly { readonly date: GameDate }[],
  calledOff: GameDates,
): Promise<SettledReplacements> {
  const excluded = new Set(conflicts.map(({ date }) => date));
  const lost: ShrinkRefusal[] = [];
  for (;;) {
    const sound = withoutDates(loaded, excluded);
    const entries = await planScheduleEntries(writer, tables, sound, excluded, calledOff);
    const settled = [
      ...sound.filter(({ table }) => table.name !== 'schedule_entries'),
      ...(entries.replacement ? [entries.replacement] : []),
    ];
    const derived = await deriveSchedule(writer, tables, settled, entries.moved);
    const newlyLost = derived.flatMap(({ shrinkRefused }) => shrinkRefused);
    if (newlyLost.length === 0) {
      const distances = entries.replacement
        ? await planDistances(writer, tables, entries.replacement)
        : [];
      return {
        replacements: [...settled, ...distances, ...derived],
        moved: entries.moved,
        shrinkRefused: [
          ...settled.flatMap(({ shrinkRefused }) => shrinkRefused),
          ...entries.shrinkRefused,
          ...lost,
        ],
      };
    }
    lost.push(...newlyLost);
    for (const { date } of newlyLost) excluded.add(date);
  }
}

async function planDistances(
  writer: RawWriter,
  tables: TableRegistry,
  entries: RawReplacement,
): Promise<readonly RawReplacement[]> {
  const table = tables.get('venue_distances');
  if (!table) throw new Error('no processor for venue_distances');
  const planned = await planVenueDistances(writer, table, entries);
  return planned ? [planned] : [];
}
