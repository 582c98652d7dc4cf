import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { backcourt, prepare } from '../support/run-command.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cellOf, queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('states');
const zones = 'team_defense_zone_analysis,player_shot_zone_analysis';
const analytics = 'team_offense_game_summary,team_defense_game_summary,player_game_summary';
let path: string;
let dates: readonly string[];
let copies = 0;

beforeAll(async () => {
  // Regular season only: nobody has won the finals, so the season may go on.
  ({ path } = await simulatedWarehouse(folder, { postseason: false }));
  const rows = await queryFile(
    path,
    'SELECT DISTINCT CAST(game_date AS VARCHAR) FROM nba_raw.schedule ORDER BY 1',
  );
  dates = rows.map(([date]) => String(date));
  await prepare([
    ...['run', '--backfill', '--tables', analytics, '--dates', dates.join(',')],
    ...['--warehouse', path],
  ]);
});

function copy(): string {
  copies += 1;
  const target = join(folder, `copy-${copies}.duckdb`);
  copyFileSync(path, target);
  return target;
}

function run(warehouse: string, ...args: readonly string[]) {
  return backcourt(['run', '--backfill', '--tables', ...args, '--warehouse', warehouse]);
}

function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

const start = '2023-10-24';

test('the made-up season begins on the real first day', () => {
  expect(dates[0]).toBe(start);
});

describe('a day for which nothing is owed is a success', () => {
  test('no games: a gap of the season, the days before it, the summer', async () => {
    const gap = dates
      .slice(0, -1)
      .map((date) => daysAfter(date, 1))
      .find((day) => !dates.includes(day));
    const { exitCode, lines } = await run(
      copy(),
      'team_offense_game_summary',
      ...['--dates', `2023-10-23,2023-09-15,${gap}`],
    );

    expect(exitCode).toBe(0);
    expect(lines).toContain(`Skipping ${gap} (no games scheduled)`);
    expect(lines).toContain('Skipping 2023-10-23 (off-season)');
    expect(lines).toContain('Skipping 2023-09-15 (off-season)');
    expect(lines.at(-1)).toBe('nothing to do');
  });

  test('bootstrap: the first seven days, whether games are played or not', async () => {
    const warehouse = copy();
    const { exitCode, lines } = await run(
      warehouse,
      'team_defense_zone_analysis',
      ...['--start-date', start, '--end-date', daysAfter(start, 6)],
    );

    expect(exitCode).toBe(0);
    const early = dates.filter((date) => date < daysAfter(start, 7));
    expect(lines.filter((line) => line.endsWith('(bootstrap period)'))).toEqual(
      early.map((date) => `Skipping ${date} (bootstrap period)`),
    );
    expect(
      await cellOf(warehouse, 'SELECT COUNT(*) FROM nba_precompute.team_defense_zone_analysis'),
    ).toBe('0');
  });

  test('analytics tables know no bootstrap', async () => {
    expect(
      await cellOf(
        path,
        `SELECT COUNT(*) FROM backcourt.partitions
WHERE table_name = 'player_game_summary' AND partition_date < '${daysAfter(start, 7)}' AND row_count > 0`,
      ),
    ).toBe(String(dates.filter((date) => date < daysAfter(start, 7)).length));
  });
});

test('days 7 and 8 are empty for a reason, and neither failed nor missing afterwards', async () => {
  const warehouse = copy();
  const days = [daysAfter(start, 7), daysAfter(start, 8)].filter((day) => dates.includes(day));
  const { exitCode, lines } = await run(warehouse, zones, '--dates', days.join(','));

  expect(days.length).toBeGreaterThan(0);
  expect(exitCode).toBe(0);
  for (const day of days) {
    expect(
      lines.some((line) => line.startsWith(`${day}  team_defense_zone_analysis  empty  0 rows`)),
    ).toBe(true);
  }
  const records = await queryFile(
    warehouse,
    `SELECT DISTINCT state, reason IS NOT NULL AND reason LIKE 'INSUFFICIENT_DATA%', row_count
FROM backcourt.partitions WHERE table_name IN ('team_defense_zone_analysis', 'player_shot_zone_analysis')`,
  );
  expect(records).toEqual([['empty', true, '0']]);
  const left = await queryFile(
    warehouse,
    `SELECT CAST(partition_date AS VARCHAR), CAST(COUNT(*) AS INT) FROM backcourt.exclusions
WHERE table_name = 'team_defense_zone_analysis' AND reason_code = 'INSUFFICIENT_DATA' GROUP BY ALL ORDER BY ALL`,
  );
  expect(left).toEqual(days.map((day) => [day, 30]));

  const again = await run(warehouse, zones, '--dates', days.join(','));
  expect([again.exitCode, again.lines.at(-1)]).toEqual([0, 'nothing to do']);
  const status = await backcourt([
    ...['status', '--missing', '--failed', '--json', '--warehouse', warehouse],
  ]);
  for (const day of days) {
    const owed = status.lines.filter(
      (line) => line.includes(day) && line.includes('zone_analysis'),
    );
    expect(owed).toEqual([]);
  }
});

describe('a day that the data does not reach is not called a day without games', () => {
  test('after the last loaded date of an unfinished season', async () => {
    const last = dates.at(-1) ?? '';
    const beyond = daysAfter(last, 1);
    const warehouse = copy();
    const { exitCode, lines } = await run(
      warehouse,
      'team_offense_game_summary',
      ...['--dates', `${last},${beyond}`],
    );

    expect(exitCode).toBe(5);
    expect(lines.some((line) => line.startsWith(`${beyond}  not_loaded  `))).toBe(true);
    expect(lines.some((line) => line.startsWith(`${last}  done  `))).toBe(true);
    expect(
      lines.some((line) => line.includes('help: npx backcourt ingest simulated <files>')),
    ).toBe(true);
  });

  test('a season of which nothing is loaded', async () => {
    const { exitCode, lines } = await run(
      copy(),
      'team_offense_game_summary',
      ...['--dates', '2022-01-20'],
    );

    expect(exitCode).toBe(5);
    expect(
      lines.some((line) => line.startsWith('2022-01-20  not_loaded  season 2021-22 is not loaded')),
    ).toBe(true);
  });
});

test('a game date later than the clock is not yet due', async () => {
  const [today, tomorrow] = dates.slice(20, 22);
  const warehouse = copy();
  const { exitCode, lines } = await backcourt(
    [
      ...['run', '--backfill', '--tables', 'team_defense_zone_analysis'],
      ...['--dates', `${today},${tomorrow}`, '--warehouse', warehouse],
    ],
    { today: today ?? '' },
  );

  expect(exitCode).toBe(0);
  expect(lines.some((line) => line.startsWith(`${today}  done  30 rows`))).toBe(true);
  expect(lines).toContain(`Skipping ${tomorrow} (scheduled, but later than today, ${today})`);
});

test('a line for every date, in order, and a tally after every ten', async () => {
  const asked = dates.slice(10, 35);
  const { lines } = await run(
    copy(),
    'team_defense_zone_analysis',
    ...['--dates', asked.toReversed().join(','), '--batch-days', '7'],
  );

  const told = lines.filter((line) => /^\d{4}-/.test(line)).map((line) => line.slice(0, 10));
  expect(told).toEqual(asked);
  const tallies = lines.filter((line) => line.startsWith('--- '));
  expect(tallies.map((line) => line.split(':')[0])).toEqual(['--- 10 dates', '--- 20 dates']);
  expect(lines.indexOf(tallies[0] ?? '')).toBe(1 + 10);
  expect(lines.at(-1)).toMatch(
    /^25 units: 25 written \([\d,]+ rows\), 0 unchanged, 0 skipped, 0 blocked, 0 failed; \d/,
  );
});
