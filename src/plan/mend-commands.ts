import type { GameDate } from '../calendar/game-date.ts';
import type { LedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import type { StoredIngest } from '../ledger/read-ingests.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import type { UnitId } from './plan.ts';
import { quote } from './quote.ts';

export interface MendFacts {
  readonly tables: TableRegistry;
  readonly ledger: LedgerSnapshot;
  /** Earliest first. */
  readonly ingests: readonly StoredIngest[];
}

/** So many dates are listed before a range is looked for. */
const mostListed = 10;

/**
 * The commands that make damaged dates again, in the order in which they have to be given: raw dates from
 * the files that they were loaded from, then what is computed. None does the work of another.
 * @returns lines that begin with `backcourt`.
 */
export function mendCommands(facts: MendFacts, units: readonly UnitId[]): readonly string[] {
  const { tables } = facts;
  const isRaw = ({ table }: UnitId) => tables.get(table)?.dataset === 'nba_raw';
  return [...ingestCommands(facts, units.filter(isRaw)), ...runCommands(facts, units)];
}

function runCommands({ tables, ledger }: MendFacts, units: readonly UnitId[]): readonly string[] {
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
    const every = tables.computed.length === names.length;
    const which = every ? '' : ` --tables ${names.join(',')}`;
    return `backcourt run --rewrite${which} ${dateFlags(dates, others)}`;
  });
}

/** A later file of the same dates must not be undone: each is loaded for the dates that it wrote last. */
function ingestCommands(facts: MendFacts, units: readonly UnitId[]): readonly string[] {
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
    const words = [
      'backcourt ingest',
      ingest?.source ?? ingests.at(-1)?.source ?? 'nba-stats',
      ...(ingest ? [...ingest.files, ...ingest.league].map(quote) : ['<files>']),
      '--rewrite',
      dateFlags(datesOf(group), foreign),
      ...(isNobodys(facts, first) ? ['--allow-shrink'] : []),
    ];
    return [words.join(' ')];
  });
}

/** Rows of a day of which nothing was ever loaded: no file can bring them back, for none brought them. */
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

/** @param others dates that the flags must not take in. */
function dateFlags(dates: readonly GameDate[], others: readonly GameDate[]): string {
  const [first, last] = [dates[0], dates.at(-1)];
  if (first === undefined || last === undefined) throw new Error('a command without dates');
  const own = new Set(dates);
  const isWhole = others.every((date) => date < first || date > last || own.has(date));
  return dates.length > mostListed && isWhole
    ? `--start-date ${first} --end-date ${last}`
    : `--dates ${dates.join(',')}`;
}

function datesOf(units: readonly UnitId[]): readonly GameDate[] {
  return [...new Set(units.map(({ date }) => date))].sort();
}

function byText([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
