import type { Prediction } from './walk-forward.ts';

/** How far predictions of points are off, in points, over the same rows. */
export interface MeanErrors {
  readonly rows: number;
  readonly dates: number;
  /** Mean absolute errors. */
  readonly ridge: number;
  readonly last10Average: number;
  readonly seasonAverage: number;
  /** Only when every row has a line. */
  readonly line: number | undefined;
  /** Mean of |ridge error| − |last-10 error| and its standard error, by game date. */
  readonly gain: { readonly mean: number; readonly standardError: number };
}

/** Places of features in the store. */
const pointsAvgLast10 = 1;
const pointsAvgSeason = 2;

/** Errors of each way to predict over some rows. @throws when there are none. */
export function meanErrors(predictions: readonly Prediction[]): MeanErrors {
  if (predictions.length === 0) throw new Error('nothing was predicted');
  const mae = (predict: (prediction: Prediction) => number) =>
    mean(predictions.map((each) => Math.abs(predict(each) - each.row.points)));
  const feature = (index: number) => (each: Prediction) => each.row.features[index] as number;
  const byDate = [...Map.groupBy(predictions, ({ row }) => row.date).values()];
  const ridge = mae((each) => each.ridge);
  const last10Average = mae(feature(pointsAvgLast10));
  return {
    rows: predictions.length,
    dates: byDate.length,
    ridge,
    last10Average,
    seasonAverage: mae(feature(pointsAvgSeason)),
    line: predictions.every(({ row }) => row.line !== undefined)
      ? mae(({ row }) => row.line as number)
      : undefined,
    gain: { mean: ridge - last10Average, standardError: gainError(byDate, ridge - last10Average) },
  };
}

/** Players of one date share an evening, so dates and not rows are what is independent. */
function gainError(byDate: readonly (readonly Prediction[])[], gain: number): number {
  const rows = byDate.reduce((sum, own) => sum + own.length, 0);
  const deviations = byDate.map((own) =>
    own.reduce((sum, each) => {
      const { points, features } = each.row;
      const difference =
        Math.abs(each.ridge - points) - Math.abs((features[pointsAvgLast10] as number) - points);
      return sum + difference - gain;
    }, 0),
  );
  return Math.sqrt(deviations.reduce((sum, deviation) => sum + deviation ** 2, 0)) / rows;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
