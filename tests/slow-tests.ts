/** Test files that belong to no long story and still take longer than one waits between two edits: run by `npm run test:long`. */
export const slowTests: readonly string[] = [
  'tests/equality/declared-windows.test.ts',
  'tests/equality/game-on-two-days.test.ts',
  'tests/ingest/damaged-files.test.ts',
  'tests/ingest/games-on-wrong-days.test.ts',
  'tests/ingest/impossible-input-rows.test.ts',
  'tests/ingest/moved-games.test.ts',
  'tests/ingest/nasty-cells.test.ts',
  'tests/ingest/spellings.test.ts',
  'tests/ingest/unused-files.test.ts',
  'tests/stories/corrected-box-score.test.ts',
  'tests/stories/exact-numbers.test.ts',
];
