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
 * @throws WarehouseError `surroundings` when even an eighth of the dates is too much at a time.
 */
export async function narrowDown(
  first: FailedPart,
  { work, fail }: NarrowDown,
): Promise<readonly UnitResult[]> {
  const results: UnitResult[] = [];
  let failed: readonly FailedPart[] = [first];
  while (failed.length > 0) {
    const [example] = failed;
    if (example && failed.length >= mostAlike && failed.every(isLike(example))) {
      refuseOversized(example);
      const dates = failed.flatMap((part) => part.dates);
      results.push(...(await fail(dates, allAlike(example.error, failed.length))));
      break;
    }
    const next: FailedPart[] = [];
    for (const part of failed) {
      if (part.dates.length === 1 || part.error.kind === 'definition') {
        refuseOversized(part);
        results.push(...(await fail(part.dates, part.error)));
        continue;
      }
      for (const dates of halves(part.dates)) {
        try {
          results.push(...(await work(dates)));
        } catch (error) {
          if (!isOfTheDates(error)) throw error;
          next.push({ dates, error });
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
 * Throws what is too much for the engine even in parts: it is no fault of the data, and not recorded as one.
 */
function refuseOversized({ dates, error }: FailedPart): void {
  if (error.kind !== 'oversized') return;
  const count = dates.length === 1 ? `${dates[0]} alone` : `${dates.length} dates at a time`;
  throw new WarehouseError(
    'surroundings',
    `${error.message}; tried with ${count}; what was committed stays`,
    error.sql,
  );
}

function halves(dates: readonly GameDate[]): readonly (readonly GameDate[])[] {
  const middle = Math.ceil(dates.length / 2);
  return [dates.slice(0, middle), dates.slice(middle)];
}
