/** A value that is never negative. */
export const atLeastZero = { range: { min: 0, max: 1_000_000, severity: 'error' } } as const;

/** A share of a whole. */
export const share = { unit: 'ratio', range: { min: 0, max: 1, severity: 'error' } } as const;

/** A mean of something over games. */
export function perGame(says: string) {
  return { unit: `${says} per game`, ...atLeastZero } as const;
}
