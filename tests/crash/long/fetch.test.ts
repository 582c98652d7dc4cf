import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { printedSeed, randomNumbers } from '../../support/random-numbers.ts';
import { commandFile, type Running, repositoryRoot, startNode } from '../../support/run-process.ts';
import { simulatedWarehouse } from '../../support/simulated-warehouse.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { killsOf } from '../kills-of.ts';

const killsInAll = killsOf(200);
/** Fetches that are killed at the same time, each into folders of its own: they mostly wait. */
const chains = 4;
const paceSeconds = 0.1;

const folder = tempFolder('killed-fetch');
const seed = printedSeed('a fetch killed at random times');
const random = randomNumbers(seed);

/** The host, in a process of its own. */
let host: Running;
let url: string;
/** How long a fetch takes that nobody disturbs. */
let wholeMs: number;
/** What it brings: place → answer. */
let whole: ReadonlyMap<string, string>;

beforeAll(async () => {
  const { files } = await simulatedWarehouse(folder);
  host = startNode(join(repositoryRoot, 'tests/crash/serve-stand-in.ts'), files);
  await host.says('/stats\n');
  [url = ''] = host.stdout().split('\n');
  // The second one finds the host warm, as all that are killed do.
  await life('first', 0).ended;
  const startedMs = performance.now();
  const { exitCode, stderr } = await life('whole', 0).ended;
  wholeMs = performance.now() - startedMs;
  expect([exitCode, stderr]).toEqual([0, '']);
  whole = answersIn('whole');
  expect(whole.size).toBe(9);
});

afterAll(async () => {
  host.kill('SIGTERM');
  await host.ended;
});

/** Fetches four days into a folder, or what it lacks of them. @param chain which its requests tell. */
function life(into: string, chain: number) {
  const days = ['--start-date', '2023-11-08', '--end-date', '2023-11-11'];
  const on = [
    '--into',
    join(folder, into),
    '--stats-url',
    url,
    '--pace',
    `${paceSeconds}`,
    '--header',
    `x-chain: ${chain}`,
  ];
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

interface Request {
  readonly atMs: number;
  readonly about: string;
  readonly chain: number;
}

const requestsOf = (chain: number): readonly Request[] =>
  host
    .stdout()
    .split('\n')
    .slice(1, -1)
    .map((line) => JSON.parse(line))
    .filter((request: Request) => request.chain === chain);

/** Fetches, and is killed, until it was killed so often. @returns how many folders that took. */
async function killed(chain: number, most: number): Promise<number> {
  let kills = 0;
  for (let folders = 1; ; folders += 1) {
    const into = `killed-${chain}-${folders}`;
    const first = requestsOf(chain).length;
    for (let lives = 1; ; lives += 1) {
      const where = `chain ${chain}, folder ${folders}, life ${lives}, seed ${seed}`;
      const before = answersIn(into);
      const asked = requestsOf(chain).length;
      const running = life(into, chain);
      // Four at once are slower than one: some must come through, and the last one does.
      const afterMs = random() * 3 * wholeMs;
      const timer = setTimeout(() => kills < most && running.kill('SIGKILL'), afterMs);
      const { signal, exitCode, stderr } = await running.ended;
      clearTimeout(timer);
      expect([where, signal === 'SIGKILL' || exitCode === 0, stderr]).toEqual([where, true, '']);
      const after = answersIn(into);
      for (const [name, answer] of after) expect([where, answer]).toEqual([where, whole.get(name)]);
      for (const name of before.keys()) expect([where, after.has(name)]).toEqual([where, true]);
      // What lies there is asked for no more.
      const twice = requestsOf(chain)
        .slice(asked)
        .filter(({ about }) => {
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
    const times = requestsOf(chain)
      .slice(first)
      .map(({ atMs }) => atMs);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(gaps.filter((gap) => gap < paceSeconds * 1000)).toEqual([]);
    if (kills >= most) return folders;
  }
}

test(`${killsInAll} kills at random times: nothing torn, lost or asked for twice, and never too soon`, async () => {
  const own = Array.from({ length: chains }, (_, index) => index + 1);
  const folders = await Promise.all(own.map((chain) => killed(chain, killsInAll / chains)));
  process.stderr.write(`a fetch killed ${killsInAll} times, in ${folders.join(' + ')} folders\n`);
}, 1_800_000);
