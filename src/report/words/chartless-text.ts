import type { ChartlessDates } from '../../plan/chartless-dates.ts';
import { formatCount, formatSeason, plural } from './format.ts';

/** For example `season 2023-24: 89 of 210 dates have no shot chart, first 2024-01-26; zones are unknown there`. */
export function chartlessText({
  seasonYear,
  count,
  of,
  first,
}: Omit<ChartlessDates, 'first'> & { readonly first: string }): string {
  return `season ${formatSeason(seasonYear)}: ${formatCount(count)} of ${plural(of, 'date')} with box scores ${count === 1 ? 'has' : 'have'} no shot chart, first ${first}; shot zones are unknown there until one is loaded`;
}
