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
  /** Options other than the usual ones. */
  readonly options?: Readonly<Record<string, number>> | undefined;
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
export type Remedy = RunRemedy | IngestRemedy | { readonly verb: 'run_stale' };

/** All dates from the first to the last of some. @throws for none. */
export function rangeOf(dates: readonly GameDate[]): RemedyDates {
  const [first, last] = [dates[0], dates.at(-1)];
  if (first === undefined || last === undefined) throw new Error('a command without dates');
  return { kind: 'range', first, last };
}

/**
 * Merges remedies into as few as do the same: those that differ in their dates become one, and none does what
 * another one does already.
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
  return merged.filter(
    (remedy) => !merged.some((other) => other !== remedy && includes(other, remedy)),
  );
}

/** @param parts of one kind. */
function unionOf(parts: readonly RemedyDates[]): RemedyDates {
  const days = [
    ...new Set(
      parts.flatMap((part) => (part.kind === 'list' ? part.dates : [part.first, part.last])),
    ),
  ].sort();
  return parts[0]?.kind === 'range' ? rangeOf(days) : { kind: 'list', dates: days };
}

/** TRUE when a run does all that another one does, in the same way. */
function includes(all: Remedy, part: Remedy): boolean {
  if (all.verb !== 'run' || part.verb !== 'run' || all.mode !== part.mode) return false;
  const { tables } = all;
  return (
    JSON.stringify(all.options ?? {}) === JSON.stringify(part.options ?? {}) &&
    (tables === undefined || (part.tables?.every((name) => tables.includes(name)) ?? false)) &&
    coversDates(all.dates, part.dates)
  );
}

function coversDates(all: RemedyDates, part: RemedyDates): boolean {
  if (all.kind === 'list') {
    return part.kind === 'list' && part.dates.every((date) => all.dates.includes(date));
  }
  const days = part.kind === 'list' ? part.dates : [part.first, part.last];
  return days.every((date) => all.first <= date && date <= all.last);
}
