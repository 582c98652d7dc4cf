import type { GameDate } from '../calendar/game-date.ts';
import type { LedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import type { StoredIngest } from '../ledger/read-ingests.ts';
import { sourceOfLogs } from '../ledger/source-of-logs.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import type { UnitId } from './plan.ts';
import { type Remedy, type RemedyDates, rangeOf } from './remedy.ts';

export interface MendFacts {
  readonly tables: TableRegistry;
  readonly ledger: LedgerSnapshot;
  /** Earliest first. */
  readonly ingests: readonly StoredIngest[];
  /** Whether a file that was loaded is still where it was. */
  readonly isThere: (file: string) => boolean;
}

/** So many dates are listed before a range is looked for. */
const mostListed = 10;

/**
 * The commands that make damaged dates again, in the order in which they have to be given: raw dates from
 * the files that they were loaded from, then what is computed; and last what may have been made of damaged
 * rows in the meantime. None does the work of another.
 */
export function findRemedies(facts: MendFacts, units: readonly UnitId[]): readonly Remedy[] {
  const { tables } = facts;
  const isRaw = ({ table }: UnitId) => tables.get(table)?.dataset === 'nba_raw';
  const isRead = ({ table }: UnitId) =>
    tables.computed.some(({ inputs }) => inputs.some((input) => input.table === table));
  return [
    ...ingestsAgain(facts, units.filter(isRaw)),
    ...runsAgain(facts, units),
    ...(units.some(isRead) ? [{ verb: 'run_stale' } as const] : []),
  ];
}

function runsAgain({ tables, ledger }: MendFacts, units: readonly UnitId[]): readonly Remedy[] {
  const groups: { readonly names: string[]; readonly dates: readonly GameDate[] }[] = [];
  for (const { name } of tables.computed) {
    const dates = datesOf(units.filter(({ table }) => table === name));
    if (dates.length === 0) continue;
    const before = groups.at(-1);
    // Only neighbours go together: a table must not come before one that it reads.
    if (before && before.dates.join() === dates.join()) before.names.push(name);
    else groups.push({ names: [name], dates });
  }
  return groups.map(({ names, dates }) => {
    const others = names.flatMap((name) => [...ledger.of(name).keys()]);
    return {
      verb: 'run',
      mode: 'rewrite',
      tables: tables.computed.length === names.length ? undefined : names,
      dates: remedyDates(dates, others),
    };
  });
}

/** A later file of the same dates must not be undone: each is loaded for the dates that it wrote last. */
function ingestsAgain(facts: MendFacts, units: readonly UnitId[]): readonly Remedy[] {
  const { ledger, ingests, tables } = facts;
  const groups = Map.groupBy(units, (unit) => {
    const ingest = ingestOf(facts, unit);
    const at = ingest ? ingests.indexOf(ingest) : ingests.length;
    return `${isNobodys(facts, unit) ? 1 : 0} ${String(at).padStart(9, '0')}`;
  });
  const raw = tables.all.filter(({ dataset }) => dataset === 'nba_raw').map(({ name }) => name);
  return [...groups].sort(byText).flatMap(([, group]) => {
    const [first] = group;
    if (!first) return [];
    const ingest = ingestOf(facts, first);
    const foreign = raw.flatMap((name) =>
      [...ledger.of(name).values()]
        .filter(({ runId }) => runId !== ingest?.runId)
        .map(({ date }) => date),
    );
    return [
      {
        verb: 'ingest' as const,
        source: ingest?.source ?? ingests.at(-1)?.source ?? sourceOfLogs,
        files: ingest && [
          ...ingest.files.map((file) => (facts.isThere(file) ? file : `<a copy of ${file}>`)),
          ...ingest.league,
        ],
        again: {
          dates: remedyDates(datesOf(group), foreign),
          allowShrink: isNobodys(facts, first),
        },
      },
    ];
  });
}

/**
 * TRUE for rows of a day of which nothing was ever loaded: no file can bring them back, for none brought
 * them.
 */
function isNobodys({ tables, ledger }: MendFacts, { date }: UnitId): boolean {
  return tables.all.every(
    ({ dataset, name }) => dataset !== 'nba_raw' || ledger.get(name, date) === undefined,
  );
}

/** The ingest that wrote a raw date last; where no record tells, the one that wrote the date nearest to it. */
function ingestOf(
  { ledger, ingests }: MendFacts,
  { table, date }: UnitId,
): StoredIngest | undefined {
  const records = [...ledger.of(table).values()].sort((a, b) => (a.date < b.date ? -1 : 1));
  const nearest =
    ledger.get(table, date) ?? records.findLast((record) => record.date < date) ?? records[0];
  return (
    ingests.find(({ runId }) => runId === nearest?.runId) ??
    ingests.findLast(({ contents }) => contents.includes(table))
  );
}

/** @param others dates that a range must not take in. */
function remedyDates(dates: readonly GameDate[], others: readonly GameDate[]): RemedyDates {
  const [first = '', last = ''] = [dates[0], dates.at(-1)];
  const own = new Set(dates);
  const isWhole = others.every((date) => date < first || date > last || own.has(date));
  return dates.length > mostListed && isWhole ? rangeOf(dates) : { kind: 'list', dates };
}

function datesOf(units: readonly UnitId[]): readonly GameDate[] {
  return [...new Set(units.map(({ date }) => date))].sort();
}

function byText([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
