import type { GameDate } from '../calendar/game-date.ts';
import { lowerBound, type SeasonCalendar } from '../calendar/season-calendar.ts';
import type { LedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import { type PartitionRecord, projectionHashes } from '../ledger/partition-record.ts';
import { projectionId } from '../table/projection.ts';
import type { TableInput } from '../table/table-definition.ts';
import { undatedPartition, type Window } from '../window/window.ts';
import type { WindowResolver } from '../window/window-dates.ts';
import { digest } from './digest.ts';

/** What the windows of units read of one input, as text that moves with any of its partitions. */
export interface InputHashes {
  /** @throws when `date` is not a game date. */
  windowHash(window: Window, date: GameDate): string;
}

/** Everything derived from the records of the input, of one version of them. */
interface Derived {
  readonly version: number;
  /** By season; `[k]` covers its first k game dates. */
  readonly running: Map<number, readonly string[]>;
  /** By window, then by date: several tables read an input through the same window. */
  readonly windows: Map<string, Map<GameDate, string>>;
}

const absent = '-';

/** @param input only its table and the columns that are read. */
export function makeInputHashes(
  calendar: SeasonCalendar,
  windows: WindowResolver,
  ledger: LedgerSnapshot,
  { table, columns }: Pick<TableInput, 'table' | 'columns'>,
): InputHashes {
  const records = ledger.of(table);
  const hashOf = hashRead(columns);
  let derived: Derived = { version: -1, running: new Map(), windows: new Map() };

  function upToDate(): Derived {
    const version = ledger.version(table);
    if (derived.version !== version) derived = { version, running: new Map(), windows: new Map() };
    return derived;
  }

  function partition(date: GameDate): string {
    const record = records.get(date);
    return (record && hashOf(record)) ?? absent;
  }

  // A unit of the season's end would otherwise hash two hundred partitions, and so would every other.
  function runningHashes(seasonYear: number): readonly string[] {
    const { running } = upToDate();
    const known = running.get(seasonYear);
    if (known) return known;
    const hashes = [''];
    for (const [index, date] of (calendar.season(seasonYear)?.dates ?? []).entries()) {
      hashes.push(digest(`${hashes[index]}|${date}=${partition(date)}`));
    }
    running.set(seasonYear, hashes);
    return hashes;
  }

  function gamesBefore(date: GameDate): number {
    return lowerBound(calendar.season(seasonOf(date))?.dates ?? [], date);
  }

  function seasonToDateHash(date: GameDate): string {
    return runningHashes(seasonOf(date))[gamesBefore(date)] ?? '';
  }

  function partitionsHash(window: Window, date: GameDate): string {
    const dates = windows.dates(window, date);
    if (dates.length === gamesBefore(date)) return seasonToDateHash(date);
    let text = '';
    for (const day of dates) text += `${text === '' ? '' : '|'}${day}=${partition(day)}`;
    return digest(text);
  }

  function remembered(key: string, window: Window, date: GameDate): string {
    const { windows: known } = upToDate();
    let byDate = known.get(key);
    if (!byDate) {
      byDate = new Map();
      known.set(key, byDate);
    }
    const hash = byDate.get(date) ?? partitionsHash(window, date);
    byDate.set(date, hash);
    return hash;
  }

  function seasonOf(date: GameDate): number {
    const seasonYear = calendar.scheduled(date)?.seasonYear;
    if (seasonYear === undefined) throw new Error(`${date} is not a game date`);
    return seasonYear;
  }

  return {
    windowHash(window, date) {
      switch (window.kind) {
        case 'sameDay':
          return partition(date);
        case 'undated':
          return partition(undatedPartition);
        case 'seasonToDate':
          return seasonToDateHash(date);
        case 'lastGames':
          // The last games of a player may go back to the first day of the season.
          return window.per === 'player'
            ? seasonToDateHash(date)
            : remembered(`${window.games} games`, window, date);
        case 'lastDays':
          return remembered(`${window.days} days`, window, date);
      }
    },
  };
}

/** Which hash of a partition moves when the SQL behind an input could notice. */
function hashRead(columns: TableInput['columns']): (record: PartitionRecord) => string | undefined {
  if (columns === undefined) return ({ dataHash }) => dataHash;
  if (columns === 'keys') return ({ keyHash }) => keyHash;
  const id = projectionId(columns);
  // Without a hash of these columns, any change of the partition counts as one of theirs.
  return (record) => projectionHashes(record)[id] ?? record.dataHash;
}
