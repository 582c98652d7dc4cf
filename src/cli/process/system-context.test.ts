import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { systemContext } from './system-context.ts';

const signals = ['SIGINT', 'SIGTERM'] as const;
let exits: number[];
let listeners: readonly (readonly [(typeof signals)[number], NodeJS.SignalsListener])[];

beforeEach(() => {
  exits = [];
  listeners = signals.flatMap((signal) =>
    process
      .listeners(signal)
      .map((listener) => [signal, listener as NodeJS.SignalsListener] as const),
  );
  vi.spyOn(process, 'exit').mockImplementation(((code: number) => void exits.push(code)) as never);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  for (const signal of signals) process.removeAllListeners(signal);
});
afterEach(() => {
  vi.restoreAllMocks();
  for (const signal of signals) process.removeAllListeners(signal);
  for (const [signal, listener] of listeners) process.on(signal, listener);
});

const signal = () => void process.emit('SIGTERM');
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Work elsewhere that ends when it is told to. */
function slowWork() {
  let begun = 0;
  let end: () => void = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return {
    end,
    begun: () => begun,
    work: () => {
      begun += 1;
      return ended;
    },
  };
}

it('a first signal asks to stop, a second one leaves at once', () => {
  const { stop } = systemContext();
  signal();
  expect([stop.aborted, exits]).toEqual([true, []]);
  signal();
  expect(exits).toEqual([130]);
});

it('a second signal ends what runs elsewhere before it leaves', async () => {
  const { beforeLeaving } = systemContext();
  const elsewhere = slowWork();
  beforeLeaving?.(elsewhere.work);
  signal();
  expect(elsewhere.begun()).toBe(0);
  signal();
  await turn();
  expect([elsewhere.begun(), exits]).toEqual([1, []]);
  elsewhere.end();
  await turn();
  expect(exits).toEqual([130]);
});

it('a second signal leaves although what runs elsewhere cannot be ended', async () => {
  const { beforeLeaving } = systemContext();
  beforeLeaving?.(async () => {
    throw new Error('no network');
  });
  signal();
  signal();
  await turn();
  expect(exits).toEqual([130]);
});

it('a third signal does not wait', () => {
  const { beforeLeaving } = systemContext();
  const elsewhere = slowWork();
  beforeLeaving?.(elsewhere.work);
  for (let times = 0; times < 3; times += 1) signal();
  expect([elsewhere.begun(), exits]).toEqual([1, [130]]);
});

it('work that has been forgotten is not waited for', () => {
  const { beforeLeaving } = systemContext();
  const elsewhere = slowWork();
  beforeLeaving?.(elsewhere.work)();
  signal();
  signal();
  expect([elsewhere.begun(), exits]).toEqual([0, [130]]);
});
