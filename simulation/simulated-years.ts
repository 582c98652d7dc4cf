/** A game id writes the year of its season with two digits: 46 is 1946, 45 is 2045. */
export const firstSimulatedYear = 1946;
export const lastSimulatedYear = 2045;

/** First year of the first season unless another one is asked for. */
export const defaultSimulatedYear = 2021;
