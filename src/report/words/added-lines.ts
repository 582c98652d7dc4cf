import type { AddedUnits } from '../../plan/plan.ts';

/** What daily mode has added to a request, and why: one line per reason and set of dates. */
export function addedLines(added: readonly AddedUnits[]): readonly string[] {
  const groups = Map.groupBy(added, ({ why, dates }) => `${why} ${dates.join(',')}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const tables = group.map(({ table }) => table).join(', ');
    return [
      first.why === 'upstream'
        ? `added ${tables} for ${rangeOf(first.dates)}: read by what was asked for`
        : `added ${tables}: downstream of ${becauseOf(group)} (--option skip_downstream_trigger=true leaves them out)`,
    ];
  });
}

function rangeOf(dates: readonly string[]): string {
  return dates.length <= 3 ? dates.join(', ') : `${dates[0]} to ${dates.at(-1)}`;
}

function becauseOf(group: readonly AddedUnits[]): string {
  return [...new Set(group.flatMap(({ because }) => because))].join(', ');
}
