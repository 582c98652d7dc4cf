/**
 * Do the 25 features carry signal, and is the composite adjustment worth points? Plain ridge regression on them, always fitted on earlier dates
 * alone, beside a player's last-10 average and, where known, the sportsbook line.
 *
 *   npm run study -- <folder with NBA.com files>
 *
 * The penalty is chosen on 2022-23; 2023-24 and 2024-25 are then predicted once.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTables } from '../src/table/table-registry.ts';
import { compositeSql } from './points/composite-sql.ts';
import { type MeanErrors, meanErrors } from './points/mean-errors.ts';
import { readTrainingSet } from './points/read-training-set.ts';
import { type Prediction, walkForward } from './points/walk-forward.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('which folder?');

const heading =
  'mean absolute error, points   rows    ridge  last 10  season   line   ridge − last 10 (standard error)';

function line(name: string, errors: MeanErrors): string {
  const { rows, ridge, last10Average, seasonAverage, line: book, gain } = errors;
  return [
    name.padEnd(26),
    rows.toLocaleString('en-US').padStart(8),
    ridge.toFixed(3).padStart(8),
    last10Average.toFixed(3).padStart(8),
    seasonAverage.toFixed(3).padStart(7),
    (book?.toFixed(3) ?? '–').padStart(6),
    `  ${gain.mean.toFixed(3)} (${gain.standardError.toFixed(3)})`,
  ].join(' ');
}

const penalties = [0.0001, 0.001, 0.01, 0.1, 1];
const command = new URL('../bin/backcourt.js', import.meta.url).pathname;
const scratch = mkdtempSync(join(tmpdir(), 'backcourt-study-'));
const warehouse = join(scratch, 'study.duckdb');
const files = (pattern: RegExp) =>
  readdirSync(folder)
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name));
const backcourt = (...args: readonly string[]) =>
  execFileSync(process.execPath, [command, ...args, '--warehouse', warehouse], {
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1e9,
  });

try {
  backcourt('ingest', 'nba-stats', ...files(/^(playergamelogs|shotchartdetail)_.*\.parquet$/));
  const props = files(/^props_.*\.parquet$/);
  if (props.length > 0) backcourt('ingest', 'player-props', ...props);
  backcourt('run', '--backfill', '--start-date', '2021-10-19', '--end-date', '2025-06-22');
  const training = join(scratch, 'training.parquet');
  backcourt('export', 'ml_feature_store', '--with-labels', '--out', training);
  const rows = await readTrainingSet(training, await featureNames());

  const season = (year: number, predictions: readonly Prediction[]) =>
    predictions.filter(({ row }) => row.seasonYear === year);
  const tried = penalties.map((penalty) => {
    const predictions = season(
      2022,
      walkForward(
        rows.filter(({ seasonYear }) => seasonYear <= 2022),
        '2022-10-18',
        penalty,
      ),
    );
    return { penalty, error: meanErrors(predictions).ridge };
  });
  const best = tried.toSorted((a, b) => a.error - b.error)[0];
  if (best === undefined) throw new Error('no penalty was tried');
  const predictions = walkForward(rows, '2023-10-24', best.penalty);
  const lined = predictions.filter(({ row }) => row.line !== undefined);
  const groups: readonly (readonly [string, readonly Prediction[]])[] = [
    ['2023-24', season(2023, predictions)],
    ['  playoffs', season(2023, predictions).filter(({ row }) => row.isPlayoffs)],
    ['2024-25', season(2024, predictions)],
    ['  playoffs', season(2024, predictions).filter(({ row }) => row.isPlayoffs)],
    ['with a line', lined],
  ];
  process.stdout.write(
    `penalty ${best.penalty}, chosen on 2022-23 (${tried.map(({ penalty, error }) => `${penalty}: ${error.toFixed(4)}`).join(', ')})\n\n`,
  );
  process.stdout.write(`${heading}\n`);
  for (const [name, own] of groups) {
    if (own.length > 0) process.stdout.write(`${line(name, meanErrors(own))}\n`);
  }
  process.stdout.write('\nthe composite adjustment, as if it were points:\n');
  process.stdout.write(backcourt('query', compositeSql));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function featureNames(): Promise<readonly string[]> {
  const table = (await loadTables()).get('ml_feature_store');
  const names = table?.columns.find(({ name }) => name === 'features')?.elements;
  if (names === undefined) throw new Error('ml_feature_store has no named features');
  return names;
}
