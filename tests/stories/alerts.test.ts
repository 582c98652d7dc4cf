import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type AlertServer, alertServer } from '../support/alert-server.ts';
import { type DailyLeague, dailyLeague } from '../support/daily-league.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { repositoryRoot, startNode } from '../support/run-process.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { changeFile, queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('alerts');
const offense = 'team_offense_game_summary';
const day = '2023-10-26';
const lone = ['--tables', offense, '--option', 'skip_downstream_trigger=true'];

let league: DailyLeague;
/** The schedule of the season and the logs of its first three days. */
let path: string;
let copies = 0;

beforeAll(async () => {
  league = await dailyLeague(folder);
  path = join(folder, 'w.duckdb');
  await prepare(['ingest', 'schedule', league.schedule, '--warehouse', path]);
  const logs = await league.logs('2023-10-24', day);
  await prepare(['ingest', 'simulated', ...logs, '--warehouse', path]);
});

function copy(): string {
  copies += 1;
  const target = join(folder, `copy-${copies}.duckdb`);
  copyFileSync(path, target);
  return target;
}

/** A daily run whose one unit is blocked: there is no log of its day, long after its games. */
function blockedRun(
  flags: readonly string[],
  more: { readonly alertUrl?: string; readonly alertTimeoutMs?: number } = {},
) {
  const args = ['run', ...lone, '--dates', '2023-10-28', '--warehouse', path, ...flags];
  return backcourt(args, { today: '2023-11-30', ...more });
}

const bodyOf = (server: AlertServer) => JSON.parse(server.received[0]?.body ?? 'null');

describe('delivered', () => {
  test('blocked units, with the command that helps', async () => {
    const server = await alertServer();
    const { exitCode, stderr, stdout } = await blockedRun(['--alert-url', server.url]);

    expect(exitCode).toBe(5);
    expect(server.received).toHaveLength(1);
    expect(server.received[0]).toMatchObject({ method: 'POST', path: '/hook/secret-part' });
    expect(server.received[0]?.headers['content-type']).toBe('application/json');
    const games = league.dates.includes('2023-10-28');
    expect(games).toBe(true);
    expect(bodyOf(server)).toEqual({
      type: 'backcourt_alert',
      format_version: 2,
      text: expect.stringMatching(/^backcourt run \S+: 1 unit blocked \(exit code 5\)$/),
      run_id: expect.stringMatching(/^\d{8}T\d{6}Z-[0-9a-f]{6}$/),
      verb: 'run',
      request: {
        tables: [offense],
        dates: '2023-10-28',
        backfill_mode: false,
        skip_downstream_trigger: true,
        options: {},
        batch_days: 850,
        allow_shrink: false,
      },
      warehouse: path,
      data_kind: 'simulated',
      started_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      exit_code: 5,
      counts: {
        total: 1,
        written: 0,
        unchanged: 0,
        skipped: {},
        blocked: 1,
        failed: 0,
        not_reached: 0,
        warnings: 0,
        incomplete: 0,
      },
      failed: [],
      failed_tables: [],
      blocked: [
        {
          table: offense,
          date: '2023-10-28',
          state: 'blocked',
          reason: {
            kind: 'results_missing',
            dates: [{ date: '2023-10-28', open: expect.any(Number), games: expect.any(Number) }],
            text: expect.stringMatching(/^no result for 2023-10-28 \(\d+ of \d+ games\)$/),
          },
          remedy: {
            verb: 'ingest',
            source: 'simulated',
            command: 'backcourt ingest simulated <files>',
          },
        },
      ],
      warnings: [],
      incomplete: [],
      error: null,
    });
    expect(stderr).toBe(`alert sent to ${server.host}\n`);
    expect(stdout + stderr).not.toContain('secret');
  });

  test.each([
    ['a bare % in a password', 'user:p%w@', 'user:p%w'],
    ['a code that is no text', 'us%FFer:100%@', 'us%FFer:100%'],
    ['codes', 'us%40er:p%25w@', 'us@er:p%w'],
    ['a password alone', ':token@', ':token'],
  ])('%s in the address changes neither the exit code nor the delivery', async (_, login, sent) => {
    const server = await alertServer();
    const url = server.url.replace('http://', `http://${login}`);
    for (const given of [
      { flags: ['--alert-url', url], more: {} },
      { flags: [], more: { alertUrl: url } },
    ]) {
      const { exitCode, stderr } = await blockedRun(given.flags, given.more);
      expect([exitCode, stderr]).toEqual([5, `alert sent to ${server.host}\n`]);
    }
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual(
      Array(2).fill(`Basic ${Buffer.from(sent).toString('base64')}`),
    );
  });

  test('failed units with their reasons; the address is not kept with the run', async () => {
    const server = await alertServer();
    const warehouse = copy();
    await changeFile(
      warehouse,
      `UPDATE nba_raw.player_box SET nba_game_id = 'X' || nba_game_id WHERE game_date = DATE '${day}'
        AND team_abbr = (SELECT MIN(team_abbr) FROM nba_raw.player_box WHERE game_date = DATE '${day}')`,
    );
    const args = ['run', ...lone, '--dates', day, '--warehouse', warehouse];
    const { exitCode } = await backcourt(args, { today: '2023-10-27', alertUrl: server.url });

    expect(exitCode).toBe(3);
    expect(bodyOf(server)).toMatchObject({
      exit_code: 3,
      counts: { failed: 1 },
      failed: [{ table: offense, date: day, failure: { kind: 'check_failed' } }],
    });
    const runs = await queryFile(warehouse, 'SELECT request FROM backcourt.runs');
    expect(JSON.stringify(runs)).not.toContain('secret');

    const retried = await alertServer();
    await backcourt(['retry', '--warehouse', warehouse], { alertUrl: retried.url });
    expect(bodyOf(retried)).toMatchObject({ verb: 'retry', counts: { failed: 1 } });
  });

  test('a run that could not begin, because another process holds the warehouse', async () => {
    const server = await alertServer();
    const warehouse = copy();
    const holder = startNode(join(repositoryRoot, 'tests/support/hold-warehouse.ts'), [warehouse]);
    await holder.says('held');
    const args = ['run', ...lone, '--dates', day, '--wait', '0', '--warehouse', warehouse];
    const { exitCode } = await backcourt(args, { today: '2023-10-27', alertUrl: server.url });
    holder.closeStdin();
    await holder.ended;

    expect(exitCode).toBe(6);
    expect(bodyOf(server)).toMatchObject({
      run_id: null,
      exit_code: 6,
      error: expect.stringContaining(warehouse),
    });
  });

  test('with the name and password of the address as a header', async () => {
    const server = await alertServer();
    const url = server.url.replace('//', '//me:pass%20word@');
    const { stderr } = await blockedRun(['--alert-url', url]);
    expect(server.received[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from('me:pass word').toString('base64')}`,
    );
    expect(stderr).not.toContain('pass');
  });

  test('the flag counts before the environment', async () => {
    const [flag, environment] = [await alertServer(), await alertServer()];
    await blockedRun(['--alert-url', flag.url], { alertUrl: environment.url });
    expect([flag.received.length, environment.received.length]).toEqual([1, 0]);
  });
});

describe('nothing is sent', () => {
  test.each([
    ['in backfill mode', ['--backfill']],
    ['in backfill mode by option', ['--option', 'backfill_mode=true']],
    ['of a dry run', ['--dry-run']],
  ])('%s', async (_, flags) => {
    const server = await alertServer();
    const args = ['run', '--tables', offense, '--dates', '2023-10-28', '--warehouse', path];
    const { exitCode } = await backcourt([...args, ...flags, '--alert-url', server.url], {
      today: '2023-11-30',
      alertUrl: server.url,
    });
    expect([exitCode, server.received.length]).toEqual([5, 0]);
  });

  test('when all is well', async () => {
    const server = await alertServer();
    const args = ['run', ...lone, '--dates', day, '--warehouse', copy(), '--alert-url', server.url];
    const { exitCode, stderr } = await backcourt(args, { today: '2023-10-27' });
    expect([exitCode, stderr, server.received.length]).toEqual([0, '', 0]);
  });

  test('of a run that a person has interrupted', async () => {
    const server = await alertServer();
    const stop = new AbortController();
    stop.abort();
    const args = ['run', ...lone, '--dates', day, '--warehouse', copy()];
    const { exitCode } = await backcourt(args, {
      today: '2023-10-27',
      alertUrl: server.url,
      stop: stop.signal,
    });
    expect([exitCode, server.received.length]).toEqual([130, 0]);
  });

  test('of a command that cannot be meant', async () => {
    const server = await alertServer();
    const args = ['run', '--dates', '2023-02-30', '--warehouse', path, '--alert-url', server.url];
    expect([(await backcourt(args)).exitCode, server.received.length]).toEqual([2, 0]);
  });
});

describe('what cannot be delivered is a warning, and the exit code stays', () => {
  const undelivered = (host: string, why: string) =>
    `warning: the alert could not be delivered to ${host}: ${why}\n`;

  test('no server there', async () => {
    const server = await alertServer();
    await server.close();
    const { exitCode, stderr } = await blockedRun(['--alert-url', server.url]);
    expect([exitCode, stderr]).toEqual([
      5,
      undelivered(server.host, 'it could not be sent (ECONNREFUSED), twice'),
    ]);
  });

  test('a server that does not answer', async () => {
    const server = await alertServer(() => {});
    const { exitCode, stderr } = await blockedRun(['--alert-url', server.url], {
      alertTimeoutMs: 200,
    });
    expect([exitCode, stderr, server.received.length]).toEqual([
      5,
      undelivered(server.host, 'no answer within 0.2 s, twice'),
      2,
    ]);
  });

  test('a server in trouble is asked once more', async () => {
    const server = await alertServer((response) => response.writeHead(500).end());
    const { exitCode, stderr } = await blockedRun(['--alert-url', server.url]);
    expect([exitCode, stderr, server.received.length]).toEqual([
      5,
      undelivered(server.host, 'the server answered 500, twice'),
      2,
    ]);
    const better = await alertServer((response, count) =>
      response.writeHead(count === 1 ? 503 : 200).end(),
    );
    const second = await blockedRun(['--alert-url', better.url]);
    expect([second.stderr, better.received.length]).toEqual([`alert sent to ${better.host}\n`, 2]);
  });

  test('a server that refuses or sends elsewhere is not asked again', async () => {
    for (const status of [404, 302]) {
      const server = await alertServer((response) =>
        response.writeHead(status, { location: '/elsewhere' }).end(),
      );
      const { stderr } = await blockedRun(['--alert-url', server.url]);
      expect([stderr, server.received.length]).toEqual([
        undelivered(server.host, `the server answered ${status}`),
        1,
      ]);
    }
  });
});

test.each([
  ['--alert-url', 'ftp://host/secret'],
  ['--alert-url', 'secret'],
  ['BACKCOURT_ALERT_URL', 'secret'],
])('%s that is no address is a usage error that does not repeat it', async (name, url) => {
  const { exitCode, stdout, stderr } = await (name === '--alert-url'
    ? blockedRun([name, url])
    : blockedRun([], { alertUrl: url }));
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`${name} is not an address`);
  expect(stderr).not.toContain('secret');
});
