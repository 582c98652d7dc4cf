import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type GameDate, gameDate } from '../calendar/game-date.ts';
import type { Clock } from '../world/run-engine.ts';
import type { Surroundings } from './surroundings.ts';

let easternDay: Intl.DateTimeFormat | undefined;

/** The day in US Eastern. */
function today(): GameDate {
  // Reading the rules of a time zone takes longer than most of what a command does before it is asked.
  easternDay ??= new Intl.DateTimeFormat('en-CA', {
    timeZone: 'America/New_York',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return gameDate(easternDay.format(new Date()));
}

/** The real time. */
export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  today,
  elapsedMs: () => performance.now(),
};

/** Who works here, with which version of Backcourt. */
export function thisProcess(): Pick<
  Surroundings,
  'who' | 'host' | 'pid' | 'packageVersion' | 'randomHex'
> {
  const host = hostname();
  return {
    who: `${userName()}@${host}`,
    host,
    pid: process.pid,
    packageVersion: readPackageVersion(),
    randomHex: () => randomBytes(3).toString('hex'),
  };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}

/** The folder of the package, found from the sources as well as from both of their compiled forms. */
export function packageRoot(): string | undefined {
  return readManifest()?.root;
}

function readPackageVersion(): string {
  return readManifest()?.version ?? '0.0.0';
}

function readManifest(): { readonly root: string; readonly version: string } | undefined {
  for (const up of ['../../', '../../../', '../../../../']) {
    try {
      const text = readFileSync(new URL(`${up}package.json`, import.meta.url), 'utf8');
      const { name, version }: { readonly name?: string; readonly version?: string } =
        JSON.parse(text);
      if (name === 'backcourt' && version) {
        return { root: fileURLToPath(new URL(up, import.meta.url)), version };
      }
    } catch {
      // The package is not at this place, so the other one is tried.
    }
  }
  return undefined;
}
