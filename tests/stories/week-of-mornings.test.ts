import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { knownOf } from '../../src/table/table-definition.ts';
import { loadTables } from '../../src/table/table-registry.ts';
import { type DailyLeague, dailyLeague, dailyWarehouse } from '../support/daily-league.ts';
import { prepare } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { differingUnits, partitionHashes } from '../support/warehouse-file.ts';

const folder = tempFolder('mornings');
const warehouse = join(folder, 'daily.duckdb');
const { computed } = await loadTables();
/** Tables that are made in the morning, before the games of their date. */
const spared = computed.filter((table) => knownOf(table) !== 'after_the_day').length;

let league: DailyLeague;
let first: number;

beforeAll(async () => {
  league = await dailyLeague(folder);
  first = league.dates.indexOf('2023-11-12');
  await dailyWarehouse(league, warehouse, league.dates[first - 1] ?? '');
});

const load = async (day: string) =>
  prepare(['ingest', 'simulated', ...(await league.logs(day, day)), '--warehouse', warehouse]);
/** What is run in the morning of a date, and again in its evening. */
const runOn = (day: string) =>
  prepare(['run', '--dates', day, '--warehouse', warehouse], { today: day });

test('a week of mornings writes what a backfill after the week writes', async () => {
  const mornings = league.dates.slice(first, first + 5);
  for (const [index, morning] of mornings.entries()) {
    if (index > 0) await load(league.dates[first + index - 1] ?? '');
    await runOn(morning);
  }
  const last = mornings.at(-1) ?? '';
  await load(last);
  // The results of the day made its summaries and moved nothing that was known before.
  const evening = await runOn(last);
  const made = computed.length - spared;
  expect(evening.stdout).toMatch(
    new RegExp(`${computed.length} units: ${made} written .* ${spared} skipped .${spared} done.`),
  );

  const rebuilt = await dailyWarehouse(league, join(folder, 'rebuilt.duckdb'), last);
  const [daily, whole] = [await partitionHashes(warehouse), await partitionHashes(rebuilt)];
  expect(daily.get(`ml_feature_store ${last}`)).toMatch(/^done \d+ [0-9a-f]{16}$/);
  expect(differingUnits(daily, whole)).toEqual([]);
}, 180_000);
