import type { GameDate } from '../calendar/game-date.ts';
import type { SeasonCalendar } from '../calendar/season-calendar.ts';
import type { LedgerSnapshot, MutableLedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import type { EffectiveOptions } from '../table/table-option.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import type { WindowResolver } from '../window/window-dates.ts';
import type { Fingerprinter } from './fingerprinter.ts';
import type { TeamsWithGames } from './games-played.ts';

/** What is the case. The planner looks at it and at nothing else, and changes nothing of it. */
export interface World {
  readonly tables: TableRegistry;
  readonly calendar: SeasonCalendar;
  readonly ledger: LedgerSnapshot;
  readonly windows: WindowResolver;
  readonly fingerprinter: Fingerprinter;
  readonly teamsWithGames: TeamsWithGames;
  /** The day in US Eastern. */
  readonly today: GameDate;
  /**
   * TRUE when the data are of a simulated league, whose files are loaded under the name of another source.
   */
  readonly isSimulated: boolean;
  /** Options that belong to the warehouse, by name: they come before the defaults. */
  readonly options: EffectiveOptions;
  /** Package version and definition version of a table, as rows and records carry it. */
  codeVersion(table: ComputedTable): string;
}

/** A world whose ledger is kept in step with what is committed. */
export interface LivingWorld extends World {
  readonly ledger: MutableLedgerSnapshot;
}
