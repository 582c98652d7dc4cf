import { InvalidArgumentError } from 'commander';
import { firstSimulatedYear, lastSimulatedYear } from '../../../simulation/simulated-years.ts';
import { isNoPlace } from '../../engine/default-warehouse.ts';
import { formatSeason } from '../../report/words/format.ts';

/** A whole number in a range, both ends included. */
export function wholeNumber(min: number, max = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isInteger(value) || value < min || value > max) {
      const to = max === Number.MAX_SAFE_INTEGER ? '' : ` to ${max}`;
      throw new InvalidArgumentError(`must be a whole number from ${min}${to}.`);
    }
    return value;
  };
}

/** The first year of a season, written `2024-25` or `2024`. */
export function seasonYear(text: string): number {
  const [, first, second] = /^(\d{4})(?:-(\d\d))?$/.exec(text) ?? [];
  const year = Number(first);
  if (
    !(year >= firstSimulatedYear && year <= lastSimulatedYear) ||
    (second !== undefined && Number(second) !== (year + 1) % 100)
  ) {
    throw new InvalidArgumentError(
      `a season is ${formatSeason(2024)}, or 2024, the year in which it begins; from ${firstSimulatedYear} to ${lastSimulatedYear}.`,
    );
  }
  return year;
}

/** A flag that is given once: of two values one would be dropped without a word. */
export function once(value: string, earlier: string | undefined): string {
  if (earlier !== undefined) throw new InvalidArgumentError('it is given twice.');
  return value;
}

/** {@link warehouseFile}, given once. */
export function warehousePlace(value: string, earlier: string | undefined): string {
  return warehouseFile(once(value, earlier));
}

/** A file that stays: in memory, or without a name, everything would be gone at the end. */
export function warehouseFile(value: string): string {
  if (isNoPlace(value)) throw new InvalidArgumentError('it must name a file.');
  return value;
}

/** An address to listen on. */
export function hostAddress(value: string): string {
  if (!/^[\w.:-]+$/.test(value)) throw new InvalidArgumentError('it must be an address.');
  return value;
}

/** The names of a comma-separated list; `undefined` where there is none. */
export function namesIn(list: string | undefined): readonly string[] | undefined {
  return list?.split(',').map((name) => name.trim());
}

/** A flag that may be given several times. */
export const collect = (value: string, earlier: readonly string[]): readonly string[] => [
  ...earlier,
  value,
];
