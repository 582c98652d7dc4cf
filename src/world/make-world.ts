import type { GameDate } from '../calendar/game-date.ts';
import type { SeasonCalendar } from '../calendar/season-calendar.ts';
import type { MutableLedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import { definitionVersion, recordedDigits } from '../table/definition-version.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import type { EffectiveOptions } from '../table/table-option.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import { makeWindowResolver } from '../window/window-dates.ts';
import { makeFingerprinter } from './fingerprinter.ts';
import { makeTeamsWithGames } from './games-played.ts';
import type { LivingWorld } from './world.ts';

/** What a world is made of. */
export interface WorldParts {
  readonly tables: TableRegistry;
  readonly calendar: SeasonCalendar;
  readonly ledger: MutableLedgerSnapshot;
  readonly today: GameDate;
  readonly isSimulated?: boolean;
  readonly options?: EffectiveOptions;
  readonly packageVersion?: string;
  /** Tells the version of what a table computes; it is derived from the definition unless given. */
  readonly versionOf?: (table: ComputedTable) => string;
}

/** A world with everything that follows from its parts. */
export function makeWorld({
  tables,
  calendar,
  ledger,
  today,
  isSimulated = false,
  options = {},
  packageVersion = '0.0.0',
  versionOf = definitionVersion,
}: WorldParts): LivingWorld {
  const windows = makeWindowResolver(calendar);
  return {
    tables,
    calendar,
    ledger,
    windows,
    fingerprinter: makeFingerprinter(calendar, windows, ledger, versionOf),
    teamsWithGames: makeTeamsWithGames(calendar),
    today,
    isSimulated,
    options,
    codeVersion: (table) => `${packageVersion}+${versionOf(table).slice(0, recordedDigits)}`,
  };
}
