/**
 * Seeded random numbers. Every part of the simulation draws from its own stream, named by labels
 * (`seed, 2021, 'schedule'`), so that a change in one part, or one more season at the end, leaves
 * the numbers of every other part as they were.
 */
export interface Random {
  /** Uniform in [0, 1). */
  readonly uniform: () => number;
  /** A whole number in [0, below). */
  readonly integer: (below: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly normal: (mean: number, deviation: number) => number;
}

const TWO_TO_32 = 4_294_967_296;

/** The stream named by `labels`: equal labels give equal numbers on every machine. */
export function randomOf(...labels: readonly (string | number)[]): Random {
  const next = smallFastCounter(labels.join('/'));
  const uniform = () => next() / TWO_TO_32;
  return {
    uniform,
    integer: (below) => Math.floor(uniform() * below),
    chance: (probability) => uniform() < probability,
    normal: (mean, deviation) => mean + deviation * polarNormal(uniform),
  };
}

/** A copy of `items` in random order (Fisher–Yates). */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = random.integer(last + 1);
    const kept = result[last] as T;
    result[last] = result[other] as T;
    result[other] = kept;
  }
  return result;
}

/** One of `items`, all equally likely. */
export function pick<T>(items: readonly T[], random: Random): T {
  const item = items[random.integer(items.length)];
  if (item === undefined) throw new Error('cannot pick from an empty list');
  return item;
}

/** An index into `weights`, each as likely as its weight; weights are not negative, their sum is not 0. */
export function pickIndex(weights: readonly number[], random: Random): number {
  let total = 0;
  for (const weight of weights) total += weight;
  let rest = random.uniform() * total;
  let chosen = 0;
  for (let index = 0; index < weights.length; index += 1) {
    const weight = weights[index] ?? 0;
    if (weight === 0) continue;
    chosen = index;
    if (rest < weight) break;
    rest -= weight;
  }
  return chosen;
}

/** sfc32 (Chris Doty-Humphrey's Small Fast Counting generator): 32 random bits per call. */
function smallFastCounter(label: string): () => number {
  let a = hash32(label, 0x9e3779b9);
  let b = hash32(label, 0x85ebca6b);
  let c = hash32(label, 0xc2b2ae35);
  let counter = 1;
  const next = (): number => {
    const result = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return result >>> 0;
  };
  for (let round = 0; round < 12; round += 1) next();
  return next;
}

/** FNV-1a over the characters, then a finishing mix so that labels differing in one character part ways. */
function hash32(text: string, basis: number): number {
  let hash = basis;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return hash ^ (hash >>> 15);
}

/** Marsaglia's polar method. The second number is thrown away: a stream has no hidden state that way. */
function polarNormal(uniform: () => number): number {
  for (;;) {
    const x = 2 * uniform() - 1;
    const y = 2 * uniform() - 1;
    const square = x * x + y * y;
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
  }
}
