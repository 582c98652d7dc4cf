import type { GameDate } from '../calendar/game-date.ts';
import type { SeasonCalendar } from '../calendar/season-calendar.ts';
import type { LedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import type { WindowResolver } from '../window/window-dates.ts';
import type { Fingerprinter } from './fingerprinter.ts';

/** Everything the planner looks at; it reads nothing else and changes nothing. */
export interface PlanFacts {
  readonly tables: TableRegistry;
  readonly calendar: SeasonCalendar;
  readonly ledger: LedgerSnapshot;
  readonly windows: WindowResolver;
  readonly fingerprinter: Fingerprinter;
  readonly today: GameDate;
  /** Files of a simulated league are loaded under another name. */
  readonly isSimulated?: boolean;
}
