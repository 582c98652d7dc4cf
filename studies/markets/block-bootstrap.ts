/** An estimate with the interval that holds 95 of 100 resamples. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Sum and number of what one date has. */
export interface DateSum {
  readonly sum: number;
  readonly rows: number;
}

const resamples = 2000;

/** Game dates in a block: players of an evening are not independent, nor are evenings of a week. */
const blockDates = 7;

/**
 * The mean over all rows, and how it varies when blocks of consecutive dates are drawn anew (Politis and Romano
 * 1992: after the last date comes the first, so that each date is drawn as often as any other).
 * @param dates in their order; at least one.
 * @param random numbers from 0 to below 1.
 */
export function blockBootstrap(dates: readonly DateSum[], random: () => number): Estimate {
  const size = Math.min(blockDates, dates.length);
  const means = Array.from({ length: resamples }, () => {
    const drawn = { sum: 0, rows: 0 };
    for (let taken = 0; taken < dates.length; taken += size) {
      const start = Math.floor(random() * dates.length);
      for (let i = start; i < start + size; i += 1) {
        const date = dates[i % dates.length] as DateSum;
        drawn.sum += date.sum;
        drawn.rows += date.rows;
      }
    }
    return drawn.sum / drawn.rows;
  }).sort((a, b) => a - b);
  const at = (share: number) => means[Math.round(share * (resamples - 1))] as number;
  const total = dates.reduce((all, { sum }) => all + sum, 0);
  const rows = dates.reduce((all, date) => all + date.rows, 0);
  return { mean: total / rows, low: at(0.025), high: at(0.975) };
}
