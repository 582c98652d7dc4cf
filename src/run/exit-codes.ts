/** What a process ends with, by its outcome; README lists them. */
export const exitCodes = {
  done: 0,
  bug: 1,
  badInput: 2,
  failed: 3,
  planMoved: 4,
  blocked: 5,
  held: 6,
  difference: 7,
  surroundings: 8,
  interrupted: 130,
} as const;
