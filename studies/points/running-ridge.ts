import { CholeskyDecomposition, Matrix } from 'ml-matrix';

/** Ridge regression of one value on some features, over rows that arrive one after another. */
export interface RunningRidge {
  readonly rows: number;
  add(features: readonly number[], value: number): void;
  /**
   * Fits all rows added so far, features scaled to unit deviation, the intercept not penalised.
   * @param penalty added to the diagonal of the correlation matrix.
   */
  fit(penalty: number): (features: readonly number[]) => number;
}

/** Keeps sums and products alone, so that a fit after each date costs nothing per earlier row. */
export function makeRunningRidge(size: number): RunningRidge {
  let rows = 0;
  let valueSum = 0;
  const sums = new Float64Array(size);
  const valueProducts = new Float64Array(size);
  const products = Array.from({ length: size }, () => new Float64Array(size));

  return {
    get rows() {
      return rows;
    },
    add(features, value) {
      rows += 1;
      valueSum += value;
      for (let i = 0; i < size; i += 1) {
        const x = features[i] as number;
        sums[i] = (sums[i] as number) + x;
        valueProducts[i] = (valueProducts[i] as number) + x * value;
        const line = products[i] as Float64Array;
        for (let j = 0; j <= i; j += 1) {
          line[j] = (line[j] as number) + x * (features[j] as number);
        }
      }
    },
    fit(penalty) {
      const mean = [...sums].map((sum) => sum / rows);
      const meanValue = valueSum / rows;
      const covariance = (i: number, j: number) =>
        ((products[Math.max(i, j)] as Float64Array)[Math.min(i, j)] as number) / rows -
        (mean[i] as number) * (mean[j] as number);
      // A feature that has not varied yet says nothing; its coefficient comes out as 0.
      const scale = mean.map((_, i) => Math.sqrt(Math.max(covariance(i, i), 0)) || 1);
      const correlation = new Matrix(
        mean.map((_, i) =>
          mean.map(
            (__, j) =>
              covariance(i, j) / ((scale[i] as number) * (scale[j] as number)) +
              (i === j ? penalty : 0),
          ),
        ),
      );
      const target = Matrix.columnVector(
        mean.map(
          (average, i) =>
            ((valueProducts[i] as number) / rows - average * meanValue) / (scale[i] as number),
        ),
      );
      const solved = new CholeskyDecomposition(correlation).solve(target).to1DArray();
      const slopes = solved.map((slope, i) => slope / (scale[i] as number));
      const intercept = slopes.reduce(
        (rest, slope, i) => rest - slope * (mean[i] as number),
        meanValue,
      );
      return (features) =>
        slopes.reduce((sum, slope, i) => sum + slope * (features[i] as number), intercept);
    },
  };
}
