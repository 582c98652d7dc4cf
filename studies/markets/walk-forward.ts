import type { FeatureSet, MarketRow } from './market-row.ts';
import { makeRunningRidge } from './running-ridge.ts';

/** A row with what was predicted for it before its date, by market. */
export interface Prediction {
  readonly row: MarketRow;
  /** Of the value itself: its mean, as far as a line can tell it. */
  readonly plain: readonly number[];
  /** Of its root, squared again: nearer to its median, which is what an absolute error asks for. */
  readonly rooted: readonly number[];
}

/** Anscombe's transformation, under which counts of any size vary alike ("Biometrika" 35, 1948). */
const anscombe = {
  of: (value: number) => Math.sqrt(Math.max(value, 0) + 3 / 8),
  back: (root: number) => Math.max(Math.max(root, 0) ** 2 - 3 / 8, 0),
};

/**
 * Predicts each market of each row from ridge regressions on the rows of earlier dates alone, fitted anew for every
 * date. What is unknown of a row is taken for the mean of the earlier rows that know it.
 * @param rows ascending by date.
 * @param fromDate first date to predict; earlier rows only train.
 */
export function walkForward(
  rows: readonly MarketRow[],
  set: FeatureSet,
  fromDate: string,
  penalty: number,
): readonly Prediction[] {
  const size = rows[0]?.features[set].length ?? 0;
  const targets = rows[0]?.actual.length ?? 0;
  const ridge = makeRunningRidge(size, 2 * targets);
  const sums = new Float64Array(size);
  const counts = new Float64Array(size);
  const filled = ({ features }: MarketRow) =>
    features[set].map((value, i) => value ?? (counts[i] ? (sums[i] as number) / counts[i] : 0));
  const predictions: Prediction[] = [];
  for (const [date, own] of Map.groupBy(rows, (row) => row.date)) {
    const inputs = own.map(filled);
    if (date >= fromDate && ridge.rows > 0) {
      const predict = ridge.fit(penalty);
      for (const [index, row] of own.entries()) {
        const values = predict(inputs[index] ?? []);
        predictions.push({
          row,
          plain: values.slice(0, targets),
          rooted: values.slice(targets).map(anscombe.back),
        });
      }
    }
    for (const [index, row] of own.entries()) {
      ridge.add(inputs[index] ?? [], [...row.actual, ...row.actual.map(anscombe.of)]);
      for (const [i, value] of row.features[set].entries()) {
        if (value === null) continue;
        sums[i] = (sums[i] as number) + value;
        counts[i] = (counts[i] as number) + 1;
      }
    }
  }
  return predictions;
}
