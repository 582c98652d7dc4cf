/** The parts of the court that shots are told by. */
export const zones = ['paint', 'mid_range', 'three_pt'] as const;
export type Zone = (typeof zones)[number];
