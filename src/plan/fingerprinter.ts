import type { GameDate } from '../calendar/game-date.ts';
import { lowerBound, type SeasonCalendar } from '../calendar/season-calendar.ts';
import type { LedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import type { ComputedTable, TableInput } from '../table/table-definition.ts';
import { undatedPartition, type Window } from '../window/window.ts';
import type { WindowResolver } from '../window/window-dates.ts';
import { digest } from './digest.ts';

/** Digests of what a unit is made of; equal fingerprints mean that nothing it may read has changed. */
export interface Fingerprinter {
  /**
   * Of the definition version, the options and the hash of every input partition the unit's
   * windows touch.
   * @param optionsText canonical JSON of the options that change rows.
   */
  fingerprint(table: ComputedTable, date: GameDate, optionsText: string): string;
  /**
   * What the windows of a unit read of each input, as 8 hex digits; `-` for an input without a
   * partition. Kept with the record, so that a moved fingerprint can be traced to an input.
   */
  inputHashes(table: ComputedTable, date: GameDate): Readonly<Record<string, string>>;
}

interface RunningHashes {
  readonly version: number;
  /** `hashes[k]` covers the first k game dates of the season. */
  readonly hashes: readonly string[];
}

const absent = '-';

/**
 * @param definitionVersion by table name.
 */
export function makeFingerprinter(
  calendar: SeasonCalendar,
  windows: WindowResolver,
  ledger: LedgerSnapshot,
  definitionVersion: (table: string) => string,
): Fingerprinter {
  const running = new Map<string, RunningHashes>();

  const partition = ({ table, keysOnly }: TableInput, date: GameDate) => {
    const record = ledger.get(table, date);
    return (keysOnly ? record?.keyHash : record?.dataHash) ?? absent;
  };

  // A unit of the season's end would otherwise hash two hundred partitions, and so would every other.
  function seasonHash(input: TableInput, seasonYear: number, before: GameDate): string {
    const { table, keysOnly } = input;
    const key = `${table} ${seasonYear}${keysOnly ? ' keys' : ''}`;
    const dates = calendar.season(seasonYear)?.dates ?? [];
    const version = ledger.version(table);
    let known = running.get(key);
    if (known?.version !== version) {
      const hashes = [''];
      for (const [index, date] of dates.entries()) {
        hashes.push(digest(`${hashes[index]}|${date}=${partition(input, date)}`));
      }
      known = { version, hashes };
      running.set(key, known);
    }
    return known.hashes[lowerBound(dates, before)] ?? '';
  }

  function partitionsHash(
    input: TableInput,
    seasonYear: number,
    date: GameDate,
    dates: readonly GameDate[],
  ): string {
    const earlier = lowerBound(calendar.season(seasonYear)?.dates ?? [], date);
    if (dates.length === earlier) return seasonHash(input, seasonYear, date);
    return digest(dates.map((day) => `${day}=${partition(input, day)}`).join('|'));
  }

  function windowHash(
    input: TableInput,
    window: Window,
    seasonYear: number,
    date: GameDate,
  ): string {
    switch (window.kind) {
      case 'sameDay':
        return partition(input, date);
      case 'undated':
        return partition(input, undatedPartition);
      case 'seasonToDate':
        return seasonHash(input, seasonYear, date);
      case 'lastGames':
      case 'lastDays':
        return partitionsHash(input, seasonYear, date, windows.dates(window, date));
    }
  }

  function inputHash(input: TableInput, seasonYear: number, date: GameDate): string {
    const parts = input.windows.map((window) => windowHash(input, window, seasonYear, date));
    return [...new Set(parts)].join('+');
  }

  function seasonOf(date: GameDate): number {
    const seasonYear = calendar.scheduled(date)?.seasonYear;
    if (seasonYear === undefined) throw new Error(`${date} is not a game date`);
    return seasonYear;
  }

  return {
    fingerprint(table, date, optionsText) {
      const seasonYear = seasonOf(date);
      const inputs = table.inputs.map(
        (input) => `${input.table}=${inputHash(input, seasonYear, date)}`,
      );
      return digest([definitionVersion(table.name), optionsText, ...inputs].join('|'));
    },
    inputHashes(table, date) {
      const seasonYear = seasonOf(date);
      return Object.fromEntries(
        table.inputs.map((input) => [input.table, short(inputHash(input, seasonYear, date))]),
      );
    },
  };
}

/** A single hash is cut, several are digested: enough to tell whether anything has changed. */
function short(parts: string): string {
  return (parts.includes('+') ? digest(parts) : parts).slice(0, 8);
}
