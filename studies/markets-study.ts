/**
 * How well can each market be predicted from what the feature stores hold, and is the composite adjustment worth points?
 * Plain ridge regression, always fitted on earlier dates alone, beside a player's averages and, where known, the sportsbook
 * line.
 *
 *   npm run study -- <folder with NBA.com files>
 *
 * The penalties are chosen on 2022-23; 2023-24 and 2024-25 are then predicted once.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compositeSql } from './markets/composite-sql.ts';
import { studyMarkets } from './markets/market-study.ts';
import { studyExports } from './markets/study-exports.ts';
import { studyText } from './markets/study-text.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('which folder?');

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
  const rows = await studyExports(backcourt, warehouse, scratch);
  process.stdout.write(studyText(studyMarkets(rows, 2022)));
  process.stdout.write('\nthe composite adjustment, as if it were points:\n');
  process.stdout.write(backcourt('query', compositeSql));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
