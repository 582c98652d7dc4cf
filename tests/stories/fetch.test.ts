import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { FilesAnswer } from '../../src/serve/api-types.ts';
import { backcourt, type CommandResult } from '../support/run-command.ts';
import { commandFile, startNode } from '../support/run-process.ts';
import { servedApp } from '../support/served-app.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import {
  type Misbehaviour,
  type StandInHost,
  sendJson,
  standInHost,
} from '../support/stand-in-host.ts';
import { tempFolder, tempFolderOfTest } from '../support/temp-folder.ts';

const folder = tempFolder('fetch');
const [day, next] = ['2023-11-10', '2023-11-11'];

let host: StandInHost;

beforeAll(async () => {
  const { files } = await simulatedWarehouse(folder);
  host = await standInHost(files);
});

afterAll(() => host.close());

beforeEach(() => {
  host.requests.length = 0;
  host.misbehave = undefined;
});

interface Asked {
  readonly today?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

function fetchInto(
  into: string,
  args: readonly string[],
  asked: Asked = {},
): Promise<CommandResult> {
  const on = ['--into', into, '--stats-url', host.url];
  return backcourt(['fetch', ...args, ...on], { today: '2023-11-20', ...asked });
}

const abouts = () => host.requests.map(({ about }) => about);

/** Each file of answers below a folder, unpacked. */
function answersIn(into: string): ReadonlyMap<string, string> {
  const names = readdirSync(into, { recursive: true, encoding: 'utf8' }).sort();
  const packed = names.filter((name) => name.endsWith('.json.gz'));
  return new Map(
    packed.map((name) => [name, gunzipSync(readFileSync(join(into, name))).toString()]),
  );
}

/** Has the host answer all but schedules in another way. */
const exceptSchedules =
  (behaviour: Misbehaviour): Misbehaviour =>
  (seen, response, honest) =>
    seen.endpoint === 'scheduleleaguev2' ? false : behaviour(seen, response, honest);

const status =
  (code: number, headers: Record<string, string> = {}): Misbehaviour =>
  (_, response) => {
    response.writeHead(code, headers).end();
    return true;
  };

test('a day is asked for by the schedule, kept as it came, and not asked for again', async () => {
  const into = join(tempFolderOfTest('fetch'), 'files');
  const plan = await fetchInto(into, ['--dates', day, '--dry-run']);
  expect([plan.exitCode, existsSync(into)]).toEqual([0, false]);
  expect(plan.stdout).toContain('1 request (1 schedule) into ');
  expect(plan.stdout).toContain('the schedule of 2023-24 is not there yet');

  const { exitCode, stdout, stderr } = await fetchInto(into, ['--dates', day]);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toContain('3 documents into ');
  expect(abouts()).toEqual([
    'schedule 2023-24',
    `logs ${day} Regular Season`,
    `shots ${day} Regular Season`,
  ]);
  const [log] = host.requests.slice(1);
  expect(log?.headers).toMatchObject({
    ...{ accept: 'application/json, text/plain, */*', 'accept-language': 'en-US,en;q=0.5' },
    ...{ referer: 'https://stats.nba.com/', pragma: 'no-cache', 'cache-control': 'no-cache' },
    ...{ 'sec-ch-ua': expect.stringContaining('"Chromium";'), 'sec-ch-ua-mobile': '?0' },
    ...{ 'sec-fetch-dest': 'empty', 'user-agent': expect.stringContaining('Chrome/') },
  });
  const kept = answersIn(into);
  expect([...kept.keys()]).toEqual([
    `logs/2023-24/${day}_regular_season.json.gz`,
    'schedule/2023-24.json.gz',
    `shots/2023-24/${day}_regular_season.json.gz`,
  ]);
  for (const [index, endpoint] of [
    'playergamelogs',
    'scheduleleaguev2',
    'shotchartdetail',
  ].entries()) {
    const seen = host.requests.find((request) => request.endpoint === endpoint);
    const text = [...kept.values()][index] ?? '';
    const { answer, received_at } = JSON.parse(text);
    expect(answer).toEqual(await host.honest(endpoint, seen?.parameters ?? new URLSearchParams()));
    expect(text).toContain(`"answer":${JSON.stringify(answer)}}`);
    expect(Date.parse(received_at)).toBeGreaterThan(Date.now() - 60_000);
  }

  host.requests.length = 0;
  const again = await fetchInto(into, ['--dates', day]);
  expect([again.exitCode, abouts()]).toEqual([0, []]);
  expect(again.stdout).toContain('nothing to ask for');
  const more = await fetchInto(into, ['--dates', day, '--again']);
  expect([more.exitCode, abouts().length]).toEqual([0, 3]);
  expect(more.stdout).toContain('3 unchanged');
});

test('all attempts are asked for, not makes alone', async () => {
  const into = tempFolderOfTest('fetch');
  await fetchInto(into, ['--dates', day, '--documents', 'shots']);
  expect(abouts()).toEqual(['schedule 2023-24', `shots ${day} Regular Season`]);
  const text = answersIn(into).get(`shots/2023-24/${day}_regular_season.json.gz`) ?? '';
  expect(text).toContain('"Missed Shot"');
});

test('yesterday is asked for on two more days, and then never again', async () => {
  const into = tempFolderOfTest('fetch');
  const on = async (today: string) => {
    host.requests.length = 0;
    const { exitCode } = await fetchInto(into, ['--dates', 'yesterday'], { today });
    expect(exitCode).toBe(0);
    return abouts().filter((about) => about.includes(day)).length;
  };
  expect([await on('2023-11-11'), await on('2023-11-11')]).toEqual([2, 0]);
  expect([await on('2023-11-12'), await on('2023-11-13'), await on('2023-11-14')]).toEqual([
    2, 2, 0,
  ]);
});

test('what has not changed since is not sent again: 304', async () => {
  const into = tempFolderOfTest('fetch');
  host.misbehave = async (seen, response, honest) => {
    response.setHeader('etag', '"v1"');
    if (seen.headers['if-none-match'] === '"v1"') response.writeHead(304).end();
    else sendJson(response, await honest());
    return true;
  };
  await fetchInto(into, ['--dates', day], { today: '2023-11-11' });
  const before = answersIn(into);
  const again = await fetchInto(into, ['--dates', day], { today: '2023-11-12' });
  expect(again.exitCode).toBe(0);
  expect(again.stdout).toContain('3 documents into ');
  expect(again.stdout).toContain(': 3 unchanged');
  for (const [name, text] of answersIn(into)) {
    if (!name.includes(day) && !name.includes('schedule')) continue;
    expect(JSON.parse(text)).toEqual({
      ...JSON.parse(before.get(name) ?? ''),
      asked_on: '2023-11-12',
    });
  }
});

test('a host that refuses is asked three times and no more, and what lacks is told', async () => {
  const into = tempFolderOfTest('fetch');
  host.misbehave = exceptSchedules(status(403));
  const refused = await fetchInto(into, ['--start-date', day, '--end-date', '2023-11-11']);
  expect(refused.exitCode).toBe(3);
  expect(abouts()).toHaveLength(4);
  // What the host says is told once, and of each document that it is so.
  expect(refused.stdout.match(/.*refused.*/g)).toEqual([
    `${day} logs, regular_season: refused, the host answers 403, it refuses`,
    `${day} shots, regular_season: refused for the same reason`,
    `${next} logs, regular_season: refused for the same reason`,
    expect.stringMatching(/^5 documents .* 3 refused, 1 not_asked$/),
    expect.stringContaining('games of'),
    ...Array(3).fill(expect.stringMatching(/: refused for 00223/)),
  ]);
  expect(refused.stdout).toContain('docs/fetch.md tells what helps');
  expect(refused.stdout).toContain(`${next} shots, regular_season: missing for 00223`);

  host.misbehave = undefined;
  const later = await fetchInto(into, ['--start-date', day, '--end-date', '2023-11-11']);
  expect([later.exitCode, abouts().length]).toEqual([0, 8]);
  expect(readdirSync(join(into, 'logs/2023-24')).filter((name) => name.includes('note'))).toEqual(
    [],
  );
});

test('a host that says when to come again is not asked for anything else before', async () => {
  const into = tempFolderOfTest('fetch');
  host.misbehave = exceptSchedules(status(429, { 'retry-after': '3600' }));
  const { exitCode, stdout } = await fetchInto(into, ['--dates', day]);
  expect([exitCode, abouts()]).toEqual([3, ['schedule 2023-24', `logs ${day} Regular Season`]]);
  expect(stdout).toMatch(/1 received, 1 refused, 1 not_asked/);
});

test('a header that a host has begun to want is a setting', async () => {
  const into = tempFolderOfTest('fetch');
  host.misbehave = (seen, response) => {
    if (seen.headers['x-token'] === 'new' && seen.headers['user-agent'] === 'me') return false;
    response.writeHead(403).end();
    return true;
  };
  expect((await fetchInto(into, ['--dates', day])).exitCode).toBe(3);
  const told = ['--header', 'X-Token: new', '--header', 'User-Agent: me'];
  expect((await fetchInto(into, ['--dates', day, ...told])).exitCode).toBe(0);
  const environment = { BACKCOURT_FETCH_HEADERS: 'x-token: new\nuser-agent: me\n' };
  const other = await fetchInto(tempFolderOfTest('fetch'), ['--dates', day], { environment });
  expect(other.exitCode).toBe(0);
});

test('too many requests and errors of the server pass, a hanging host is told by its limit', async () => {
  const into = tempFolderOfTest('fetch');
  const troubles = [status(429, { 'retry-after': '1' }), status(429), status(502)];
  host.misbehave = exceptSchedules((...request) => troubles.shift()?.(...request) ?? false);
  expect((await fetchInto(into, ['--dates', day])).exitCode).toBe(0);
  expect(abouts()).toHaveLength(6);

  host.misbehave = () => true;
  const hung = await fetchInto(into, ['--dates', next, '--limit', '0.05', '--documents', 'logs']);
  expect(hung.exitCode).toBe(3);
  expect(hung.stdout).toContain(
    `${next} logs, regular_season: refused, no whole answer within 0.05 s`,
  );
});

test('a day that the source does not have is absent, and asked for while it may come', async () => {
  const into = tempFolderOfTest('fetch');
  host.misbehave = async (seen, response, honest) => {
    if (!seen.about.startsWith('shots')) return false;
    const answer = (await honest()) as { resultSets: { rowSet: unknown[] }[] };
    const [set] = answer.resultSets;
    if (set) set.rowSet = [];
    sendJson(response, answer);
    return true;
  };
  const absent = await fetchInto(into, ['--dates', day], { today: '2023-11-16' });
  expect(absent.exitCode).toBe(3);
  expect(absent.stdout).toContain(`${day} shots, regular_season: absent, the source has no rows`);
  expect([...answersIn(into).keys()].join()).not.toContain('shots/');
  host.requests.length = 0;
  const late = await fetchInto(into, ['--dates', day], { today: '2023-11-30' });
  expect(late.exitCode).toBe(3);
  expect(abouts()).toContain(`shots ${day} Regular Season`);
  host.requests.length = 0;
  expect((await fetchInto(into, ['--dates', day], { today: '2023-12-01' })).exitCode).toBe(3);
  expect(abouts().filter((about) => about.includes(day))).toEqual([]);
});

test('a game that has rows of one team alone is absent, and asked for while it may come', async () => {
  const into = tempFolderOfTest('fetch');
  host.misbehave = changed('logs', (answer) => {
    const [{ headers, rowSet } = { headers: [], rowSet: [] }] = answer.resultSets;
    const of = (row: Answer['resultSets'][0]['rowSet'][0] | undefined) =>
      ['GAME_ID', 'TEAM_ID'].map((name) => row?.[headers.indexOf(name)]).join();
    const [first] = rowSet;
    return { resultSets: [{ headers, rowSet: rowSet.filter((row) => of(row) !== of(first)) }] };
  });
  const half = await fetchInto(into, ['--dates', day], { today: '2023-11-16' });
  expect([half.exitCode, half.stdout.match(/logs, regular_season: absent for 00223\d+$/m)]).toEqual(
    [3, expect.anything()],
  );
  expect([...answersIn(into).keys()].join()).toContain('logs/');
  host.misbehave = undefined;
  expect((await fetchInto(into, ['--dates', day], { today: '2023-11-16' })).exitCode).toBe(0);
});

type Answer = {
  resultSets: { headers: string[]; rowSet: (string | number | null)[][] }[];
};

const changed =
  (about: string, change: (answer: Answer) => object | string): Misbehaviour =>
  async (seen, response, honest) => {
    if (!seen.about.startsWith(about)) return false;
    const answer = change((await honest()) as Answer);
    if (typeof answer === 'string') response.end(answer);
    else sendJson(response, answer);
    return true;
  };

const renamed = (answer: Answer): object => {
  const [set] = answer.resultSets;
  return {
    resultSets: [{ ...set, headers: set?.headers.map((name) => name.replace('MATCHUP', 'GAME')) }],
  };
};

test.each<[string, string, (answer: Answer) => object | string, string]>([
  ['a field has another name', 'logs', renamed, 'MATCHUP is not there, or not as it was'],
  ['the tables are gone', 'shots', () => ({ data: [] }), 'resultSets is not there'],
  [
    'a row is too short',
    'logs',
    ({ resultSets: [set] }) => ({
      resultSets: [{ ...set, rowSet: set?.rowSet.map((row) => row.slice(1)) }],
    }),
    'row 1 has ',
  ],
  [
    'a row is none',
    'logs',
    ({ resultSets: [set] }) => ({
      resultSets: [{ ...set, rowSet: set?.rowSet.map((row, index) => (index === 2 ? null : row)) }],
    }),
    'row 3 has 0 values',
  ],
  ['the answer is empty', 'shots', () => '', 'the answer of the host is empty'],
  [
    'the answer is of another day',
    'shots',
    (answer) => JSON.parse(JSON.stringify(answer).replaceAll('20231110', '20231109')),
    'the answer has games of 2023-11-09',
  ],
  [
    'the answer is a page',
    'logs',
    () => '<html><title>Access Denied',
    'the host answers no JSON but "<html><title>Access Denied…"',
  ],
  [
    'the answer is cut off',
    'logs',
    (answer) => JSON.stringify(answer).slice(0, -100),
    'the answer is cut off',
  ],
  [
    'the schedule has no games',
    'schedule',
    () => ({ leagueSchedule: { gameDates: [{ games: [{}] }] } }),
    'leagueSchedule.gameDates.games.gameId is not there',
  ],
  [
    'the schedule is of another season',
    'schedule',
    () => ({ leagueSchedule: { seasonYear: '2024-25', gameDates: [] } }),
    'the answer is of the season 2024-25',
  ],
])('%s: it is named, and nothing of it is kept', async (_, about, change, says) => {
  const into = tempFolderOfTest('fetch');
  host.misbehave = changed(about, change);
  const { exitCode, stdout } = await fetchInto(into, ['--dates', day]);
  expect(exitCode).toBe(3);
  expect(stdout).toContain(says);
  expect([...answersIn(into).keys()].filter((name) => name.startsWith(about))).toEqual([]);
});

test('an answer that has lost games, or its schema, does not take the place of the one before', async () => {
  const into = tempFolderOfTest('fetch');
  await fetchInto(into, ['--dates', day]);
  const before = answersIn(into);
  const lose = (answer: Answer): object => {
    const [set] = answer.resultSets;
    return { resultSets: [{ ...set, rowSet: set?.rowSet.slice(0, 5) }] };
  };
  for (const change of [lose, renamed]) {
    host.misbehave = changed('logs', change);
    const { exitCode, stdout } = await fetchInto(into, ['--dates', day, '--again']);
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/the answer lacks 00223\d+|the schema has changed/);
  }
  const log = `logs/2023-24/${day}_regular_season.json.gz`;
  expect(answersIn(into).get(log)).toBe(before.get(log));
});

test('a schedule that has lost games that were played does not take the place of the one before', async () => {
  const into = tempFolderOfTest('fetch');
  await fetchInto(into, ['--dates', day]);
  host.misbehave = async (seen, response, honest) => {
    if (seen.endpoint !== 'scheduleleaguev2') return false;
    const answer = (await honest()) as { leagueSchedule: { gameDates: object[] } };
    answer.leagueSchedule.gameDates.splice(0, 30);
    sendJson(response, answer);
    return true;
  };
  const { exitCode, stdout } = await fetchInto(into, ['--dates', day], {
    today: '2023-11-21',
  });
  expect(exitCode).toBe(3);
  expect(stdout).toMatch(/schedule: refused, the answer lacks 0022300001, .* and \d+ games more,/);
  expect(stdout).toMatch(/^logs +7 /m);
});

test('a fetch after midnight leaves the games of that night to the one in the morning', async () => {
  const into = tempFolderOfTest('fetch');
  let isOver = false;
  host.misbehave = async (seen, response, honest) => {
    if (seen.endpoint !== 'scheduleleaguev2') return false;
    const text = JSON.stringify(await honest());
    const ended = `"gameStatus":3,"gameStatusText":"Final","gameDateEst":"${day}`;
    const live = ended.replace('3', '2').replace('Final', 'Q4 5:00');
    sendJson(response, JSON.parse(isOver ? text : text.replaceAll(ended, live)));
    return true;
  };
  const fetched = async () => {
    host.requests.length = 0;
    const { exitCode } = await fetchInto(into, ['--dates', day], { today: next });
    return [exitCode, ...abouts().filter((about) => /schedule|2023-11-10/.test(about))];
  };
  expect(await fetched()).toEqual([0, 'schedule 2023-24']);
  isOver = true;
  const files = ['logs', 'shots'].map((kind) => `${kind} ${day} Regular Season`);
  expect(await fetched()).toEqual([0, 'schedule 2023-24', ...files]);
  expect(await fetched()).toEqual([0]);
});

test('the grid of game by document: status --files, and the coverage page', async () => {
  const into = tempFolderOfTest('fetch');
  const status = (...more: readonly string[]) =>
    backcourt(['status', '--files', '--into', into, ...more], { today: '2023-11-12' });
  expect((await status()).stdout).toContain('has no schedule');
  host.misbehave = (seen, response) => {
    if (!seen.about.startsWith('shots')) return false;
    response.writeHead(seen.about.includes(day) ? 404 : 403).end();
    return true;
  };
  // By a schedule of that evening the game of the next day is still to be played.
  await fetchInto(into, ['--dates', `${day},${next}`], { today: '2023-11-12' });

  const { exitCode, lines } = await status('--json');
  expect(exitCode).toBe(0);
  const rows = lines.map((line) => JSON.parse(line));
  const of = (date: string) => rows.filter((row) => row.date === date).map((row) => row.states);
  expect(of(day)).toHaveLength(7);
  for (const states of of(day)) expect(states).toEqual({ logs: 'fetched', shots: 'absent' });
  expect(of(next)).toEqual([{ logs: 'fetched', shots: 'refused' }]);
  expect(new Set(of('2023-10-24').flatMap(Object.values))).toEqual(new Set(['missing']));
  expect(new Set(of('2023-11-18').flatMap(Object.values))).toEqual(new Set(['waiting']));

  const { stdout } = await status('--season', '2023-24');
  expect(stdout).toMatch(/2023-24: \d+ games, \d+ games that lack something/);
  expect(stdout).toMatch(/^games of +fetched +waiting +missing +absent +refused$/m);
  expect((await status('--failed')).exitCode).toBe(2);

  const { app } = await servedApp(join(folder, 'league.duckdb'), into, '2023-11-12');
  const response = await app.request('http://localhost/api/files');
  const { folder: shown, seasons } = (await response.json()) as FilesAnswer;
  expect([shown, seasons.length, seasons[0]?.label]).toEqual([into, 1, '2023-24']);
  const ofSeason = rows.filter((row) => Object.values(row.states).some((one) => one === 'refused'));
  expect(seasons[0]?.lacking).toContainEqual({
    date: next,
    game: ofSeason.find((row) => row.date === next)?.game,
    states: { logs: 'fetched', shots: 'refused' },
  });
});

test('a correction is received in the place of what was there', async () => {
  const into = tempFolderOfTest('fetch');
  await fetchInto(into, ['--dates', day], { today: '2023-11-11' });
  host.misbehave = changed('logs', (answer) => {
    const [set] = answer.resultSets;
    const assists = set?.headers.indexOf('AST') ?? 0;
    const [row] = set?.rowSet ?? [];
    if (row) row[assists] = Number(row[assists]) + 1;
    return answer;
  });
  const { exitCode, lines } = await fetchInto(into, ['--dates', day, '--json'], {
    today: '2023-11-13',
  });
  expect(exitCode).toBe(0);
  const told = lines.map((line) => JSON.parse(line));
  expect(told.filter(({ type }) => type === 'document')).toMatchObject([
    { kind: 'schedule', reason: 'corrections', outcome: 'unchanged' },
    {
      kind: 'logs',
      date: day,
      game_type: 'regular_season',
      reason: 'corrections',
      outcome: 'received',
    },
    { kind: 'shots', outcome: 'unchanged' },
  ]);
  expect(told.at(-1)).toMatchObject({ type: 'fetch', asked: 3, lacking: 0 });
});

test('reports come from a host of one’s own, with the moment at which they came', async () => {
  const into = tempFolderOfTest('fetch');
  const report = [
    {
      ...{ 'Game Date': '11/10/2023', 'Game Time': '07:30(ET)', Matchup: 'NYK@BOS' },
      ...{ Team: 'Boston Celtics', 'Player Name': 'Example, Pat', 'Current Status': 'Out' },
    },
  ];
  host.misbehave = (seen, response) => {
    if (seen.endpoint !== 'report') return false;
    sendJson(response, report);
    return true;
  };
  const url = `${host.url}/report?key=secret&on={date}`;
  const { exitCode, stdout } = await fetchInto(into, ['--dates', day, '--injuries-url', url]);
  expect(exitCode).toBe(0);
  expect(host.requests.find(({ endpoint }) => endpoint === 'report')?.parameters.get('on')).toBe(
    day,
  );
  const kept = answersIn(into).get(`injuries/2023-24/${day}.json.gz`) ?? '';
  expect(JSON.parse(kept).answer).toEqual(report);
  expect([kept, stdout].join()).not.toContain('secret');

  const homeless = await fetchInto(into, ['--dates', day, '--documents', 'injuries']);
  expect(homeless.exitCode).toBe(2);
  expect(homeless.stderr).toContain('--injuries-url');
  const undated = `${host.url}/report?key=secret`;
  const refused = await fetchInto(into, ['--dates', day, '--injuries-url', undated]);
  expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining('{date}')]);
  expect(refused.stderr).not.toContain('secret');
});

test('a probe tells in words what came back, and keeps nothing', async () => {
  const into = tempFolderOfTest('fetch');
  host.misbehave = async (_, response) => {
    const parameters = new URLSearchParams({
      DateFrom: '11/10/2023',
      SeasonType: 'Regular Season',
    });
    const text = JSON.stringify(await host.honest('playergamelogs', parameters));
    response.end(text.replaceAll('2023-11-10', '2025-06-22'));
    return true;
  };
  const well = await fetchInto(into, ['--probe']);
  expect([well.exitCode, host.requests.length]).toEqual([0, 1]);
  expect(well.stdout).toMatch(
    /^127\.0\.0\.1:\d+, asked for the player logs of one game: a whole answer after /,
  );
  expect([...answersIn(into)]).toEqual([]);
  host.misbehave = status(403);
  const refused = await fetchInto(into, ['--probe']);
  expect(refused.exitCode).toBe(3);
  expect(refused.stdout).toContain('the host answers 403, it refuses');
});

test.each([
  [['--dates', day, '--pace', '0'], '--pace'],
  [['--dates', day, '--documents', 'plays'], 'schedule, logs, shots or injuries'],
  [['--dates', day, '--season', '2023'], '--season cannot be combined'],
  [['--dates', 'latest'], 'latest'],
  [['--dates', day, '--header', 'a secret'], '--header'],
  [[], '--season'],
])('%j is refused', async (args, says) => {
  const { exitCode, stderr } = await fetchInto(tempFolderOfTest('fetch'), args);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(says);
  expect(stderr).not.toContain('a secret');
});

test('two that fetch into one folder: one asks, in its pace, and the other waits or ends with 6', async () => {
  const into = tempFolderOfTest('fetch');
  const days = ['--start-date', '2023-11-05', '--end-date', '2023-11-09'];
  const on = ['--into', into, '--stats-url', host.url, '--pace', '0.2'];
  // The first one is at it until the second one has ended, however long that takes to start.
  const second = Promise.withResolvers<void>();
  host.misbehave = async ({ about }) => {
    if (about.startsWith('shots')) await second.promise;
    return false;
  };
  const first = startNode(commandFile, ['fetch', ...days, ...on]);
  while (host.requests.length === 0) await pause(5);
  const held = await startNode(commandFile, ['fetch', ...days, ...on, '--wait', '0']).ended;
  second.resolve();
  expect([held.exitCode, held.stderr]).toEqual([6, expect.stringContaining('is held by process ')]);
  const patient = await startNode(commandFile, ['fetch', ...days, ...on, '--wait', '60']).ended;
  expect([(await first.ended).exitCode, patient.exitCode]).toEqual([0, 0]);
  expect(patient.stdout).toContain('nothing to ask for');
  expect(new Set(abouts()).size).toBe(abouts().length);
  const times = host.requests.map(({ atMs }) => atMs);
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(200);
});

test.each([
  ['cut', (packed: Buffer) => packed.subarray(0, -200)],
  ['edited and torn', (packed: Buffer) => gzipSync(gunzipSync(packed).subarray(0, -200))],
  [
    'edited',
    (packed: Buffer) => gzipSync(gunzipSync(packed).toString().replace('gameStatus', 'state')),
  ],
])('a schedule that is %s is as good as none, and asked for', async (_, damage) => {
  const into = tempFolderOfTest('fetch');
  await fetchInto(into, ['--dates', day]);
  const path = join(into, 'schedule/2023-24.json.gz');
  const whole = gunzipSync(readFileSync(path));
  writeFileSync(path, damage(readFileSync(path)));
  const look = ['status', '--files', '--into', into];
  expect((await backcourt(look, { today: '2023-11-20' })).exitCode).toBe(0);
  host.requests.length = 0;
  expect((await fetchInto(into, ['--dates', day])).exitCode).toBe(0);
  expect(abouts()).toEqual(['schedule 2023-24']);
  const { answer } = JSON.parse(gunzipSync(readFileSync(path)).toString());
  expect(answer).toEqual(JSON.parse(whole.toString()).answer);
});

test('an answer that is damaged is named with what to do, and not taken for what the host has', async () => {
  const into = tempFolderOfTest('fetch');
  host.misbehave = async (seen, response, honest) => {
    response.setHeader('etag', '"v1"');
    if (seen.headers['if-none-match'] === '"v1"') response.writeHead(304).end();
    else sendJson(response, await honest());
    return true;
  };
  await fetchInto(into, ['--dates', day]);
  const log = join(into, `logs/2023-24/${day}_regular_season.json.gz`);
  writeFileSync(log, readFileSync(log).subarray(0, -200));
  // What others leave there is no answer.
  writeFileSync(join(into, 'logs/.DS_Store'), 'x');
  writeFileSync(join(into, 'logs/2023-24/._1.json.gz'), 'x');
  const ingest = ['ingest', into, '--warehouse', join(tempFolderOfTest('fetch'), 'w.duckdb')];
  const damaged = await backcourt(ingest);
  expect(damaged.exitCode).toBe(3);
  expect(damaged.stdout.match(/^refused .*$/gm)).toEqual([
    expect.stringContaining(`delete "${log}", and it is fetched again`),
  ]);
  const again = await fetchInto(into, ['--dates', day, '--again', '--documents', 'logs']);
  expect([again.exitCode, again.stdout]).toEqual([0, expect.stringContaining('1 received')]);
  expect((await backcourt(ingest)).exitCode).toBe(0);
});

test('a folder that is taken away meanwhile, or cannot be read, is one of the surroundings', async () => {
  const into = join(tempFolderOfTest('fetch'), 'files');
  host.misbehave = ({ about }) => {
    if (about.startsWith('logs')) rmSync(into, { recursive: true });
    return false;
  };
  const gone = await fetchInto(into, ['--dates', day]);
  expect([gone.exitCode, gone.stderr]).toEqual([8, expect.stringContaining('taken away')]);
  // A link that leads to itself can be read by nobody, not even by root.
  symlinkSync('schedule', join(into, 'schedule'));
  const status = await backcourt(['status', '--files', '--into', into]);
  expect([status.exitCode, status.stderr]).toEqual([8, expect.stringContaining('cannot read')]);
});

test('what a killed fetch has left is taken away, and its lock with it', async () => {
  const into = tempFolderOfTest('fetch');
  await fetchInto(into, ['--dates', day]);
  const gone = execFileSync(process.execPath, ['-p', 'process.pid']).toString().trim();
  writeFileSync(join(into, 'fetch.lock'), JSON.stringify({ pid: Number(gone), host: 'here' }));
  writeFileSync(join(into, '.partial-12@elsewhere-000001'), 'half');
  writeFileSync(join(into, 'pace.json'), '{"127.0');
  expect((await fetchInto(into, ['--dates', next])).exitCode).toBe(0);
  const left = readdirSync(into).filter((name) => name.startsWith('.') || name === 'fetch.lock');
  expect(left).toEqual([]);
});

test('a folder that cannot be written is told, with exit code 8', async () => {
  const file = join(tempFolderOfTest('fetch'), 'file');
  writeFileSync(file, '');
  const { exitCode, stderr } = await fetchInto(file, ['--dates', day]);
  expect([exitCode, stderr]).toEqual([8, expect.stringContaining('cannot write to the folder')]);
});

test('after a pause of two weeks a morning names the games that no morning asks for, and how to get them', async () => {
  const into = tempFolderOfTest('fetch');
  const on = ['--into', into, '--stats-url', host.url, '--warehouse', join(into, 'nba.duckdb')];
  const begun = await backcourt(['fetch', '--season', '2023-24', '--ingest', ...on], {
    today: '2023-11-05',
  });
  expect(begun.exitCode).toBe(0);
  const pause = { today: '2023-11-25' };
  const back = await backcourt(['morning', ...on], pause);
  expect(back.exitCode).not.toBe(0);
  // The logs and the schedule are loaded one after the other, and what both find is told once.
  expect(back.stdout.match(/^no box score of \d+ games of the schedule/gm)).toHaveLength(1);
  expect(back.stderr).toMatch(
    /warning: \d+ games of the schedule without a result, on \d+ dates, from 2023-11-05; no morning asks for them any more: npx backcourt fetch --season 2023-24 --ingest/,
  );
  const caughtUp = await backcourt(['fetch', '--season', '2023-24', '--ingest', ...on], pause);
  expect(caughtUp.exitCode).toBe(0);
  const whole = await backcourt(['morning', ...on], pause);
  expect(whole.stderr).not.toContain('no morning asks for them');
});
