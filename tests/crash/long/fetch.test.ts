import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { printedSeed, randomNumbers } from '../../support/random-numbers.ts';
import { commandFile, startNode } from '../../support/run-process.ts';
import { simulatedWarehouse } from '../../support/simulated-warehouse.ts';
import { type StandInHost, standInHost } from '../../support/stand-in-host.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const killsInAll = 200;
const paceSeconds = 0.1;

const folder = tempFolder('killed-fetch');
const seed = printedSeed('a fetch killed at random times');
const random = randomNumbers(seed);

let host: StandInHost;
/** How long a fetch takes that nobody disturbs. */
let wholeMs: number;
/** What it brings: place → answer. */
let whole: ReadonlyMap<string, string>;

beforeAll(async () => {
  host = await standInHost((await simulatedWarehouse(folder)).files);
  // The second one finds the host warm, as all that are killed do.
  await life('first').ended;
  const startedMs = performance.now();
  const { exitCode, stderr } = await life('whole').ended;
  wholeMs = performance.now() - startedMs;
  expect([exitCode, stderr]).toEqual([0, '']);
  whole = answersIn('whole');
  expect(whole.size).toBe(9);
});

afterAll(() => host.close());

/** Fetches four days into a folder, or what it lacks of them. */
function life(into: string) {
  const days = ['--start-date', '2023-11-08', '--end-date', '2023-11-11'];
  const on = ['--into', join(folder, into), '--stats-url', host.url, '--pace', `${paceSeconds}`];
  return startNode(commandFile, ['fetch', ...days, ...on]);
}

/** Each answer in a folder; one that is torn does not unpack, or is no JSON. */
function answersIn(into: string): ReadonlyMap<string, string> {
  const place = join(folder, into);
  if (!existsSync(place)) return new Map();
  const names = readdirSync(place, { recursive: true, encoding: 'utf8' }).sort();
  return new Map(
    names
      .filter((name) => name.endsWith('.json.gz'))
      .map((name) => {
        const { answer } = JSON.parse(gunzipSync(readFileSync(join(place, name))).toString());
        return [name, JSON.stringify(answer)];
      }),
  );
}

test(`${killsInAll} kills at random times: nothing torn, lost or asked for twice, and never too soon`, async () => {
  let kills = 0;
  let folders = 0;
  while (kills < killsInAll) {
    folders += 1;
    const into = `killed-${folders}`;
    for (let lives = 1; ; lives += 1) {
      const where = `folder ${folders}, life ${lives}, seed ${seed}`;
      const before = answersIn(into);
      const asked = host.requests.length;
      const running = life(into);
      const timer = setTimeout(() => running.kill('SIGKILL'), random() * wholeMs);
      const { signal, exitCode, stderr } = await running.ended;
      clearTimeout(timer);
      expect([where, signal === 'SIGKILL' || exitCode === 0, stderr]).toEqual([where, true, '']);
      const after = answersIn(into);
      for (const [name, answer] of after) expect([where, answer]).toEqual([where, whole.get(name)]);
      for (const name of before.keys()) expect([where, after.has(name)]).toEqual([where, true]);
      // What lies there is asked for no more.
      const twice = host.requests.slice(asked).filter(({ about }) => {
        const [kind, date] = about.split(' ');
        return [...before.keys()].some(
          (name) => name.startsWith(`${kind}/`) && name.includes(`${date}`),
        );
      });
      expect([where, twice.map(({ about }) => about)]).toEqual([where, []]);
      if (signal !== 'SIGKILL') break;
      kills += 1;
    }
    expect(answersIn(into)).toEqual(whole);
    const left = readdirSync(join(folder, into)).sort();
    expect(left).toEqual(['fetch.json', 'logs', 'pace.json', 'schedule', 'shots']);
  }
  const times = host.requests.map(({ atMs }) => atMs);
  // Each folder has a pace of its own, and the first request of one may come right after the last of another.
  const soonest = times.slice(1).map((at, index) => at - (times[index] ?? 0));
  const tooSoon = soonest.filter((gap, index) => gap < paceSeconds * 1000 && !isFirst(index + 1));
  expect(tooSoon).toEqual([]);
  process.stderr.write(`a fetch killed ${kills} times, in ${folders} folders\n`);
});

/** TRUE for the first request into a folder, which is for a schedule. */
function isFirst(index: number): boolean {
  return host.requests[index]?.endpoint === 'scheduleleaguev2';
}
