/** A player's features on a date, and what he then scored. Only rows of players who played. */
export interface TrainingRow {
  readonly date: string;
  readonly seasonYear: number;
  readonly isPlayoffs: boolean;
  /** The 25 features in their order. */
  readonly features: readonly number[];
  readonly points: number;
  /** Sportsbook line on his points, where one is known. */
  readonly line: number | undefined;
}
