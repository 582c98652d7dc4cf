import { statfsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

/** Test files that tell no long story, or tell it of real data, and take longer than one waits between two edits. */
const slowTests = [
  'tests/crash/killed.test.ts',
  'tests/equality/declared-windows.test.ts',
  'tests/equality/game-on-two-days.test.ts',
  'tests/equality/long-break.test.ts',
  'tests/equality/own-measures.test.ts',
  'tests/equality/simulated-windows.test.ts',
  'tests/ingest/answers-folder.test.ts',
  'tests/ingest/check-files.test.ts',
  'tests/ingest/damaged-files.test.ts',
  'tests/ingest/disagreeing-rows.test.ts',
  'tests/ingest/games-on-wrong-days.test.ts',
  'tests/ingest/impossible-input-rows.test.ts',
  'tests/ingest/moved-games.test.ts',
  'tests/ingest/nasty-cells.test.ts',
  'tests/ingest/notices.test.ts',
  'tests/ingest/odd-lines.test.ts',
  'tests/ingest/refused-date.test.ts',
  'tests/ingest/repeated-ingest.test.ts',
  'tests/ingest/shapes.test.ts',
  'tests/ingest/spellings.test.ts',
  'tests/ingest/unused-files.test.ts',
  'tests/stories/config.test.ts',
  'tests/stories/copy-of-changed-rows.test.ts',
  'tests/stories/corrected-box-score.test.ts',
  'tests/stories/diff.test.ts',
  'tests/stories/exact-numbers.test.ts',
  'tests/stories/export-markets.test.ts',
  'tests/stories/fetch.test.ts',
  'tests/stories/fixtures.test.ts',
  'tests/stories/incomplete-date.test.ts',
  'tests/stories/kept-answers.test.ts',
  'tests/stories/market-study.test.ts',
  'tests/stories/missing-inputs.test.ts',
  'tests/stories/odd-history.test.ts',
  'tests/stories/own-changes.test.ts',
  'tests/stories/own-dataset.test.ts',
  'tests/stories/own-faults.test.ts',
  'tests/stories/own-mistakes.test.ts',
  'tests/stories/own-proofs.test.ts',
  'tests/stories/own-tables.test.ts',
  'tests/stories/snapshot-of-months.test.ts',
  'tests/stories/the-four-tests.test.ts',
  'tests/stories/two-at-once.test.ts',
  'tests/stories/week-of-mornings.test.ts',
  'tests/verify/leaks-of-named-features.test.ts',
  'tests/verify/no-lookahead.test.ts',
];

/** Folders of `tests/` with a project of their own. */
const ownProjects = [
  'tests/long/**',
  'tests/incidents/**',
  'tests/surroundings/**',
  'tests/crash/long/**',
  'tests/bigquery/**',
  'tests/pages/**',
  'tests/sequences/**',
];

const oracleOfRealData = 'tests/oracle/real-data.test.ts';

/** Of `tests/` what neither starts a process nor makes a file. */
const pureTests = ['tests/{architecture,docs}/*.test.ts', 'tests/oracle/!(real-data).test.ts'];

const sharedLeagues = { globalSetup: ['tests/support/shared-leagues.ts'] };

/** Room that the stories take at most, many times over. */
const roomy = 4 * 2 ** 30;

/** A folder in memory where the machine has a roomy one: a story makes hundreds of files, and waits for the disk at each commit. */
function folderInMemory(): Readonly<Record<string, string>> {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize >= roomy ? { TMPDIR: '/dev/shm' } : {};
  } catch {
    return {};
  }
}

/** Longest that a test may take, in seconds. */
const limit = (seconds: number) => ({ testTimeout: seconds * 1000, hookTimeout: seconds * 1000 });

/** `npm test` is `unit` and `stories`; each of the others has a script of its name. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{src,simulation,data_processors,studies,bench}/**/*.test.ts', ...pureTests],
          // They leave nothing behind, and most of their time was the start of a worker for each file.
          isolate: false,
          ...sharedLeagues,
          ...limit(300),
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'stories',
          include: ['tests/**/*.test.ts'],
          exclude: [...slowTests, ...ownProjects, ...pureTests, oracleOfRealData],
          // Each command of a fresh worker reads and compiles the product anew, which takes longer than the command.
          isolate: false,
          env: folderInMemory(),
          ...sharedLeagues,
          ...limit(300),
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'incidents',
          include: ['tests/{incidents,surroundings}/**/*.test.ts'],
          ...sharedLeagues,
          ...limit(300),
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'long',
          include: ['tests/long/**/*.test.ts', oracleOfRealData, ...slowTests],
          env: { BACKCOURT_LONG_TESTS: '1' },
          ...limit(900),
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'crash',
          include: ['tests/crash/long/**/*.test.ts'],
          ...limit(900),
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'sequences',
          include: ['tests/sequences/**/*.test.ts'],
          ...limit(900),
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'pages',
          include: ['tests/pages/**/*.test.ts'],
          testTimeout: 60_000,
          // The pages are built and the browser is started in hooks.
          hookTimeout: 600_000,
          maxWorkers: 1,
        },
      },
      {
        test: {
          // Needs Google's GoogleSQL, which `npm run test:bigquery` installs first.
          name: 'bigquery',
          include: ['tests/bigquery/**/*.test.ts'],
          // A backfill of four weeks takes five minutes there, and three times as long on a busy machine.
          ...limit(1800),
          // Each has a server of its own, which keeps a core busy.
          maxWorkers: 2,
        },
      },
      {
        test: {
          // Needs a project of BigQuery and credentials for it.
          name: 'bigquery-live',
          include: ['tests/bigquery/live/**/*.live.ts'],
          testTimeout: 1_800_000,
          hookTimeout: 600_000,
          maxWorkers: 1,
        },
      },
    ],
  },
});
