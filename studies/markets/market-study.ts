import { randomOf } from '../../simulation/random.ts';
import { markets } from '../../src/league/markets.ts';
import { type MarketErrors, marketErrors, type Predictions } from './market-errors.ts';
import { type FeatureSet, featureSets, type MarketRow } from './market-row.ts';
import { walkForward } from './walk-forward.ts';

/** A part of what was predicted, with its errors by market. */
export interface StudiedPart {
  readonly name: string;
  readonly errors: readonly MarketErrors[];
}

export interface MarketStudy {
  readonly penalties: Readonly<Record<FeatureSet, number>>;
  readonly parts: readonly StudiedPart[];
}

const penalties = [0.0001, 0.001, 0.01, 0.1];

/**
 * Predicts every market from either set. The penalty of a set is chosen on one season by the points of who played; the seasons
 * after it are predicted once.
 * @param rows ascending by date.
 * @param choosing the season on which the penalty is chosen.
 */
export function studyMarkets(rows: readonly MarketRow[], choosing: number): MarketStudy {
  const of = (seasons: (year: number) => boolean) =>
    rows.filter(({ seasonYear }) => seasons(seasonYear));
  const firstOf = (season: number) => of((year) => year === season)[0]?.date ?? '9999';
  const penaltyOf = (set: FeatureSet) => {
    const known = of((year) => year <= choosing);
    const tried = penalties.map((penalty) => {
      const predictions = walkForward(known, set, firstOf(choosing), penalty);
      const error = predictions.reduce(
        (sum, { row, plain }) => sum + Math.abs((plain[0] as number) - (row.actual[0] as number)),
        0,
      );
      return { penalty, error };
    });
    return tried.toSorted((a, b) => a.error - b.error)[0]?.penalty ?? 0.001;
  };
  const chosen = { v1: penaltyOf('v1'), v2: penaltyOf('v2') };
  const from = firstOf(choosing + 1);
  const [v1 = [], v2 = []] = featureSets.map((set) => walkForward(rows, set, from, chosen[set]));
  const part = (
    name: string,
    isIn: (row: MarketRow, place: number) => boolean,
  ): readonly StudiedPart[] => {
    const { uniform } = randomOf('study', 20261127);
    const errors = markets.flatMap((_, place) => {
      const own: Predictions = {
        v1: v1.filter(({ row }) => isIn(row, place)),
        v2: v2.filter(({ row }) => isIn(row, place)),
      };
      return own.v2.length === 0 ? [] : [marketErrors(own, place, uniform)];
    });
    return errors.length === 0 ? [] : [{ name, errors }];
  };
  const seasons = [...new Set(v2.map(({ row }) => row.seasonYear))];
  return {
    penalties: chosen,
    parts: [
      ...seasons.flatMap((year) => [
        ...part(seasonName(year), (row) => row.seasonYear === year),
        ...part(
          `${seasonName(year)}, playoffs`,
          (row) => row.seasonYear === year && row.isPlayoffs,
        ),
      ]),
      ...part('with a line', ({ lines }, place) => lines[place] !== null),
    ],
  };
}

function seasonName(year: number): string {
  return `${year}-${String((year + 1) % 100).padStart(2, '0')}`;
}
