import type { GameDate } from '../calendar/game-date.ts';
import type { SeasonCalendar } from '../calendar/season-calendar.ts';
import type { LedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import { digest } from '../table/digest.ts';
import type { ComputedTable, TableInput } from '../table/table-definition.ts';
import type { WindowResolver } from '../window/window-dates.ts';
import { type InputHashes, makeInputHashes } from './input-hashes.ts';

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

/**
 * @param versionOf of what a table computes.
 */
export function makeFingerprinter(
  calendar: SeasonCalendar,
  windows: WindowResolver,
  ledger: LedgerSnapshot,
  versionOf: (table: ComputedTable) => string,
): Fingerprinter {
  // Tables that read the same of an input share what is derived of it.
  const byReading = new Map<string, InputHashes>();
  const byInput = new Map<TableInput, InputHashes>();

  function hashesOf(input: TableInput): InputHashes {
    const known = byInput.get(input) ?? sharedHashes(input);
    byInput.set(input, known);
    return known;
  }

  function sharedHashes(input: TableInput): InputHashes {
    const key = `${input.table} ${input.columns ?? ''}`;
    const known = byReading.get(key) ?? makeInputHashes(calendar, windows, ledger, input);
    byReading.set(key, known);
    return known;
  }

  function inputHash(input: TableInput, date: GameDate): string {
    const hashes = hashesOf(input);
    const parts = input.windows.map((window) => hashes.windowHash(window, date));
    return parts.length === 1 ? (parts[0] ?? '') : [...new Set(parts)].join('+');
  }

  function refuseOtherDays(date: GameDate): void {
    if (!calendar.scheduled(date)) throw new Error(`${date} is not a game date`);
  }

  return {
    fingerprint(table, date, optionsText) {
      refuseOtherDays(date);
      let text = `${versionOf(table)}|${optionsText}`;
      for (const input of table.inputs) text += `|${input.table}=${inputHash(input, date)}`;
      return digest(text);
    },
    inputHashes(table, date) {
      refuseOtherDays(date);
      return Object.fromEntries(
        table.inputs.map((input) => [input.table, short(inputHash(input, date))]),
      );
    },
  };
}

/** A single hash is cut, several are digested: enough to tell whether anything has changed. */
function short(parts: string): string {
  return (parts.includes('+') ? digest(parts) : parts).slice(0, 8);
}
