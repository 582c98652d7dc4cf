import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { gameDate } from '../../src/calendar/game-date.ts';
import { loadTables } from '../../src/table/table-registry.ts';
import { type DailyLeague, dailyLeague, dailyWarehouse } from '../support/daily-league.ts';
import { gameDatesOf } from '../support/equal-hashes.ts';
import { backcourt } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import {
  cellOf,
  differingUnits,
  partitionHashes,
  queryFile,
  tornPartitions,
} from '../support/warehouse-file.ts';

/**
 * The years 2019-20 and 2020-21 in one: 72 games of a team, from December on, 140 days without a game, and
 * then all games in one place, which the list of corrections knows by the date.
 */
const folder = tempFolder('interrupted');
const { computed } = await loadTables();
const ownTables = computed.filter(({ phase }) => phase !== 'raw');
const [lastBefore, restart] = ['2020-03-11', '2020-07-30'];

let league: DailyLeague;
/** All of the season, made by one backfill. */
let whole: string;

beforeAll(async () => {
  league = await dailyLeague(folder, {
    ...{ firstSeasonYear: 2019, gamesPerTeam: 72, postseason: false },
    unusualDates: {
      start: gameDate('2019-12-03'),
      pause: { from: gameDate('2020-03-12'), until: gameDate(restart) },
    },
  });
  whole = join(folder, 'whole.duckdb');
  copyFileSync(league.whole, whole);
});

test('is backfilled as a whole over all tables, and again there is nothing to do', async () => {
  expect(ownTables).toHaveLength(11);
  const dates = league.dates;
  expect([dates[0], dates.filter((date) => date > lastBefore)[0]]).toEqual(['2019-12-03', restart]);
  const run = ['run', '--backfill', '--warehouse', whole];
  const first = await backcourt(run);
  expect([first.exitCode, first.stderr]).toEqual([0, expect.not.stringContaining('error')]);
  const hashes = await partitionHashes(whole);
  for (const { name, bootstrap } of ownTables) {
    const built = bootstrap ? dates.filter((date) => date >= '2019-12-10') : dates;
    const found = [...hashes.keys()].filter((unit) => unit.startsWith(`${name} `));
    expect(found).toEqual(built.map((date) => `${name} ${date}`));
  }
  expect(await tornPartitions(whole)).toEqual([]);

  // Nor is anything owed of the days before it, on which other seasons begin.
  const range = ['--start-date', '2019-10-21', '--end-date', dates.at(-1) ?? ''];
  const again = await backcourt([...run, ...range]);
  expect([again.exitCode, again.lines.at(-1)]).toEqual([0, 'nothing to do']);
  expect(differingUnits(hashes, await partitionHashes(whole))).toEqual([]);
  const { exitCode, stdout } = await backcourt(['status', '--warehouse', whole]);
  expect([exitCode, stdout]).toEqual([0, expect.not.stringMatching(/not_loaded|missing|stale/)]);
});

describe('after the restart', () => {
  const count = (table: string, where: string) =>
    cellOf(whole, `SELECT COUNT(*)::INTEGER FROM ${table} WHERE ${where}`);
  const has = (code: string) => `list_contains(data_quality_issues, '${code}')`;
  const context = 'nba_analytics.upcoming_team_game_context';
  const store = 'nba_predictions.ml_feature_store';
  const defense = 'nba_precompute.team_defense_zone_analysis';

  test('nobody is at home, and nobody flies between two games', async () => {
    const after = await count(context, `game_date >= '${restart}'`);
    expect(await count(context, `game_date >= '${restart}' AND neutral_site`)).toBe(after);
    const flown = await queryFile(
      whole,
      `SELECT DISTINCT travel_miles FROM ${context} WHERE game_date > '${restart}' AND days_since_last_game < 30`,
    );
    expect(flown).toEqual([['0']]);
  });

  test('the first game of each team says for how long it was idle, and no other', async () => {
    expect(await count(context, has('idle_over_30_days'))).toBe(30);
    expect(
      await count(
        context,
        `${has('idle_over_30_days')} <> COALESCE(days_since_last_game > 30, FALSE)`,
      ),
    ).toBe(0);
  });

  test('nobody has a row before his team has played again', async () => {
    const early = await queryFile(
      whole,
      `SELECT DISTINCT team_abbr FROM nba_analytics.upcoming_player_game_context JOIN ${context} AS team USING (team_abbr, game_date)
WHERE team.days_since_last_game > 30`,
    );
    expect(early).toEqual([]);
    expect(await count(store, `game_date = '${restart}'`)).toBe(0);
  });

  test('an advantage over a team that was idle is none', async () => {
    const idle = await queryFile(
      whole,
      `SELECT features[10] AS value, feature_sources[10] AS source, COUNT(*)::INTEGER
FROM ${store} WHERE ${has('opponent_idle_over_30_days')} GROUP BY ALL`,
    );
    expect(idle).toEqual([[0, 'default', expect.any(Number)]]);
    expect(
      await count(
        store,
        `NOT ${has('opponent_idle_over_30_days')} AND feature_sources[10] = 'default'`,
      ),
    ).toBe(0);
  });

  test('no window over the break is production ready, and every one is again in the end', async () => {
    for (const { name, dataset, partition } of ownTables.filter(({ bootstrap }) => bootstrap)) {
      const table = `${dataset}.${name}`;
      const told = has('long_break_in_window');
      expect(await count(table, `is_production_ready = ${told}`), name).toBe(0);
      expect(await count(table, `${told} AND ${partition} < '${restart}'`), name).toBe(0);
      expect(
        await count(
          table,
          `NOT ${told} AND ${partition} = '${league.dates.find((date) => date > restart)}'`,
        ),
        name,
      ).toBe(0);
    }
    const last = league.dates.at(-1);
    expect(await count(defense, `analysis_date = '${last}' AND is_production_ready`)).toBe(30);
  });

  test('the average of the league says that its month is none', async () => {
    const days = await queryFile(
      whole,
      `SELECT DISTINCT league_avg_source, ${has('league_average_after_break')} FROM ${defense}
WHERE analysis_date >= '${restart}' AND analysis_date < DATE '${restart}' + 30 ORDER BY ALL`,
    );
    expect(days).toEqual([
      ['last_30_days', true],
      ['season_to_date', false],
    ]);
    expect(
      await count(
        defense,
        `${has('league_average_after_break')} AND analysis_date NOT BETWEEN DATE '${restart}' AND DATE '${restart}' + 29`,
      ),
    ).toBe(0);
  });
});

test('day by day from the restart on the same is written as by one backfill', async () => {
  const warehouse = await dailyWarehouse(league, join(folder, 'daily.duckdb'), lastBefore);
  const mornings = (await gameDatesOf(warehouse)).filter((date) => date >= restart).slice(0, 4);
  for (const morning of mornings) {
    const on = ['--warehouse', warehouse];
    const made = await backcourt(['run', '--dates', morning, ...on], { today: morning });
    expect(made.exitCode, made.stdout).toBe(0);
    const files = await league.logs(morning, morning);
    const loaded = await backcourt(['ingest', 'simulated', ...files, ...on]);
    expect([loaded.exitCode, loaded.stderr]).toEqual([0, '']);
  }
  const last = mornings.at(-1) ?? '';
  const evening = await backcourt(['run', '--dates', last, '--warehouse', warehouse], {
    today: last,
  });
  expect(evening.exitCode, evening.stdout).toBe(0);

  const names = ownTables.map(({ name }) => name);
  const upTo = (hashes: ReadonlyMap<string, string>) =>
    new Map(
      [...hashes].filter(([unit]) => {
        const [table = '', date = ''] = unit.split(' ');
        return names.includes(table) && date <= last;
      }),
    );
  const [daily, backfilled] = [await partitionHashes(warehouse), await partitionHashes(whole)];
  expect(differingUnits(upTo(daily), upTo(backfilled))).toEqual([]);
});
