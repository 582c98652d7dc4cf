/**
 * Each name once: what several measures need is computed for them together.
 * @param saying all that what has the name depends on.
 * @throws an error when two share a name and are not the same: one measure would have the values of the other.
 */
export function onceEach<T extends { readonly name: string }>(
  all: readonly T[],
  saying: (one: T) => readonly unknown[],
): readonly T[] {
  const byName = new Map<string, { readonly one: T; readonly says: string }>();
  for (const one of all) {
    const says = JSON.stringify(saying(one));
    const earlier = byName.get(one.name);
    if (earlier && earlier.says !== says)
      throw new Error(`two that are not the same are called ${one.name}`);
    byName.set(one.name, earlier ?? { one, says });
  }
  return [...byName.values()].map(({ one }) => one);
}
