/** A piece of work for a lane. */
export interface Step<Lane> {
  readonly name: string;
  /** Steps that have to be done before it. */
  readonly after: readonly string[];
  /** Of two that may begin, the weightier one does: it is likely to take longer. */
  readonly weight: number;
  work(lane: Lane): Promise<void>;
}

/**
 * Carries out steps, on each lane one at a time, each as soon as a lane is free and those before it are done.
 * @param steps in an order in which they could be carried out one by one.
 * @throws what the first step that failed has thrown, when all that had begun is over; nothing is begun after it.
 */
export async function sideBySide<Lane>(
  steps: readonly Step<Lane>[],
  lanes: readonly Lane[],
): Promise<void> {
  const waiting = new Set(steps.toSorted((a, b) => b.weight - a.weight));
  const open = new Set(steps.map(({ name }) => name));
  const failures: unknown[] = [];
  let change = Promise.withResolvers<void>();
  const next = () => [...waiting].find(({ after }) => !after.some((name) => open.has(name)));

  const drive = async (lane: Lane) => {
    while (waiting.size > 0 && failures.length === 0) {
      const step = next();
      if (!step) {
        await change.promise;
        continue;
      }
      waiting.delete(step);
      await step.work(lane).catch((error: unknown) => failures.push(error));
      open.delete(step.name);
      change.resolve();
      change = Promise.withResolvers<void>();
    }
  };
  await Promise.all(lanes.map(drive));
  if (failures.length > 0) throw failures[0];
}
