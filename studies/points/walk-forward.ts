import { makeRunningRidge } from './running-ridge.ts';
import type { TrainingRow } from './training-row.ts';

/** A row with what was predicted for it before its date. */
export interface Prediction {
  readonly row: TrainingRow;
  readonly ridge: number;
}

/**
 * Predicts the points of each row from a ridge regression on the rows of earlier dates alone, fitted
 * anew for every date.
 * @param rows ascending by date.
 * @param fromDate first date to predict; earlier rows only train.
 */
export function walkForward(
  rows: readonly TrainingRow[],
  fromDate: string,
  penalty: number,
): readonly Prediction[] {
  const ridge = makeRunningRidge(rows[0]?.features.length ?? 0);
  const predictions: Prediction[] = [];
  for (const [date, own] of Map.groupBy(rows, (row) => row.date)) {
    if (date >= fromDate && ridge.rows > 0) {
      const predict = ridge.fit(penalty);
      for (const row of own) predictions.push({ row, ridge: predict(row.features) });
    }
    for (const row of own) ridge.add(row.features, row.points);
  }
  return predictions;
}
