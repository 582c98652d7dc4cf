import type { GameDate } from '../calendar/game-date.ts';
import { WarehouseError } from '../warehouse/warehouse.ts';
import type { UnitResult } from './work/unit-result.ts';

/** Dates that failed together. */
interface FailedPart {
  readonly dates: readonly GameDate[];
  readonly error: WarehouseError;
}

export interface NarrowDown {
  /** Works some dates. @throws WarehouseError */
  readonly work: (dates: readonly GameDate[]) => Promise<readonly UnitResult[]>;
  /** Records the failure of dates that are not looked into any further. */
  readonly fail: (
    dates: readonly GameDate[],
    error: WarehouseError,
  ) => Promise<readonly UnitResult[]>;
}

/** When so many parts of a batch all fail alike, it is not a date that is at fault. */
const mostAlike = 8;

/**
 * Halves dates that failed together until those at fault stand alone, level by level: a fault of one date
 * costs two attempts a level, and one that every date has is seen after few, for a statement that BigQuery
 * carries out is paid for and takes time even when it fails.
 * @returns the results of all dates, ascending.
 * @throws WarehouseError `oversized` when even one date is too much at a time.
 */
export async function narrowDown(
  first: FailedPart,
  { work, fail }: NarrowDown,
): Promise<readonly UnitResult[]> {
  if (first.error.kind === 'oversized') return workSmaller(first, { work, fail });
  const results: UnitResult[] = [];
  let failed: readonly FailedPart[] = [first];
  while (failed.length > 0) {
    const [example] = failed;
    if (example && failed.length >= mostAlike && failed.every(isLike(example))) {
      const dates = failed.flatMap((part) => part.dates);
      results.push(...(await fail(dates, allAlike(example.error, failed.length))));
      break;
    }
    const next: FailedPart[] = [];
    for (const part of failed) {
      if (part.dates.length === 1 || part.error.kind === 'definition') {
        results.push(...(await fail(part.dates, part.error)));
        continue;
      }
      for (const dates of halves(part.dates)) {
        try {
          results.push(...(await work(dates)));
        } catch (error) {
          if (!isOfTheDates(error)) throw error;
          if (error.kind === 'oversized')
            results.push(...(await workSmaller({ dates, error }, { work, fail })));
          else next.push({ dates, error });
        }
      }
    }
    failed = next;
  }
  return results.sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** TRUE for a failure that other dates, or fewer, may not have; all others end the run. */
export function isOfTheDates(error: unknown): error is WarehouseError {
  if (!(error instanceof WarehouseError)) return false;
  switch (error.kind) {
    case 'statement':
    case 'definition':
    case 'oversized':
      return true;
    case 'locked':
    case 'absent':
    case 'surroundings':
      return false;
  }
}

/** TRUE for failures with the same text, whatever numbers stand in it. */
function isLike({ error }: FailedPart): (other: FailedPart) => boolean {
  const text = ({ kind, message }: WarehouseError) => `${kind} ${message.replace(/\d+/g, '0')}`;
  const wanted = text(error);
  return (other) => text(other.error) === wanted;
}

function allAlike({ kind, message, sql }: WarehouseError, parts: number): WarehouseError {
  const why = `${message} (each of ${parts} parts of the dates failed alike; not looked into date by date)`;
  return new WarehouseError(kind, why, sql);
}

/**
 * Works dates that are too much for the engine together, one part after the other: a size that was too much once is not
 * tried again. It is no fault of the data, and not recorded as one.
 */
async function workSmaller(
  { dates, error }: FailedPart,
  { work, fail }: NarrowDown,
): Promise<readonly UnitResult[]> {
  const results: UnitResult[] = [];
  let size = smaller(dates.length, dates, error);
  let from = 0;
  while (from < dates.length) {
    const part = dates.slice(from, from + size);
    try {
      results.push(...(await work(part)));
    } catch (thrown) {
      if (!isOfTheDates(thrown)) throw thrown;
      if (thrown.kind === 'oversized') {
        size = smaller(part.length, part, thrown);
        continue;
      }
      results.push(...(await narrowDown({ dates: part, error: thrown }, { work, fail })));
    }
    from += part.length;
  }
  return results;
}

/** @throws WarehouseError `oversized` where there is nothing smaller. */
function smaller(
  size: number,
  [first]: readonly GameDate[],
  { message, sql }: WarehouseError,
): number {
  if (size > 1) return Math.ceil(size / 2);
  throw new WarehouseError('oversized', `${message}; tried with ${first} alone`, sql);
}

function halves(dates: readonly GameDate[]): readonly (readonly GameDate[])[] {
  const middle = Math.ceil(dates.length / 2);
  return [dates.slice(0, middle), dates.slice(middle)];
}
