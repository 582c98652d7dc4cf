import type { Note } from '../../verify/finding.ts';

/** What a proof has to say besides its differences, in words. */
export function noteText({ kind, units }: Note): string {
  switch (kind) {
    case 'left_out':
      return `written, but left out as stale, failed or blocked: ${units}`;
    case 'warned':
      return `with warnings of their checks: ${units}`;
    case 'hashed_otherwise':
      return `hashed by an older version, and not proven; run --stale makes them again, with hashes that can be: ${units}`;
    case 'other_columns':
      return `in the columns of another definition, and not proven; run --stale makes them anew: ${units}`;
    case 'incomplete':
      return `of dates of which some games have no result, as status tells: ${units}`;
    case 'refused_dates':
      return `dates that were refused at ingest, as status tells: ${units}`;
    case 'untimed_lines_accepted':
      return `with lines without captured_at, which accept_closing_lines takes for known before the games, and so does this proof: ${units}`;
    case 'built_in_bootstrap_period':
      return `built with fewer bootstrap_days than the default, in the first days of a season: ${units}; run --restate-options removes them`;
  }
}
