/** An INT64 kept within ±limit; NULL, which LEAST would skip on one engine and keep on the other, is 0. */
export function clamped(value: string, limit: number): string {
  return `CASE
      WHEN ${value} > ${limit} THEN ${limit}
      WHEN ${value} < -${limit} THEN -${limit}
      ELSE COALESCE(${value}, 0)
    END`;
}
