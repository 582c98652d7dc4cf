import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { printedSeed } from '../../../tests/support/random-numbers.ts';
import { type Step, sideBySide } from './side-by-side.ts';

interface Told {
  readonly begun: string[];
  readonly ended: string[];
}

const made = (
  { begun, ended }: Told,
  [name, after, weight = 1, ms = 0]: readonly [string, readonly string[], number?, number?],
): Step<string> => ({
  name,
  after,
  weight,
  work: async (lane) => {
    begun.push(`${name} on ${lane}`);
    await sleep(ms);
    ended.push(name);
  },
});

it('begins what nothing keeps from it on another lane, and the weightier first', async () => {
  const told: Told = { begun: [], ended: [] };
  const steps = [
    made(told, ['a', [], 1, 20]),
    made(told, ['b', ['a'], 1]),
    made(told, ['c', ['a'], 5, 20]),
    made(told, ['d', [], 1, 5]),
    made(told, ['e', ['b', 'd'], 1]),
  ];
  await sideBySide(steps, ['one', 'two']);
  expect(told.begun.slice(0, 4)).toEqual(['a on one', 'd on two', 'c on one', 'b on two']);
  expect(told.ended.at(-1)).toBe('c');
});

it('throws what failed first, when all that had begun is over, and begins nothing more', async () => {
  const told: Told = { begun: [], ended: [] };
  const failing: Step<string> = {
    ...made(told, ['bad', [], 9]),
    work: async () => {
      throw new Error('no room');
    },
  };
  const steps = [failing, made(told, ['slow', [], 5, 30]), made(told, ['never', ['slow']])];
  await expect(sideBySide(steps, ['one', 'two'])).rejects.toThrow('no room');
  expect(told).toEqual({ begun: ['slow on two'], ended: ['slow'] });
});

it('does each step once and after those before it, whatever they are', async () => {
  const seed = printedSeed('side-by-side');
  const graphs = fc.array(fc.record({ after: fc.array(fc.nat(20)), weight: fc.nat(9) }), {
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(graphs, fc.integer({ min: 1, max: 3 }), async (graph, lanes) => {
      const told: Told = { begun: [], ended: [] };
      const busy = new Set<number>();
      const steps = graph.map(({ after, weight }, index): Step<number> => {
        const before = after.filter((earlier) => earlier < index).map(String);
        return {
          ...{ name: String(index), after: [...before, 'elsewhere'], weight },
          work: async (lane) => {
            expect(busy.has(lane)).toBe(false);
            busy.add(lane);
            expect(before.filter((name) => !told.ended.includes(name))).toEqual([]);
            await Promise.resolve();
            told.ended.push(String(index));
            busy.delete(lane);
          },
        };
      });
      await sideBySide(
        steps,
        Array.from({ length: lanes }, (_, lane) => lane),
      );
      expect(told.ended.toSorted()).toEqual(steps.map(({ name }) => name).toSorted());
    }),
    { seed, numRuns: 200 },
  );
});
