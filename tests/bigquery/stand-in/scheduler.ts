import type { Random } from './random.ts';

/** Lets one statement work at a time; of those that wait, chance says which is next. */
export interface Scheduler {
  turn<T>(work: () => Promise<T>): Promise<T>;
}

export function makeScheduler(random: Random): Scheduler {
  const waiting: (() => Promise<void>)[] = [];
  let isBusy = false;

  function next(): void {
    if (isBusy || waiting.length === 0) return;
    const [chosen] = waiting.splice(random.below(waiting.length), 1);
    if (!chosen) return;
    isBusy = true;
    void chosen().finally(() => {
      isBusy = false;
      // Whoever has just had a turn asks for the next one before somebody is chosen.
      setImmediate(next);
    });
  }

  return {
    turn: (work) =>
      new Promise((resolve, reject) => {
        waiting.push(() => work().then(resolve, reject));
        setImmediate(next);
      }),
  };
}
