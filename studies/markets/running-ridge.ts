import { CholeskyDecomposition, Matrix } from 'ml-matrix';

/** Ridge regressions of some values on the same features, over rows that arrive one after another. */
export interface RunningRidge {
  readonly rows: number;
  add(features: readonly number[], values: readonly number[]): void;
  /**
   * Fits all rows added so far, features scaled to unit deviation, the intercept not penalised.
   * @param penalty added to the diagonal of the correlation matrix.
   * @returns what predicts the values of a row.
   */
  fit(penalty: number): (features: readonly number[]) => readonly number[];
}

/** Keeps sums and products alone, so that a fit after each date costs nothing per earlier row. */
export function makeRunningRidge(size: number, targets: number): RunningRidge {
  let rows = 0;
  const valueSums = new Float64Array(targets);
  const sums = new Float64Array(size);
  const valueProducts = Array.from({ length: targets }, () => new Float64Array(size));
  const products = Array.from({ length: size }, () => new Float64Array(size));

  return {
    get rows() {
      return rows;
    },
    add(features, values) {
      rows += 1;
      for (let t = 0; t < targets; t += 1) {
        valueSums[t] = (valueSums[t] as number) + (values[t] as number);
      }
      for (let i = 0; i < size; i += 1) {
        const x = features[i] as number;
        if (x === 0) continue;
        sums[i] = (sums[i] as number) + x;
        for (let t = 0; t < targets; t += 1) {
          const own = valueProducts[t] as Float64Array;
          own[i] = (own[i] as number) + x * (values[t] as number);
        }
        const line = products[i] as Float64Array;
        for (let j = 0; j <= i; j += 1) {
          line[j] = (line[j] as number) + x * (features[j] as number);
        }
      }
    },
    fit(penalty) {
      const mean = [...sums].map((sum) => sum / rows);
      const meanValues = [...valueSums].map((sum) => sum / rows);
      const covariance = (i: number, j: number) =>
        ((products[Math.max(i, j)] as Float64Array)[Math.min(i, j)] as number) / rows -
        (mean[i] as number) * (mean[j] as number);
      // A feature that has not varied yet says nothing; its coefficient comes out as 0.
      const scale = mean.map((_, i) => Math.sqrt(Math.max(covariance(i, i), 0)) || 1);
      const correlation = Matrix.zeros(size, size);
      for (let i = 0; i < size; i += 1) {
        for (let j = 0; j <= i; j += 1) {
          const value = covariance(i, j) / ((scale[i] as number) * (scale[j] as number));
          correlation.set(i, j, i === j ? value + penalty : value);
          correlation.set(j, i, i === j ? value + penalty : value);
        }
      }
      const target = Matrix.zeros(size, targets);
      for (let i = 0; i < size; i += 1) {
        for (let t = 0; t < targets; t += 1) {
          const product = ((valueProducts[t] as Float64Array)[i] as number) / rows;
          const own = product - (mean[i] as number) * (meanValues[t] as number);
          target.set(i, t, own / (scale[i] as number));
        }
      }
      const solved = new CholeskyDecomposition(correlation).solve(target);
      const slopes = meanValues.map((_, t) =>
        scale.map((deviation, i) => solved.get(i, t) / deviation),
      );
      const intercepts = meanValues.map((value, t) =>
        mean.reduce((rest, own, i) => rest - (slopes[t]?.[i] as number) * own, value),
      );
      return (features) =>
        slopes.map((own, t) =>
          own.reduce(
            (sum, slope, i) => sum + slope * (features[i] as number),
            intercepts[t] as number,
          ),
        );
    },
  };
}
