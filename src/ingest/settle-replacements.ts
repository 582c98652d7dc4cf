import type { GameDate } from '../calendar/game-date.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import { isDated } from './files/collect-refused-dates.ts';
import type { MovedGame, RefusedDate, ShrinkRefusal } from './files/ingest-report.ts';
import type { ReadSource } from './files/source-content.ts';
import { findDoubledGames } from './raw/find-doubled-games.ts';
import { findDoubledPlayers } from './raw/find-doubled-players.ts';
import { findStrayShots } from './raw/find-stray-shots.ts';
import { type RawReplacement, type RawWriter, withoutDates } from './raw/replace-raw-dates.ts';
import { deriveSchedule } from './schedule/derive-schedule.ts';
import { findMovedGames, findWithdrawnGames } from './schedule/find-moved-games.ts';
import { findScheduleConflicts } from './schedule/find-schedule-conflicts.ts';
import type { GameDates } from './schedule/move-entries.ts';
import { moveRows } from './schedule/move-rows.ts';
import { findCalledOff, planScheduleEntries } from './schedule/plan-schedule-entries.ts';
import { planVenueDistances } from './schedule/plan-venue-distances.ts';

export interface SettledReplacements {
  /**
   * Replacements of the loaded tables and of what follows from them, in the order in which they are reported.
   */
  readonly replacements: readonly RawReplacement[];
  readonly moved: readonly MovedGame[];
  /** Dates on which what is loaded and what stands contradict each other. */
  readonly conflicts: readonly RefusedDate[];
  readonly shrinkRefused: readonly ShrinkRefusal[];
}

/**
 * Works out what follows from the loaded rows and leaves out every date that contradicts what will
 * stand, or that would lose a game: its box scores, entries and schedule are one thing. Leaving one
 * out can keep a game from moving, and what depended on that is no longer right. So everything is
 * worked out again until no date is left out any more.
 */
export async function settleReplacements(
  writer: RawWriter,
  tables: TableRegistry,
  sources: readonly ReadSource[],
  loaded: readonly RawReplacement[],
): Promise<SettledReplacements> {
  // What a file withdraws may be on dates that are not to be touched, and was withdrawn when it was loaded.
  const calledOff = writer.rewrite?.dates
    ? new Map<string, GameDate>()
    : await findCalledOff(writer.warehouse, sources);
  const impossible = sources
    .flatMap(({ refused }) => refused.filter(isDated))
    .map(({ date }) => date);
  const excluded = new Set<GameDate>();
  const conflicts: RefusedDate[] = [];
  const lost: ShrinkRefusal[] = [];
  const exclude = (refusals: readonly { readonly date: GameDate }[]) => {
    const before = excluded.size;
    for (const { date } of refusals) excluded.add(date);
    return excluded.size > before;
  };
  for (;;) {
    const keeping = new Set([...excluded, ...impossible]);
    const given = withoutDates(loaded, excluded);
    const played = await planPlayed(writer, tables, sources, given, keeping, calledOff);
    conflicts.push(...played.conflicts.filter(({ date }) => !excluded.has(date)));
    if (exclude(played.conflicts)) continue;

    const sound = played.replacements;
    const entries = await planScheduleEntries(writer, tables, sources, sound, excluded, calledOff);
    const moved = movedOnce([...entries.moved, ...played.moved]);
    const settled = [
      ...sound.filter(({ table }) => table.name !== 'schedule_entries'),
      ...(entries.replacement ? [entries.replacement] : []),
    ];
    const derived = await deriveSchedule(writer, tables, settled, moved);
    const doubled = await findDoubledGames(writer, tables.table('schedule'), sources, derived);
    conflicts.push(...doubled.filter(({ date }) => !excluded.has(date)));
    const newlyLost = derived.flatMap(({ shrinkRefused }) => shrinkRefused);
    if (exclude(doubled)) continue;
    lost.push(...newlyLost);
    if (exclude(newlyLost)) continue;

    const distances = entries.replacement
      ? await planDistances(writer, tables, entries.replacement)
      : [];
    return {
      replacements: [...settled, ...distances, ...derived],
      moved,
      conflicts: [...conflicts, ...leftOutBeside(loaded, conflicts)],
      shrinkRefused: [
        ...settled.flatMap(({ shrinkRefused }) => shrinkRefused),
        ...entries.shrinkRefused,
        ...lost,
      ],
    };
  }
}

/**
 * A date of which the rows of one table contradict something is written for none of them: what the others would have
 * got is refused for the same reason.
 */
function leftOutBeside(
  loaded: readonly RawReplacement[],
  conflicts: readonly RefusedDate[],
): readonly RefusedDate[] {
  const refused = new Set(conflicts.map(({ table, date }) => `${table} ${date}`));
  const byDate = Map.groupBy(conflicts, ({ date }) => date);
  return loaded.flatMap(({ table, changed }) =>
    changed.flatMap(({ date }) => {
      const [first] = byDate.get(date) ?? [];
      return first && !refused.has(`${table.name} ${date}`)
        ? [{ ...first, table: table.name }]
        : [];
    }),
  );
}

interface PlannedGames {
  readonly replacements: readonly RawReplacement[];
  readonly moved: readonly MovedGame[];
  readonly conflicts: readonly RefusedDate[];
}

/** Box scores and shots as they will stand once moved games have left the dates they stood on. */
async function planPlayed(
  writer: RawWriter,
  tables: TableRegistry,
  sources: readonly ReadSource[],
  loaded: readonly RawReplacement[],
  keeping: ReadonlySet<GameDate>,
  calledOff: GameDates,
): Promise<PlannedGames> {
  const found = await findMovedGames(writer, sources, loaded, keeping);
  const moves = [...found.moves, ...(await findWithdrawnGames(writer, calledOff, keeping))];
  const boxes = tables.table('player_box');
  const shots = tables.table('shots');
  let replacements = loaded;
  for (const table of [boxes, shots]) {
    replacements = await moveRows(writer, table, replacements, moves);
  }
  const conflicts = [
    ...found.conflicts,
    ...(await findScheduleConflicts(writer, { boxes, shots }, sources, replacements, keeping)),
    ...(await findDoubledPlayers(writer, boxes, sources, replacements)),
    ...(await findStrayShots(writer, boxes, sources, replacements)),
  ];
  return { replacements, moved: moves, conflicts };
}

/** Box score and entry of a game move together; the first of them that says so is told. */
function movedOnce(moved: readonly MovedGame[]): readonly MovedGame[] {
  const games = new Map<string, MovedGame>();
  for (const game of moved) {
    const key = `${game.from} ${game.nbaGameId}`;
    if (!games.has(key)) games.set(key, game);
  }
  return [...games.values()].sort((a, b) => (a.from + a.nbaGameId < b.from + b.nbaGameId ? -1 : 1));
}

async function planDistances(
  writer: RawWriter,
  tables: TableRegistry,
  entries: RawReplacement,
): Promise<readonly RawReplacement[]> {
  const planned = await planVenueDistances(writer, tables.table('venue_distances'), entries);
  return planned ? [planned] : [];
}
