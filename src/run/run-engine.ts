import type { GameDate } from '../calendar/game-date.ts';
import type { SeasonCalendar } from '../calendar/season-calendar.ts';
import type { MutableLedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import { fetchLedger, toLedger } from '../ledger/read-ledger.ts';
import { fetchSchedule, toCalendar } from '../ledger/read-schedule.ts';
import { digest } from '../plan/digest.ts';
import { makeFingerprinter } from '../plan/fingerprinter.ts';
import type { PlanFacts } from '../plan/plan-facts.ts';
import { definitionText } from '../table/staged-select.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import { isComputed, type TableRegistry } from '../table/table-registry.ts';
import { duckdbDialect } from '../warehouse/sql/duckdb-dialect.ts';
import { googlesqlDialect } from '../warehouse/sql/googlesql-dialect.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { makeWindowResolver } from '../window/window-dates.ts';
import { canonicalContext } from './batch-context.ts';
import { makeTeamsWithGames, type TeamsWithGames } from './games-played.ts';
import { meanwhile } from './meanwhile.ts';

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
  const [texts, versions] = await meanwhile(
    fetchLedger(warehouse),
    () =>
      new Map(tables.all.filter(isComputed).map((table) => [table.name, definitionDigest(table)])),
  );
  const [days, ledger] = await meanwhile(fetchSchedule(warehouse), () => toLedger(texts));
  const calendar = toCalendar(days, ledger);
  const windows = makeWindowResolver(calendar);
  const version = (table: string) => {
    const found = versions.get(table);
    if (found === undefined) throw new Error(`"${table}" is not a table that is computed`);
    return found;
  };
  const fingerprinter = makeFingerprinter(calendar, windows, ledger, version);
  return {
    warehouse,
    tables,
    ledger,
    calendar,
    facts: { tables, calendar, ledger, windows, fingerprinter, today: clock.today() },
    teamsWithGames: makeTeamsWithGames(calendar),
    clock,
    codeVersion: (table) => `${packageVersion}+${version(table).slice(0, 8)}`,
    definitionVersion: version,
  };
}

/**
 * Of the SQL of both engines, whichever is at work: a partition that is copied from one to the other
 * is as new there as it was here.
 */
function definitionDigest(table: ComputedTable): string {
  const texts = [duckdbDialect, googlesqlDialect].map((sql) =>
    definitionText(table, canonicalContext(sql)),
  );
  return digest(texts.join('\n'));
}
