import { expect, it } from 'vitest';
import { meanwhile } from './meanwhile.ts';

/** A query that ends after the work; `ended` tells whether it has. */
function slowQuery(result: () => string) {
  const query = { ended: false, promise: Promise.resolve('') };
  query.promise = new Promise((resolve) => setTimeout(resolve, 20)).then(() => {
    query.ended = true;
    return result();
  });
  return query;
}

it('works while the query runs, and gives back both', async () => {
  const query = slowQuery(() => 'rows');
  const [rows, ended] = await meanwhile(query.promise, () => query.ended);
  expect([rows, ended, query.ended]).toEqual(['rows', false, true]);
});

it('waits for the query when the work throws', async () => {
  const query = slowQuery(() => 'rows');
  const broken = () => {
    throw new Error('work');
  };
  await expect(meanwhile(query.promise, broken)).rejects.toThrow('work');
  expect(query.ended).toBe(true);
});

it('throws what the query throws, but the work first', async () => {
  const failing = () =>
    slowQuery(() => {
      throw new Error('query');
    }).promise;
  await expect(meanwhile(failing(), () => 'worked')).rejects.toThrow('query');
  const broken = () => {
    throw new Error('work');
  };
  await expect(meanwhile(failing(), broken)).rejects.toThrow('work');
});
