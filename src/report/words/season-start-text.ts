import type { UncertainStart } from '../../plan/season-starts.ts';
import { formatSeason } from './format.ts';

/** For example `season 2023-24 begins on 2023-10-24, its logs on 2024-01-25; …`. */
export function seasonStartText({
  seasonYear,
  first,
  began,
}: Pick<UncertainStart, 'seasonYear'> &
  Readonly<Record<'first', string> & Record<'began', string | undefined>>): string {
  const season = `season ${formatSeason(seasonYear)}`;
  return began === undefined
    ? `${season}: it is a guess that it begins on ${first}, the first day that is loaded; its first days are counted from there (bootstrap period), and what looks back to its beginning may be short of games`
    : `${season} begins on ${began}, its logs on ${first}; what looks back to its beginning is short of games`;
}
