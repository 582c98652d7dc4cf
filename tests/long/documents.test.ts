/** What README and pages say is done as it stands, from a fresh checkout on, with a simulated league for the files. */
import { copyFileSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { writeSimulatedLeague } from '../../simulation/write-simulated-league.ts';
import { copyOfCheckout } from '../support/copy-of-checkout.ts';
import { scheduleRows } from '../support/daily-league.ts';
import { blocksOf, follow } from '../support/follow-page.ts';
import { prepare } from '../support/run-command.ts';
import { brokenFiles, manifestFiles } from '../support/snapshot-of.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { changeFile } from '../support/warehouse-file.ts';
import { writeCsv } from '../support/write-source.ts';

const folder = tempFolder('documents');
const checkout = join(folder, 'backcourt');
const morning = join(folder, 'morning');
const data = join(checkout, 'data');
const clock = join(folder, 'clock.mjs');

/** Blocks that are not done; CONTRIBUTING.md says which those are. */
const notDone = ['text', 'console', 'python untried'];

/** Writes rows of Parquet files as another one. @param what SQL between SELECT and WHERE. */
async function writeRows(path: string, what: string, where = 'TRUE'): Promise<void> {
  await changeFile(
    ':memory:',
    `COPY (SELECT ${what} WHERE ${where}) TO '${path}' (FORMAT parquet)`,
  );
}

beforeAll(async () => {
  copyOfCheckout(checkout);
  const made = join(folder, 'made');
  for (const place of [made, data]) mkdirSync(place);
  await writeSimulatedLeague({ directory: made, seasons: 4, firstSeasonYear: 2021 });
  // Without their mark they are files as the NBA makes them, and the pages' own commands take them.
  for (const name of readdirSync(made)) {
    const source = `* EXCLUDE (DATA_KIND) FROM read_parquet('${join(made, name)}')`;
    await writeRows(join(data, name), source);
  }
});

interface Page {
  readonly page: string;
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Lays there what the page takes from its reader. */
  readonly lay: () => Promise<void>;
}

const pages: readonly Page[] = [
  { page: 'README.md', folder: checkout, lay: async () => {} },
  { page: 'docs/python.md', folder: checkout, lay: async () => {} },
  { page: 'docs/tutorial.md', folder: checkout, lay: async () => {} },
  { page: 'docs/runbook.md', folder: checkout, lay: layForRunbook },
  {
    page: 'docs/daily.md',
    folder: morning,
    // The page tells of a day, and the clock shows it.
    env: { NODE_OPTIONS: `--import=${clock}` },
    lay: layForMorning,
  },
];

async function layForRunbook(): Promise<void> {
  rmSync(join(checkout, 'training.parquet'));
  for (const name of ['yesterday', 'backcourt']) {
    copyFileSync(join(checkout, 'nba.duckdb'), join(checkout, `${name}.duckdb`));
  }
  const logs = join(data, 'playergamelogs_2023-24.parquet');
  const corrected = `* REPLACE (CASE WHEN CAST(GAME_DATE AS STRING) LIKE '2023-12-01%' THEN AST + 1 ELSE AST END AS AST) FROM read_parquet('${logs}')`;
  await writeRows(join(checkout, 'playergamelogs_2023-24_corrected.parquet'), corrected);
}

/** What was loaded until the evening before the last, and the files of yesterday. */
async function layForMorning(): Promise<void> {
  copyOfCheckout(morning);
  symlinkSync(join(checkout, 'node_modules'), join(morning, 'node_modules'));
  writeFileSync(
    clock,
    `const Real = Date;
const shift = Real.parse('2023-11-13T15:00:00Z') - Real.now();
globalThis.Date = class extends Real {
  constructor(...parts) { if (parts.length > 0) super(...parts); else super(Real.now() + shift); }
  static now() { return Real.now() + shift; }
};
`,
  );
  const games = (await scheduleRows(join(checkout, 'nba.duckdb'))).filter(
    ({ game_date: day }) => String(day) > '2023-10' && String(day) < '2024-07',
  );
  writeCsv(
    morning,
    'schedule.csv',
    games.map(({ DATA_KIND, ...game }) => game),
  );
  const earlier = ['earlier-logs.parquet', 'earlier-shots.parquet'];
  for (const [source, day, yesterday, before] of [
    ['playergamelogs', 'left(CAST(GAME_DATE AS STRING), 10)', 'logs.parquet', earlier[0]],
    [
      'shotchartdetail',
      "left(replace(CAST(GAME_DATE AS STRING), '-', ''), 8)",
      'shots.parquet',
      earlier[1],
    ],
  ] as const) {
    const rows = `* FROM read_parquet('${join(data, source)}_2023-24.parquet')`;
    const plain = `replace(${day}, '-', '')`;
    await writeRows(join(morning, yesterday), rows, `${plain} = '20231112'`);
    await writeRows(join(morning, before ?? ''), rows, `${plain} < '20231112'`);
  }
  const on = ['--warehouse', join(morning, 'nba.duckdb')];
  await prepare(['ingest', 'schedule', join(morning, 'schedule.csv'), ...on]);
  await prepare(['ingest', 'nba-stats', ...earlier.map((name) => join(morning, name)), ...on]);
  const range = ['--start-date', '2023-10-01', '--end-date', '2023-11-11'];
  await prepare(['run', '--backfill', ...range, ...on], { today: '2023-11-12' });
}

describe.each(pages)('$page', ({ page, folder: place, env, lay }) => {
  const blocks = blocksOf(page);

  beforeAll(lay);

  test('says of every block what it is', () => {
    const known = ['sh', 'python', ...notDone];
    expect(blocks.filter(({ info }) => !known.includes(info))).toEqual([]);
    expect(blocks.some(({ info }) => info === 'sh')).toBe(true);
  });

  test.each(blocks.filter(({ info }) => !notDone.includes(info)))('line $line', (block) =>
    follow(block, place, env),
  );
});

test('the snapshot of docs/python.md is whole', async () => {
  const snapshot = join(checkout, 'snapshot');
  expect(manifestFiles(snapshot).length).toBeGreaterThan(100);
  expect(await brokenFiles(snapshot)).toEqual([]);
});
