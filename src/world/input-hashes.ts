import type { GameDate } from '../calendar/game-date.ts';
import {
  lowerBound,
  type Season,
  type SeasonCalendar,
  seasonOf,
} from '../calendar/season-calendar.ts';
import type { LedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import { type PartitionRecord, projectionHashes } from '../ledger/partition-record.ts';
import { digest } from '../table/digest.ts';
import { projectionId } from '../table/projection.ts';
import type { TableInput } from '../table/table-definition.ts';
import { undatedPartition, type Window } from '../window/window.ts';
import type { WindowResolver } from '../window/window-dates.ts';

/** What the windows of units read of one input, as text that moves with any of its partitions. */
export interface InputHashes {
  /** @throws when `date` is not a game date. */
  windowHash(window: Window, date: GameDate): string;
}

/** Everything derived from the records of the input, of one version of them. */
interface Derived {
  readonly version: number;
  /**
   * The text `date=hash` of each partition: windows overlap, and it is written into the text of every one
   * that has it.
   */
  readonly entries: Map<GameDate, string>;
  /** Hashes by season, of which element k covers the first k game dates. */
  readonly running: Map<number, readonly string[]>;
  /** Hashes by length of the window, then by date: several tables read an input through the same window. */
  readonly lastGames: Map<number, Map<GameDate, string>>;
  readonly lastDays: Map<number, Map<GameDate, string>>;
}

const absent = '-';

/** Makes the hashes of one input. @param input of it only the table and the columns that are read matter. */
export function makeInputHashes(
  calendar: SeasonCalendar,
  windows: WindowResolver,
  ledger: LedgerSnapshot,
  { table, columns }: Pick<TableInput, 'table' | 'columns'>,
): InputHashes {
  const records = ledger.of(table);
  const hashOf = hashRead(columns);
  let derived = nothingDerived(-1);

  function partition(date: GameDate): string {
    const record = records.get(date);
    return (record && hashOf(record)) ?? absent;
  }

  function entry(date: GameDate): string {
    const { entries } = derived;
    const known = entries.get(date);
    if (known !== undefined) return known;
    const text = `${date}=${partition(date)}`;
    entries.set(date, text);
    return text;
  }

  // A unit of the season's end would otherwise hash two hundred partitions, and so would every other.
  function runningHashes({ year, dates }: Season): readonly string[] {
    const { running } = derived;
    const known = running.get(year);
    if (known) return known;
    const hashes = [''];
    for (const [index, date] of dates.entries()) {
      hashes.push(digest(`${hashes[index]}|${entry(date)}`));
    }
    running.set(year, hashes);
    return hashes;
  }

  function seasonToDateHash(date: GameDate): string {
    const season = seasonOfGameDate(date);
    return runningHashes(season)[lowerBound(season.dates, date)] ?? '';
  }

  function partitionsHash(window: Window, date: GameDate): string {
    const dates = windows.dates(window, date);
    if (dates.length === lowerBound(seasonOfGameDate(date).dates, date)) {
      return seasonToDateHash(date);
    }
    let text = '';
    for (const day of dates) text += text === '' ? entry(day) : `|${entry(day)}`;
    return digest(text);
  }

  function remembered(
    byLength: Map<number, Map<GameDate, string>>,
    length: number,
    window: Window,
    date: GameDate,
  ): string {
    let byDate = byLength.get(length);
    if (!byDate) {
      byDate = new Map();
      byLength.set(length, byDate);
    }
    const known = byDate.get(date);
    if (known !== undefined) return known;
    const hash = partitionsHash(window, date);
    byDate.set(date, hash);
    return hash;
  }

  function seasonOfGameDate(date: GameDate): Season {
    const season = seasonOf(calendar, date);
    if (!season) throw new Error(`${date} is not a game date`);
    return season;
  }

  return {
    windowHash(window, date) {
      const version = ledger.version(table);
      if (derived.version !== version) derived = nothingDerived(version);
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
            : remembered(derived.lastGames, window.games, window, date);
        case 'lastDays':
          return remembered(derived.lastDays, window.days, window, date);
      }
    },
  };
}

function nothingDerived(version: number): Derived {
  return {
    version,
    entries: new Map(),
    running: new Map(),
    lastGames: new Map(),
    lastDays: new Map(),
  };
}

/** Which hash of a partition moves when the SQL behind an input could notice. */
function hashRead(columns: TableInput['columns']): (record: PartitionRecord) => string | undefined {
  if (columns === undefined) return ({ dataHash }) => dataHash;
  // Without a hash of the columns, any change of the partition counts as one of theirs.
  if (columns === 'keys') return ({ keyHash, dataHash }) => keyHash ?? dataHash;
  const id = projectionId(columns);
  return (record) => projectionHashes(record)[id] ?? record.dataHash;
}
