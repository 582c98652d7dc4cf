/** An integer; a number is accepted for convenience and must be whole. */
export type Whole = bigint | number;

/** An exact fraction; the denominator is positive. */
export interface Ratio {
  readonly num: bigint;
  readonly den: bigint;
}

/** A fraction of two integers with a positive denominator. */
export function ratio(num: Whole, den: Whole): Ratio {
  const n = BigInt(num);
  const d = BigInt(den);
  if (d === 0n) throw new Error(`no ratio with denominator 0 (numerator ${n})`);
  return d < 0n ? { num: -n, den: -d } : { num: n, den: d };
}

/** a − b, exactly. */
export function difference(a: Ratio, b: Ratio): Ratio {
  return { num: a.num * b.den - b.num * a.den, den: a.den * b.den };
}

/** The sum of fractions, exactly. */
export function sum(...parts: readonly Ratio[]): Ratio {
  return parts.reduce((a, b) => ({ num: a.num * b.den + b.num * a.den, den: a.den * b.den }), {
    num: 0n,
    den: 1n,
  });
}

/** a · b, exactly. */
export function product(a: Ratio, b: Ratio): Ratio {
  return { num: a.num * b.num, den: a.den * b.den };
}

/** Whether a > b. */
export function isAbove(a: Ratio, b: Ratio): boolean {
  return a.num * b.den > b.num * a.den;
}

/** The value, but never further from 0 than a whole number. */
export function clamped(value: Ratio, limit: number): Ratio {
  const highest = ratio(limit, 1);
  const lowest = ratio(-limit, 1);
  if (isAbove(value, highest)) return highest;
  return isAbove(lowest, value) ? lowest : value;
}

/** num/den in units of 10^−scale, rounded once, half away from zero. */
export function rounded(num: Whole, den: Whole, scale: number): bigint {
  const { num: n, den: d } = ratio(num, den);
  const size = n < 0n ? -n : n;
  const units = (2n * size * 10n ** BigInt(scale) + d) / (2n * d);
  return n < 0n ? -units : units;
}

/** An integer count of 10^−scale written as a decimal with exactly `scale` digits; never `-0`. */
export function decimalText(units: bigint, scale: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const sign = units < 0n ? '-' : '';
  if (scale === 0) return sign + digits;
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** R(num/den, scale) as text. */
export function quotientText(num: Whole, den: Whole, scale: number): string {
  return decimalText(rounded(num, den, scale), scale);
}

/**
 * Reads a decimal as an integer count of 10^−scale.
 * @throws when the text is no decimal or has more digits than the scale.
 */
export function unitsOf(text: string, scale: number): bigint {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  const fraction = match?.[3] ?? '';
  if (!match || fraction.length > scale) {
    throw new Error(`"${text}" is not a decimal with at most ${scale} digits`);
  }
  const size = BigInt(`${match[2]}${fraction.padEnd(scale, '0')}`);
  return match[1] === '-' ? -size : size;
}

/** A number with at most 15 decimals as an integer count of 10^−scale, rounded half away from zero. */
export function unitsOfNumber(value: number, scale: number): bigint {
  return rounded(unitsOf(String(value), 15), 10n ** 15n, scale);
}
