import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backcourt, prepare } from '../support/run-command.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { type StandInHost, sendJson, standInHost } from '../support/stand-in-host.ts';
import { tempFolder, tempFolderOfTest } from '../support/temp-folder.ts';
import { differingUnits, partitionHashes, queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('answers');
const answers = join(folder, 'answers');
const season = ['--season', '2023'];

let host: StandInHost;
let files: readonly string[];

beforeAll(async () => {
  files = (await simulatedWarehouse(folder, { gamesPerTeam: 8, postseason: false })).files;
  host = await standInHost(files);
  const { exitCode, stdout } = await fetchInto(answers, season);
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining(' received')]);
});

afterAll(() => host.close());

function fetchInto(into: string, args: readonly string[], today = '2024-08-01') {
  return backcourt(['fetch', ...args, '--into', into, '--stats-url', host.url], { today });
}

function placeOf(into: string, start: string): string {
  const names = readdirSync(into, { recursive: true, encoding: 'utf8' });
  const name = names.sort().find((one) => one.startsWith(start) && one.endsWith('.gz'));
  return join(into, name ?? '');
}

test('what was fetched is loaded to the same hashes as the files that it was made of', async () => {
  const own = tempFolderOfTest('answers');
  const [loaded, given, both] = ['loaded', 'given', 'both'].map((name) =>
    join(own, `${name}.duckdb`),
  );
  const { stdout } = await prepare(['ingest', answers, '--warehouse', `${loaded}`]);
  expect(stdout).toContain('player_box');
  const schedule = join(own, 'schedule.json');
  writeFileSync(schedule, gunzipSync(readFileSync(join(answers, 'schedule/2023-24.json.gz'))));
  await prepare(['ingest', ...files, schedule, '--warehouse', `${given}`]);
  const hashes = await partitionHashes(`${given}`);
  expect(hashes.size).toBeGreaterThan(50);
  expect(differingUnits(hashes, await partitionHashes(`${loaded}`))).toEqual([]);

  const again = await prepare(['ingest', answers, '--warehouse', `${loaded}`]);
  expect(again.stdout).not.toMatch(/dates? written/);
  const into = join(own, 'files');
  const fetched = await fetchInto(into, [...season, '--ingest', '--warehouse', `${both}`]);
  expect(fetched.exitCode).toBe(0);
  expect(differingUnits(hashes, await partitionHashes(`${both}`))).toEqual([]);
});

test('a finished season is asked for once', async () => {
  host.requests.length = 0;
  const { exitCode, stdout } = await fetchInto(answers, season, '2024-08-02');
  expect([exitCode, host.requests]).toEqual([0, []]);
  expect(stdout).toContain('nothing to ask for');
});

test('the run is recorded with the folder, and --check writes nothing', async () => {
  const warehouse = join(tempFolderOfTest('answers'), 'w.duckdb');
  const check = await backcourt(['ingest', '--check', answers, '--warehouse', warehouse]);
  expect([check.exitCode, check.stdout]).toEqual([0, expect.stringContaining('would be written')]);
  await prepare(['ingest', answers, '--warehouse', warehouse]);
  const asked = await queryFile(warehouse, 'SELECT request FROM backcourt.runs');
  expect(asked.map(([request]) => JSON.parse(String(request)).files)).toEqual([
    [answers],
    [answers],
  ]);
});

test('an answer that the disk has damaged is named, and the others are loaded', async () => {
  const into = tempFolderOfTest('answers');
  await fetchInto(into, ['--start-date', '2023-10-24', '--end-date', '2023-11-10']);
  const place = placeOf(into, 'logs/');
  const packed = readFileSync(place);
  writeFileSync(place, packed.subarray(0, packed.length - 200));
  const { exitCode, stdout } = await backcourt([
    'ingest',
    into,
    '--warehouse',
    join(into, 'w.duckdb'),
  ]);
  expect(exitCode).toBe(3);
  expect(stdout).toContain(place.split('/').at(-1));
  expect(stdout).toMatch(/player_box +[\d,]+ rows/);
});

test('answers of one season with other columns are read side by side', async () => {
  const into = tempFolderOfTest('answers');
  await fetchInto(into, ['--dates', '2023-10-24']);
  host.misbehave = async (seen, response, honest) => {
    if (!seen.about.startsWith('logs')) return false;
    sendJson(response, JSON.parse(JSON.stringify(await honest()).replace('"WL"', '"W_L"')));
    return true;
  };
  await fetchInto(into, ['--start-date', '2023-10-25', '--end-date', '2023-11-05']);
  host.misbehave = undefined;
  const warehouse = join(into, 'w.duckdb');
  await prepare(['ingest', into, '--warehouse', warehouse]);
  const [[days] = []] = await queryFile(
    warehouse,
    'SELECT COUNT(DISTINCT game_date) FROM nba_raw.player_box',
  );
  expect(Number(days)).toBeGreaterThan(3);
});

test('a report counts from the moment at which it was received', async () => {
  const into = tempFolderOfTest('answers');
  const day = '2023-10-24';
  host.misbehave = async (seen, response) => {
    if (seen.endpoint !== 'report') return false;
    const [[name] = []] = await queryFile(
      join(folder, 'league.duckdb'),
      `SELECT MIN(player_name) FROM nba_raw.player_box WHERE game_date = DATE '${day}'`,
    );
    sendJson(response, [
      {
        ...{ 'Game Date': '10/24/2023', 'Game Time': '07:30(ET)', 'Player Name': name },
        ...{ 'Current Status': 'Out', DATA_KIND: 'simulated' },
      },
    ]);
    return true;
  };
  const before = new Date().toISOString();
  await fetchInto(into, ['--dates', day, '--injuries-url', `${host.url}/report?on={date}`]);
  host.misbehave = undefined;
  const warehouse = join(into, 'w.duckdb');
  await prepare(['ingest', into, '--warehouse', warehouse]);
  const [[reported, status] = []] = await queryFile(
    warehouse,
    "SELECT strftime(reported_at, '%Y-%m-%dT%H:%M:%S'), status FROM nba_raw.injuries",
  );
  expect([String(reported) >= before.slice(0, 19), status]).toEqual([true, 'out']);
});

test('one answer can be loaded like any file, and a folder without answers is told', async () => {
  const own = tempFolderOfTest('answers');
  const warehouse = join(own, 'w.duckdb');
  await prepare(['ingest', placeOf(answers, 'logs/'), '--warehouse', warehouse]);
  writeFileSync(join(own, 'fetch.json'), '{"format":1}');
  const { exitCode, stderr } = await backcourt(['ingest', own, '--warehouse', warehouse]);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('no answer in ')]);
});
