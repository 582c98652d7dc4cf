import { markets } from '../../src/league/markets.ts';
import { blockBootstrap, type Estimate } from './block-bootstrap.ts';
import type { FeatureSet, MarketRow } from './market-row.ts';
import type { Prediction } from './walk-forward.ts';

/** How far predictions of a market are off, over the same rows. */
export interface MarketErrors {
  readonly market: string;
  readonly rows: number;
  /** Mean absolute errors. */
  readonly last10: number;
  readonly season: number;
  readonly ridge: Readonly<Record<FeatureSet, { readonly plain: number; readonly rooted: number }>>;
  /** Only when every row has a line of the market. */
  readonly line: number | undefined;
  /** Errors of v2, its root predicted: less those of the last 10 games, of v1 likewise, and of the line. */
  readonly gain: Estimate;
  readonly gainOnV1: Estimate;
  readonly gainOnLine: Estimate | undefined;
}

/** What both sets predicted, row for row the same. */
export type Predictions = Readonly<Record<FeatureSet, readonly Prediction[]>>;

type Predict = (index: number) => number;

/**
 * Errors of each way to predict a market.
 * @param place of the market among `markets`.
 * @param random for the intervals, from 0 to below 1.
 * @throws when nothing was predicted, or the sets not the same rows.
 */
export function marketErrors(
  { v1, v2 }: Predictions,
  place: number,
  random: () => number,
): MarketErrors {
  const rows = v2.map(({ row }) => row);
  if (rows.length === 0) throw new Error('nothing was predicted');
  if (v1.length !== rows.length || v1.some(({ row }, index) => row !== rows[index])) {
    throw new Error('the two sets predicted different rows');
  }
  const days = [...Map.groupBy(rows.keys(), (index) => rows[index]?.date).values()];
  const at = (values: readonly number[] | undefined) => values?.[place] as number;
  const row = (index: number) => rows[index] as MarketRow;
  const errorOf = (predict: Predict) => (index: number) =>
    Math.abs(predict(index) - at(row(index).actual));
  const mean = (predict: Predict) => {
    const error = errorOf(predict);
    return rows.reduce((sum, _, index) => sum + error(index), 0) / rows.length;
  };
  const gainOver = (other: Predict) => {
    const [own, others] = [errorOf((index) => at(v2[index]?.rooted)), errorOf(other)];
    const ofDays = days.map((indexes) => ({
      sum: indexes.reduce((sum, index) => sum + own(index) - others(index), 0),
      rows: indexes.length,
    }));
    return blockBootstrap(ofDays, random);
  };
  const last10: Predict = (index) => at(row(index).last10);
  const line: Predict | undefined = rows.every(({ lines }) => lines[place] !== null)
    ? (index) => row(index).lines[place] as number
    : undefined;
  const both = (predictions: readonly Prediction[]) => ({
    plain: mean((index) => at(predictions[index]?.plain)),
    rooted: mean((index) => at(predictions[index]?.rooted)),
  });
  return {
    market: markets[place]?.name ?? '',
    rows: rows.length,
    last10: mean(last10),
    season: mean((index) => at(row(index).season)),
    ridge: { v1: both(v1), v2: both(v2) },
    line: line && mean(line),
    gain: gainOver(last10),
    gainOnV1: gainOver((index) => at(v1[index]?.rooted)),
    gainOnLine: line && gainOver(line),
  };
}
