import { describe, expect, it } from 'vitest';
import type { GameDate } from '../calendar/game-date.ts';
import { WarehouseError, type WarehouseErrorKind } from '../warehouse/warehouse.ts';
import { narrowDown } from './narrow-down.ts';
import type { UnitResult } from './work/unit-result.ts';

const daysOf = (count: number): readonly GameDate[] =>
  Array.from({ length: count }, (_, index) => `day ${String(index).padStart(4, '0')}` as GameDate);

const result = (date: GameDate, kind: 'written' | 'failed') =>
  ({ date, outcome: { kind } }) as unknown as UnitResult;

interface Narrowed {
  readonly failed: readonly GameDate[];
  readonly order: readonly GameDate[];
  readonly attempts: number;
  readonly texts: readonly string[];
}

/** @param errorOf what the work of some dates ends with. */
async function narrow(
  dates: readonly GameDate[],
  errorOf: (dates: readonly GameDate[]) => WarehouseError | undefined,
): Promise<Narrowed> {
  let attempts = 0;
  const texts: string[] = [];
  const work = async (part: readonly GameDate[]) => {
    attempts += 1;
    const error = errorOf(part);
    if (error) throw error;
    return part.map((date) => result(date, 'written'));
  };
  const fail = async (part: readonly GameDate[], { message }: WarehouseError) => {
    texts.push(message);
    return part.map((date) => result(date, 'failed'));
  };
  const error = errorOf(dates);
  if (!error) throw new Error('nothing to narrow down');
  const results = await narrowDown({ dates, error }, { work, fail });
  return {
    failed: results.filter(({ outcome }) => outcome.kind === 'failed').map(({ date }) => date),
    order: results.map(({ date }) => date),
    attempts,
    texts,
  };
}

const failure = (kind: WarehouseErrorKind, message = 'told so') =>
  new WarehouseError(kind, message);
const hasAny = (bad: readonly GameDate[], part: readonly GameDate[]) =>
  part.some((date) => bad.includes(date));

describe('a fault of the data', () => {
  it.each([2, 3, 7, 12, 833])(
    'of one date of %d is found in two attempts a level',
    async (count) => {
      const dates = daysOf(count);
      for (const bad of [dates[0], dates.at(-1), dates[Math.floor(count / 3)]]) {
        if (bad === undefined) throw new Error('no date');
        const found = await narrow(dates, (part) =>
          part.includes(bad) ? failure('statement') : undefined,
        );
        expect(found.failed).toEqual([bad]);
        expect(found.order).toEqual(dates);
        expect(found.attempts).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(count)));
      }
    },
  );

  it('of several dates is found on each of them', async () => {
    const dates = daysOf(200);
    const bad = [3, 4, 77, 150, 199].map((index) => dates[index] as GameDate);
    const found = await narrow(dates, (part) =>
      hasAny(bad, part) ? failure('statement') : undefined,
    );
    expect(found.failed).toEqual(bad);
  });

  it('of every date is seen after few attempts, and told of all of them', async () => {
    for (const count of [12, 100, 833]) {
      let value = 0;
      const found = await narrow(daysOf(count), () => {
        value += 1;
        return failure('statement', `no such thing at [${value}:7]`);
      });
      expect(found.failed.length).toBe(count);
      expect(found.attempts).toBe(14);
      expect(found.texts).toEqual([expect.stringContaining('8 parts of the dates failed alike')]);
    }
  });

  it('that differs from part to part is looked into', async () => {
    const dates = daysOf(16);
    const found = await narrow(dates, (part) =>
      failure(
        'statement',
        `of ${'x'.repeat(part.length)} ${String(part[0]).replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '')}`,
      ),
    );
    expect(found.texts.length).toBe(16);
  });
});

describe('too much at a time', () => {
  it('is worked in smaller parts', async () => {
    const found = await narrow(daysOf(100), (part) =>
      part.length > 25 ? failure('oversized') : undefined,
    );
    expect([found.failed, found.attempts]).toEqual([[], 5]);
    expect(found.order).toEqual(daysOf(100));
  });

  it('and what is wrong with one of them is found all the same', async () => {
    const dates = daysOf(90);
    const bad = dates[70] as GameDate;
    const found = await narrow(dates, (part) =>
      part.length > 20
        ? failure('oversized')
        : part.includes(bad)
          ? failure('statement')
          : undefined,
    );
    expect([found.failed, found.order]).toEqual([[bad], dates]);
  });

  it.each([1, 12, 833])('ends where one of %d dates is too much as well', async (count) => {
    await expect(narrow(daysOf(count), () => failure('oversized'))).rejects.toMatchObject({
      kind: 'oversized',
      message: 'told so; tried with day 0000 alone',
    });
  });
});

it('a wrong query is recorded on all dates that it was asked for', async () => {
  const found = await narrow(daysOf(5), () => failure('definition'));
  expect([found.failed.length, found.attempts]).toEqual([5, 0]);
});

it.each(['locked', 'absent', 'surroundings'] as const)('%s ends it at once', async (kind) => {
  let attempts = 0;
  const work = narrow(daysOf(8), () => {
    attempts += 1;
    return failure(attempts === 1 ? 'statement' : kind);
  });
  await expect(work).rejects.toMatchObject({ kind });
  expect(attempts).toBe(2);
});
