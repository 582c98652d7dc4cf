import { expect, it } from 'vitest';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { RunEngine } from '../world/run-engine.ts';
import { makeWarehouseReader } from './warehouse-reader.ts';

/** A reader whose file is open as long as the work takes, and tells when it was. */
function reader() {
  const held: { readonly from: number; readonly to: number }[] = [];
  const read = makeWarehouseReader({
    open: async (work) => {
      const from = performance.now();
      try {
        return await work({} as Warehouse);
      } finally {
        held.push({ from, to: performance.now() });
      }
    },
    makeEngine: async () => ({}) as RunEngine,
    elapsedMs: () => performance.now(),
    stamp: () => 'same',
  });
  return { read, held };
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it('lets go of the file for a while, however many ask without a pause', async () => {
  const { read, held } = reader();
  await Promise.all(Array.from({ length: 24 }, () => read(() => sleep(60))));
  expect(held).toHaveLength(24);
  const pauses = held.slice(1).map(({ from }, index) => from - (held[index]?.to ?? from));
  expect(pauses.filter((pause) => pause >= 240).length).toBeGreaterThanOrEqual(2);
});

it('does not keep a page waiting that comes alone', async () => {
  const { read, held } = reader();
  for (let turn = 0; turn < 4; turn += 1) {
    await read(() => sleep(200));
    await sleep(260);
  }
  const startedMs = performance.now();
  await read(async () => {});
  expect(performance.now() - startedMs).toBeLessThan(200);
  expect(held).toHaveLength(5);
});

it('refuses more requests than can be answered soon, and takes them again later', async () => {
  const { read, held } = reader();
  const asked = Array.from({ length: 60 }, () => read(() => sleep(1)));
  const settled = await Promise.allSettled(asked);
  const refused = settled.filter(({ status }) => status === 'rejected');
  expect(refused.length).toBeGreaterThan(20);
  expect(held.length).toBe(60 - refused.length);
  expect(refused[0]).toMatchObject({ reason: { kind: 'locked' } });
  await expect(read(async () => 'again')).resolves.toBe('again');
});

it('does not open the file for who has gone', async () => {
  const { read, held } = reader();
  const asker = new AbortController();
  const first = read(() => sleep(50));
  const gone = Array.from({ length: 20 }, () => read(() => sleep(50), asker.signal));
  const last = read(async () => 'answer');
  asker.abort();
  expect((await Promise.allSettled(gone)).every(({ status }) => status === 'rejected')).toBe(true);
  expect([await last, await first, held.length]).toEqual(['answer', undefined, 2]);
});
