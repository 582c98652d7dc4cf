import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
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

/** The version in package.json, found from the sources as well as from both of their compiled forms. */
function readPackageVersion(): string {
  for (const path of ['../../', '../../../', '../../../../'].map((up) => `${up}package.json`)) {
    try {
      const text = readFileSync(new URL(path, import.meta.url), 'utf8');
      const manifest: { readonly name?: string; readonly version?: string } = JSON.parse(text);
      if (manifest.name === 'backcourt' && manifest.version) return manifest.version;
    } catch {
      // The package is not at this place, so the other one is tried.
    }
  }
  return '0.0.0';
}
