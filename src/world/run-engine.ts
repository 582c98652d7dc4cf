import type { GameDate } from '../calendar/game-date.ts';
import type { SeasonCalendar } from '../calendar/season-calendar.ts';
import type { MutableLedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import { fetchLedger, toLedger } from '../ledger/read-ledger.ts';
import { fetchSchedule, toCalendar } from '../ledger/read-schedule.ts';
import { definitionVersion } from '../table/definition-version.ts';
import { isComputed, type TableRegistry } from '../table/table-registry.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { makeWindowResolver } from '../window/window-dates.ts';
import { makeFingerprinter } from './fingerprinter.ts';
import { makeTeamsWithGames, type TeamsWithGames } from './games-played.ts';
import { meanwhile } from './meanwhile.ts';
import type { PlanFacts } from './plan-facts.ts';

/** Time as the runner sees it. */
export interface Clock {
  /** UTC, ISO 8601. */
  now(): string;
  /** The day in US Eastern. */
  today(): GameDate;
  /** Milliseconds of a clock that never goes back. */
  elapsedMs(): number;
}

/** An open warehouse with all that planning and running need to know about it. */
export interface RunEngine {
  readonly warehouse: Warehouse;
  readonly tables: TableRegistry;
  readonly ledger: MutableLedgerSnapshot;
  readonly calendar: SeasonCalendar;
  readonly facts: PlanFacts;
  readonly teamsWithGames: TeamsWithGames;
  readonly clock: Clock;
  /** Package version and definition version of a table, as rows and records carry it. */
  codeVersion(table: string): string;
  /** Digest of what a table computes; moves with its SQL, columns and helpers. */
  definitionVersion(table: string): string;
}

export async function makeRunEngine(
  warehouse: Warehouse,
  tables: TableRegistry,
  clock: Clock,
  packageVersion: string,
): Promise<RunEngine> {
  const texts = await fetchLedger(warehouse);
  const [days, ledger] = await meanwhile(fetchSchedule(warehouse), () => toLedger(texts));
  const calendar = toCalendar(days, ledger);
  const windows = makeWindowResolver(calendar);
  const version = (name: string) => {
    const table = tables.get(name);
    if (!table || !isComputed(table)) throw new Error(`"${name}" is not a table that is computed`);
    return definitionVersion(table);
  };
  const fingerprinter = makeFingerprinter(calendar, windows, ledger, version);
  return {
    warehouse,
    tables,
    ledger,
    calendar,
    facts: {
      tables,
      calendar,
      ledger,
      windows,
      fingerprinter,
      today: clock.today(),
      isSimulated: days[0]?.['data_kind'] === 'simulated',
    },
    teamsWithGames: makeTeamsWithGames(calendar),
    clock,
    codeVersion: (table) => `${packageVersion}+${version(table).slice(0, 8)}`,
    definitionVersion: version,
  };
}
