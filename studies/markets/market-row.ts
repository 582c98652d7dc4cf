/** What is known of a player before a game that he then played, and what he reached in it. */
export interface MarketRow {
  readonly date: string;
  readonly seasonYear: number;
  readonly isPlayoffs: boolean;
  /** Of each set of features; NULL where something is unknown. */
  readonly features: Readonly<Record<FeatureSet, readonly (number | null)[]>>;
  /** By market, in the order of `markets`. */
  readonly actual: readonly number[];
  readonly last10: readonly number[];
  readonly season: readonly number[];
  /** The bookmakers' last line, by market; NULL where none is loaded. */
  readonly lines: readonly (number | null)[];
}

/** `v1` are the 25 of ml_feature_store, `v2` the named ones of ml_feature_store_v2. */
export const featureSets = ['v1', 'v2'] as const;

export type FeatureSet = (typeof featureSets)[number];
