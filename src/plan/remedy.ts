import type { GameDate } from '../calendar/game-date.ts';

/** Which dates a command works. Ascending. */
export type RemedyDates =
  | { readonly kind: 'list'; readonly dates: readonly GameDate[] }
  | { readonly kind: 'range'; readonly first: GameDate; readonly last: GameDate };

/** Computes some tables on some dates. */
export interface RunRemedy {
  readonly verb: 'run';
  readonly mode: 'daily' | 'backfill' | 'rewrite';
  /** `undefined`: all of them. */
  readonly tables: readonly string[] | undefined;
  readonly dates: RemedyDates;
  /** Options other than the usual ones, as they are typed. */
  readonly options?: Readonly<Record<string, string>> | undefined;
}

/** Loads files. */
export interface IngestRemedy {
  readonly verb: 'ingest';
  readonly source: string;
  /** `undefined` where only whoever has them knows which. */
  readonly files: readonly string[] | undefined;
  /** Loads some dates once more, though nothing in the files has changed. */
  readonly again?: { readonly dates: RemedyDates; readonly allowShrink: boolean } | undefined;
}

/** A command that makes something right, as data. `src/report/words/` writes it out. */
export type Remedy = RunRemedy | IngestRemedy | StaleRemedy;

/** Makes what is stale again; with today's options where it stands with others, which makes it stale. */
export interface StaleRemedy {
  readonly verb: 'run_stale';
  readonly restateOptions?: true;
}

/** All dates from the first to the last of some. @throws for none. */
export function rangeOf(dates: readonly GameDate[]): RemedyDates {
  const [first, last] = [dates[0], dates.at(-1)];
  if (first === undefined || last === undefined) throw new Error('a command without dates');
  return { kind: 'range', first, last };
}

/** A backfill skips what is done, so that more dates than anybody reads may be told by their first and last. */
const mostListed = 31;

/**
 * Merges remedies into as few as do the same: those that differ in their dates become one, those of history that
 * overlap do too, and none does what another one does already.
 */
export function mergeRemedies(remedies: readonly Remedy[]): readonly Remedy[] {
  const groups = Map.groupBy(remedies, (remedy) =>
    JSON.stringify(remedy.verb === 'run' ? { ...remedy, dates: remedy.dates.kind } : remedy),
  );
  const merged = [...groups.values()].flatMap((group): readonly Remedy[] => {
    const [first] = group;
    if (!first) return [];
    if (first.verb !== 'run') return [first];
    const dates = group.flatMap((remedy) => (remedy.verb === 'run' ? [remedy.dates] : []));
    return [{ ...first, dates: unionOf(dates) }];
  });
  const joined = joinOverlapping(
    merged.filter((remedy) => !merged.some((other) => other !== remedy && includes(other, remedy))),
  );
  return joined.map((remedy) =>
    remedy.verb === 'run' && remedy.mode === 'backfill' && daysOf(remedy.dates).length > mostListed
      ? { ...remedy, dates: rangeOf(daysOf(remedy.dates)) }
      : remedy,
  );
}

/** Each goes into an earlier one that it overlaps; the wider one may then overlap others. */
function joinOverlapping(remedies: readonly Remedy[]): readonly Remedy[] {
  const joined: Remedy[] = [];
  for (const remedy of remedies) {
    const at = joined.findIndex((other) => overlaps(other, remedy));
    const other = joined[at];
    if (other?.verb === 'run' && remedy.verb === 'run') joined[at] = unionOfRuns(other, remedy);
    else joined.push(remedy);
  }
  return joined.length === remedies.length ? joined : joinOverlapping(joined);
}

/**
 * Whether one run may do what two do. Of history alone: what is done is skipped there, while a rewrite would make
 * it again. A range comes with all tables that its dates need, a list with one table: it must not become
 * wider where others are not known to be there.
 */
function overlaps(a: Remedy, b: Remedy): boolean {
  if (a.verb !== 'run' || b.verb !== 'run') return false;
  if (a.mode !== 'backfill' || b.mode !== 'backfill' || !sameOptions(a, b)) return false;
  if (a.dates.kind === 'list' && b.dates.kind === 'list') {
    return a.dates.dates.join() === b.dates.dates.join();
  }
  if (a.dates.kind === 'range' && b.dates.kind === 'range') {
    return a.dates.first <= b.dates.last && b.dates.first <= a.dates.last;
  }
  const [range, list] = a.dates.kind === 'range' ? [a, b] : [b, a];
  return hasTables(range, list);
}

function unionOfRuns(a: RunRemedy, b: RunRemedy): RunRemedy {
  const tables = a.tables && b.tables && [...new Set([...a.tables, ...b.tables])];
  const dates =
    a.dates.kind === 'list' && b.dates.kind === 'list'
      ? a.dates
      : rangeOf([...daysOf(a.dates), ...daysOf(b.dates)].sort());
  return { ...a, tables, dates };
}

/** The dates of a list, or the ends of a range. */
function daysOf(dates: RemedyDates): readonly GameDate[] {
  return dates.kind === 'list' ? dates.dates : [dates.first, dates.last];
}

function sameOptions(a: RunRemedy, b: RunRemedy): boolean {
  return JSON.stringify(a.options ?? {}) === JSON.stringify(b.options ?? {});
}

/** TRUE when a run works all tables that another one works. */
function hasTables({ tables }: RunRemedy, part: RunRemedy): boolean {
  return tables === undefined || (part.tables?.every((name) => tables.includes(name)) ?? false);
}

/** @param parts of one kind. */
function unionOf(parts: readonly RemedyDates[]): RemedyDates {
  const days = [...new Set(parts.flatMap(daysOf))].sort();
  return parts[0]?.kind === 'range' ? rangeOf(days) : { kind: 'list', dates: days };
}

/** TRUE when a run does all that another one does, in the same way. */
function includes(all: Remedy, part: Remedy): boolean {
  if (all.verb !== 'run' || part.verb !== 'run' || all.mode !== part.mode) return false;
  return sameOptions(all, part) && hasTables(all, part) && coversDates(all.dates, part.dates);
}

function coversDates(all: RemedyDates, part: RemedyDates): boolean {
  if (all.kind === 'list') {
    return part.kind === 'list' && part.dates.every((date) => all.dates.includes(date));
  }
  return daysOf(part).every((date) => all.first <= date && date <= all.last);
}
