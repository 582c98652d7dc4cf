/** The seed of this run, printed so that a failure can be repeated with BACKCOURT_TEST_SEED. */
export function printedSeed(what: string): number {
  const given = process.env['BACKCOURT_TEST_SEED'];
  const seed = given === undefined ? Date.now() % 1_000_000 : Number(given);
  process.stderr.write(`${what}: BACKCOURT_TEST_SEED=${seed}\n`);
  return seed;
}

/** Numbers from 0 to 1 that a seed repeats. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // This is the mulberry32 generator: neighbouring seeds begin far apart.
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The items in a random order. */
export function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
