import { copyFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { unitStates } from '../../src/plan/unit-state.ts';
import type {
  CoverageAnswer,
  DateAnswer,
  QualityAnswer,
  RunsAnswer,
  UnitAnswer,
} from '../../src/serve/api-types.ts';
import type {
  PlayerDateAnswer,
  PlayerResultAnswer,
  PlayersAnswer,
} from '../../src/serve/player-api-types.ts';
import type { SlateAnswer } from '../../src/serve/slate-api-types.ts';
import type {
  TeamDefenseAnswer,
  TeamMonthsAnswer,
  TeamSeasonAnswer,
} from '../../src/serve/team-api-types.ts';
import { loadTables } from '../../src/table/table-registry.ts';
import { gameDatesOf } from '../support/equal-hashes.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { repositoryRoot, startNode } from '../support/run-process.ts';
import { type ServedApp, servedApp } from '../support/served-app.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cellOf, changeFile, partitionHashes, queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('api');
const { computed } = await loadTables();
let path: string;
let dates: readonly string[];
let served: ServedApp;

beforeAll(async () => {
  ({ path } = await simulatedWarehouse(folder, { gamesPerTeam: 18, postseason: false }));
  dates = await gameDatesOf(path);
  await prepare([
    ...['run', '--backfill', '--dates', dates.slice(0, -2).join(','), '--warehouse', path],
  ]);
  served = await servedApp(path);
});

async function get<T>(address: string, from: ServedApp = served): Promise<T> {
  const response = await from.app.request(`http://localhost/api/${address}`);
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return JSON.parse(text);
}

async function refusal(address: string): Promise<readonly [number, string]> {
  const response = await served.app.request(`http://localhost/api/${address}`);
  const body = (await response.json()) as { readonly message: string };
  return [response.status, body.message];
}

describe('coverage', () => {
  test('has a letter per table and date, and the counts of status', async () => {
    const coverage = await get<CoverageAnswer>('coverage');
    expect(coverage.data_kind).toBe('simulated');
    expect(coverage.seasons.map((season) => season.dates)).toEqual([dates]);
    const { stdout } = await backcourt(['status', '--json', '--warehouse', path]);
    const cells = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ type }) => type === 'coverage');
    expect(coverage.counts.map((cell) => ({ type: 'coverage', ...cell }))).toEqual(cells);
    expect(coverage.raw.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['player_box', 'shots', 'schedule']),
    );
    for (const { name, letters } of coverage.tables) {
      const own = [...(letters[0] ?? '')];
      expect(own.length).toBe(dates.length);
      const states = coverage.counts.find(({ table }) => table === name)?.states ?? {};
      const counted = Object.entries(unitStates).flatMap(([state, { letter }]) => {
        const times = own.filter((one) => one === letter).length;
        return times === 0 ? [] : [[state, times] as const];
      });
      expect(Object.fromEntries(counted), name).toEqual(states);
    }
  });

  test('of a date: every table with its reason', async () => {
    const answer = await get<DateAnswer>(`dates/${dates.at(-1)}`);
    expect(answer.units.map(({ state }) => state)).toContain('missing');
    expect(answer.units.map(({ table }) => table)).toEqual(computed.map(({ name }) => name));
    expect(answer.games.length).toBeGreaterThan(0);
    const none = await get<DateAnswer>('dates/2023-12-25');
    expect(none.games).toEqual(dates.includes('2023-12-25') ? none.games : []);
  });

  test('of a unit: what explain says, with a command that can be pasted', async () => {
    const day = dates.at(-1) ?? '';
    const unit = await get<UnitAnswer>(`units/team_offense_game_summary/${day}`);
    expect(unit).toMatchObject({ state: 'missing', record: null });
    expect(unit.remedy?.command).toBe(
      `npx backcourt run --backfill --tables team_offense_game_summary --dates ${day} --warehouse ${path}`,
    );
    const done = await get<UnitAnswer>(`units/ml_feature_store/${dates[30]}`);
    const { stdout } = await backcourt([
      ...['explain', 'ml_feature_store', dates[30] ?? '', '--json', '--warehouse', path],
    ]);
    const explained = JSON.parse(stdout);
    expect(done.record).toEqual(explained.record);
    expect(done.inputs).toMatchObject(
      explained.inputs.map(({ windows, ...input }: UnitAnswer['inputs'][number]) => ({
        ...input,
        windows: windows.map(({ from, before }) => ({ from, before })),
      })),
    );
    expect(done.remedy).toBeNull();
    const columnsOf = (table: string) =>
      done.inputs.find((input) => input.table === table)?.columns_read;
    expect(columnsOf('team_offense_game_summary')).toBe(
      'only game_date, season_year, team_abbr, win_flag',
    );
    expect(columnsOf('player_daily_cache')).toBeNull();
  });

  test('of a unit that others read: when a change of it would reach them', async () => {
    const unit = await get<UnitAnswer>(`units/team_offense_game_summary/${dates[30]}`);
    const { stdout } = await backcourt([
      ...['explain', 'team_offense_game_summary', dates[30] ?? '', '--json', '--warehouse', path],
    ]);
    expect(unit.downstream).toMatchObject(JSON.parse(stdout).downstream);
    const conditionOf = (table: string) =>
      unit.downstream.find((reach) => reach.table === table)?.condition;
    expect(conditionOf('team_defense_game_summary')).toBe('');
    expect(conditionOf('team_defense_zone_analysis')).toBe('indirectly');
    // It reads four columns itself, and whatever else through the tables before it.
    expect(conditionOf('ml_feature_store')).toBe('');
    const defense = await get<UnitAnswer>(`units/team_defense_game_summary/${dates[30]}`);
    expect(
      defense.downstream.find(({ table }) => table === 'team_defense_zone_analysis')?.condition,
    ).toBe('if one of 13 columns changes');
  });
});

test('runs: the latest first, with rows and time', async () => {
  const { runs, made, failures, speed } = await get<RunsAnswer>('runs');
  expect(runs.map(({ verb }) => verb)).toEqual(['run', 'ingest']);
  const rows = await cellOf(
    path,
    `SELECT CAST(SUM(row_count) AS INTEGER) FROM backcourt.partitions WHERE run_id = '${runs[0]?.run_id}'`,
  );
  expect(runs[0]).toMatchObject({ exit_code: 0, failed: 0, rows });
  const own = made.filter(({ run_id: runId }) => runId === runs[0]?.run_id);
  expect(own.map(({ table }) => table).toSorted()).toEqual(
    computed.map(({ name }) => name).toSorted(),
  );
  expect(own.reduce((sum, table) => sum + table.rows, 0)).toBe(rows);
  expect(runs[0]?.seconds).toBeGreaterThan(0);
  expect(failures).toEqual([]);
  expect(speed.map(({ table }) => table)).toEqual(computed.map(({ name }) => name));
});

describe('quality', () => {
  test('counts what the rows hold', async () => {
    const quality = await get<QualityAnswer>('quality/team_defense_zone_analysis');
    const all = await cellOf(
      path,
      'SELECT COUNT(*)::INTEGER FROM nba_precompute.team_defense_zone_analysis',
    );
    expect(quality.rows.reduce((sum, own) => sum + own, 0)).toBe(all);
    const rating = quality.columns.find(({ name }) => name === 'defensive_rating_last_15');
    expect(rating?.range).toEqual({ min: 88, max: 130, severity: 'warn' });
    const [extremes] = await queryFile(
      path,
      'SELECT MIN(defensive_rating_last_15)::DOUBLE, MAX(defensive_rating_last_15)::DOUBLE FROM nba_precompute.team_defense_zone_analysis',
    );
    const known = (values: readonly (number | null)[]) => values.filter((value) => value !== null);
    expect([Math.min(...known(rating?.min ?? [])), Math.max(...known(rating?.max ?? []))]).toEqual(
      extremes,
    );
    const excluded = await cellOf(
      path,
      `SELECT COUNT(*)::INTEGER FROM backcourt.exclusions WHERE table_name = 'team_defense_zone_analysis'`,
    );
    const counted = quality.exclusions.flatMap(({ counts }) => counts);
    expect(counted.reduce((sum, own) => sum + own, 0)).toBe(excluded);
  });

  test('takes the 25 features apart: defaults and allowed ranges of each', async () => {
    const quality = await get<QualityAnswer>('quality/ml_feature_store');
    const features = quality.columns.filter(({ defaults }) => defaults !== null);
    expect(features).toHaveLength(25);
    expect(features.every(({ range }) => range !== null)).toBe(true);
    expect(features.find(({ name }) => name === 'fatigue_score')?.meaning).toContain('how fresh');
    const constantWhen = (column: string) =>
      quality.columns.find(({ name }) => name === column)?.constant_when;
    expect([constantWhen('injury_risk'), constantWhen('pace_score')]).toEqual([
      'on_any_date',
      'never',
    ]);
    expect(constantWhen('feature_count')).toBeNull();
    for (const index of [0, 10, 21]) {
      const all = await cellOf(
        path,
        `SELECT COUNT(*)::INTEGER FROM nba_predictions.ml_feature_store WHERE list_contains(default_feature_indices, ${index})`,
      );
      expect(features[index]?.defaults?.reduce((sum, own) => sum + own, 0)).toBe(all);
    }
  });
});

describe('players', () => {
  test('are found without marks and case, who played last first', async () => {
    const { players } = await get<PlayersAnswer>('players?q=');
    const first = players[0];
    expect(players.length).toBe(20);
    const again = await get<PlayersAnswer>(
      `players?q=${encodeURIComponent(first?.name.toUpperCase() ?? '')}`,
    );
    expect(again.players.map(({ id }) => id)).toContain(first?.id);
    expect(
      (await get<PlayersAnswer>(`players?q=${encodeURIComponent("x' OR 1=1 --")}`)).players,
    ).toEqual([]);
  });

  test('on a date: features in order, factors that sum to their total, games before the date alone', async () => {
    const day = dates.at(-3) ?? '';
    const [row] = await queryFile(
      path,
      `SELECT universal_player_id, features FROM nba_predictions.ml_feature_store WHERE game_date = DATE '${day}' ORDER BY 1 LIMIT 1`,
    );
    const answer = await get<PlayerDateAnswer>(`players/${row?.[0]}/${day}`);
    expect(answer.features?.map(({ value }) => value)).toEqual(row?.[1]);
    expect(answer.features?.map(({ source }) => source)).not.toContain('');
    expect(answer.features?.map(({ meaning }) => meaning)).not.toContain('');
    const { fatigue = 0, matchup = 0, pace = 0, usage = 0, total = 0 } = answer.factors ?? {};
    // Parts are stored rounded to a tenth, the total is of unrounded ones.
    expect(Math.abs(fatigue + matchup + pace + usage - total)).toBeLessThanOrEqual(0.16);
    expect(answer.last_games.every(({ date }) => date < day)).toBe(true);
    expect(answer.zones.paint.league_pct).toBeGreaterThan(0);
    expect(answer.next === null || answer.next > day).toBe(true);
  });

  test('on a date in the past: the team, the box scores and the charts of that date', async () => {
    const day = dates[Math.floor(dates.length / 2)] ?? '';
    const [known] = await queryFile(
      path,
      `SELECT zones.universal_player_id, context.team_abbr, CAST(zones.games_in_sample_10 AS INT),
  CAST(zones.games_with_shot_zones AS INT), before.last_date, CAST(before.games AS INT)
FROM nba_precompute.player_shot_zone_analysis AS zones
INNER JOIN nba_analytics.upcoming_player_game_context AS context
  ON context.game_date = zones.analysis_date AND context.universal_player_id = zones.universal_player_id
INNER JOIN (
  SELECT universal_player_id, CAST(MAX(game_date) AS VARCHAR) AS last_date, COUNT(*) AS games
  FROM nba_analytics.player_game_summary WHERE game_date < '${day}' GROUP BY 1
) AS before ON before.universal_player_id = zones.universal_player_id
WHERE zones.analysis_date = '${day}' ORDER BY zones.games_with_shot_zones, 1 LIMIT 1`,
    );
    const [id, team, games, charted, lastDate, boxScores] = known ?? [];
    const { player, zone_games } = await get<PlayerDateAnswer>(`players/${id}/${day}`);
    expect([player.team, player.last_date, player.games]).toEqual([team, lastDate, boxScores]);
    expect(zone_games.own).toEqual({ games, charted });
    const first = (await get<PlayerDateAnswer>(`players/${id}/${dates[0]}`)).player;
    expect(first).toEqual({
      ...{ id: player.id, name: player.name, team: '' },
      ...{ first_date: '', last_date: '', games: 0 },
    });
  });

  test('what he then did is an answer of its own', async () => {
    const day = dates.at(-3) ?? '';
    const [row] = await queryFile(
      path,
      `SELECT universal_player_id, points::INTEGER, rebounds::INTEGER, three_pt_makes::INTEGER FROM nba_analytics.player_game_summary
WHERE game_date = DATE '${day}' AND is_active ORDER BY 1 LIMIT 1`,
    );
    const { game } = await get<PlayerResultAnswer>(`players/${row?.[0]}/${day}/result`);
    expect([game?.points, game?.rebounds, game?.threes]).toEqual(row?.slice(1));
    expect(game?.date).toBe(day);
    const before = await get<PlayerDateAnswer>(`players/${row?.[0]}/${day}`);
    expect(before.last_games.map(({ date }) => date)).not.toContain(day);
    const none = await get<PlayerResultAnswer>(`players/${row?.[0]}/2023-07-01/result`);
    expect(none.game).toBeNull();
  });

  test('without a row: why', async () => {
    const { players } = await get<PlayersAnswer>('players?q=');
    const id = players[0]?.id;
    const absent = async (day: string) =>
      (await get<PlayerDateAnswer>(`players/${id}/${day}`)).absent;
    expect(await absent('2023-07-01')).toBe('no games on this date');
    expect(await absent(dates[0] ?? '')).toContain('bootstrap');
    expect(await absent(dates.at(-1) ?? '')).toContain('missing');
  });
});

describe('slate', () => {
  const middle = () => dates[Math.floor(dates.length / 2)] ?? '';

  test('has every team and player of the date, with the numbers of their rows', async () => {
    const day = middle();
    const slate = await get<SlateAnswer>(`slate?date=${day}`);
    expect(slate.absent).toBeNull();
    const [counts] = await queryFile(
      path,
      `SELECT (SELECT COUNT(*)::INTEGER FROM nba_raw.schedule WHERE game_date = '${day}'),
  (SELECT COUNT(*)::INTEGER FROM nba_analytics.upcoming_player_game_context WHERE game_date = '${day}')`,
    );
    const players = slate.games.flatMap((game) => game.players);
    expect([slate.games.length, players.length]).toEqual(counts);
    expect(slate.games.flatMap(({ teams }) => teams.map(({ home }) => home))).toEqual(
      slate.games.flatMap(() => [false, true]),
    );
    for (const { teams, players: own } of slate.games) {
      // Rest of players and teams is counted alike.
      for (const { team, days_off: daysOff } of teams) {
        const ofPlayers = own.filter((player) => player.team === team);
        const least = Math.min(...ofPlayers.map((player) => player.days_off ?? 0));
        expect(least).toBe(daysOff);
      }
      expect(new Set(own.map(({ team }) => team))).toEqual(new Set(teams.map(({ team }) => team)));
      for (const { zones } of teams) {
        const shares = Object.values(zones).map(({ share }) => share ?? 0);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
      }
    }
    const { team, defense, zones } = slate.games[0]?.teams[0] ?? {};
    const [row] = await queryFile(
      path,
      `SELECT defensive_rating_last_15::DOUBLE, paint_defense_vs_league_avg::DOUBLE
FROM nba_precompute.team_defense_zone_analysis WHERE analysis_date = '${day}' AND team_abbr = '${team}'`,
    );
    expect([defense, zones?.paint.allowed_vs_league]).toEqual(row);
    const known = players.find(({ index }) => index !== null);
    const index = await cellOf(
      path,
      `SELECT total_composite_adjustment::DOUBLE FROM nba_precompute.player_composite_factors
WHERE game_date = '${day}' AND universal_player_id = '${known?.id}'`,
    );
    expect(known?.index).toBe(index);
  });

  test('holds nothing that became known on the date or after it', async () => {
    const day = middle();
    const before = await get<SlateAnswer>(`slate?date=${day}`);
    const own = join(folder, 'without-the-future.duckdb');
    copyFileSync(path, own);
    const tables = [
      'player_game_summary',
      'team_offense_game_summary',
      'team_defense_game_summary',
    ];
    const results = ['nba_raw.player_box', 'nba_raw.game_results', 'nba_raw.shots'];
    for (const table of [...tables.map((name) => `nba_analytics.${name}`), ...results]) {
      await changeFile(own, `DELETE FROM ${table} WHERE game_date >= '${day}'`);
    }
    const app = await servedApp(own);
    expect(await get<SlateAnswer>(`slate?date=${day}`, app)).toEqual(before);
  });

  test('opens on the latest date with rows; without any it says why', async () => {
    const { date, next } = await get<SlateAnswer>('slate');
    expect([date, next]).toEqual([dates.at(-3), null]);
    const absent = async (day: string) => (await get<SlateAnswer>(`slate?date=${day}`)).absent;
    expect(await absent('2023-07-01')).toBe('no games on this date');
    expect(await absent(dates.at(-1) ?? '')).toContain('upcoming_team_game_context is missing');
  });
});

test('team defence: a date, the months and one team of its season', async () => {
  const latest = await get<TeamDefenseAnswer>('team-defense');
  expect(latest.date).toBe(dates.at(-3));
  expect(latest.teams).toHaveLength(30);
  const early = await get<TeamDefenseAnswer>(`team-defense?date=${dates[0]}`);
  expect(early.teams).toEqual([]);
  const months = await get<TeamMonthsAnswer>(`team-defense/${latest.season_year}`);
  expect(new Set(months.months.map(({ team }) => team)).size).toBe(30);
  const team = await get<TeamSeasonAnswer>(`team-defense/${latest.season_year}/BOS`);
  expect(team.dates.at(-1)).toMatchObject({
    date: latest.date,
    vs_league: { paint: latest.teams.find((row) => row.team === 'BOS')?.zones.paint.vs_league },
  });
});

test('team defence opens where most teams have zones, as after a season whose last shots are not loaded', async () => {
  const own = join(folder, 'late-shots.duckdb');
  copyFileSync(path, own);
  await changeFile(
    own,
    `UPDATE nba_precompute.team_defense_zone_analysis SET paint_defense_vs_league_avg = NULL
      WHERE analysis_date = DATE '${dates.at(-3)}' AND team_abbr < 'D'`,
  );
  const { date, teams } = await get<TeamDefenseAnswer>('team-defense', await servedApp(own));
  expect(date).toBe(dates.at(-4));
  expect(teams.find(({ team }) => team === 'BOS')?.name).toBe('Boston Celtics');
});

describe('what is refused', () => {
  test.each([
    ['dates/2023-02-30', 400, 'is no day'],
    ['units/no_such_table/2023-11-15', 404, 'there is no table'],
    ["units/x'; DROP TABLE backcourt.runs;--/2023-11-15", 404, 'there is no table'],
    ['quality/player_box', 400, 'is loaded, not computed'],
    ["players/1'%20OR%20'1'='1/2023-11-15", 400, 'is no player id'],
    ['players/99/2023-11-15', 404, 'no player has the id 99'],
    ['team-defense?date=yesterday', 400, 'is no day'],
    ['team-defense/20x3', 400, 'is no year'],
    ["team-defense/2023/BOS'", 404, 'there is no team'],
    ['nothing', 404, 'there is no /api/nothing; /api lists what there is'],
  ])('%s', async (address, status, message) => {
    const [code, text] = await refusal(address);
    expect([code, text]).toEqual([status, expect.stringContaining(message)]);
  });

  test('another method, and a name that is not of this machine', async () => {
    const post = await served.app.request('http://localhost/api/coverage', { method: 'POST' });
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    const rebound = await served.app.request('http://attacker.example/api/coverage');
    expect(rebound.status).toBe(421);
  });
});

test('/api lists what can be asked', async () => {
  for (const address of ['/api', '/api/']) {
    const answered = await served.app.request(`http://localhost${address}`);
    expect([answered.status, await answered.json()]).toEqual([
      200,
      { paths: expect.arrayContaining(['/api/coverage', '/api/units/:table/:date', '/api/slate']) },
    ]);
  }
});

test('every answer forbids whatever does not come from here', async () => {
  for (const address of ['/api/coverage', '/api/nothing', '/nothing']) {
    const { headers } = await served.app.request(`http://localhost${address}`);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
});

test('many requests at once: each is answered, the ledger is read once until the file changes', async () => {
  const own = join(folder, 'changing.duckdb');
  copyFileSync(path, own);
  const one = await servedApp(own);
  const addresses = [
    'coverage',
    'runs',
    'quality/player_game_summary',
    'team-defense',
    'players?q=a',
  ];
  await Promise.all(addresses.map((address) => get(address, one)));
  expect(one.engines()).toBe(1);
  await changeFile(
    own,
    `UPDATE backcourt.partitions SET state = 'failed', failure_kind = 'bug', failure_text = '<b>broken</b>'
WHERE table_name = 'player_daily_cache' AND partition_date = DATE '${dates[30]}'`,
  );
  const { failures } = await get<RunsAnswer>('runs', one);
  expect(failures).toMatchObject([{ table: 'player_daily_cache', date: dates[30], kind: 'bug' }]);
  expect(one.engines()).toBe(2);
});

test('while another process writes: 503, and right after it an answer; nothing is changed', async () => {
  const before = await partitionHashes(path);
  const held = startNode(resolve(repositoryRoot, 'tests/support/hold-warehouse.ts'), [path]);
  try {
    await held.says('held');
    const response = await served.app.request('http://localhost/api/coverage');
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '3']);
    expect(await response.json()).toEqual({
      error: 'locked',
      message: expect.stringContaining(`is held by process ${held.pid}`),
    });
  } finally {
    held.closeStdin();
    await held.ended;
  }
  await get<CoverageAnswer>('coverage');
  expect(await partitionHashes(path)).toEqual(before);
});

test('a BigQuery warehouse is refused: every page would be billed', async () => {
  const { exitCode, stderr } = await backcourt(['serve', '--warehouse', 'bigquery://project']);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('serve shows DuckDB files only')]);
});
