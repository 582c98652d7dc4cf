import { readdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** The folder may be another machine's as well, and a number of a process means something on one alone. */
const host = hostname()
  .replaceAll(/[^\w.-]/g, '_')
  .slice(0, 40);

const owner = /[.-](\d+)@([\w.-]+?)(-\w{6})?$/;

let given = 0;

/**
 * A name that no other process uses and that says whose it is.
 * @param start what it begins with, up to a `-`.
 */
export function ownName(start: string): string {
  given += 1;
  return `${start}${process.pid}@${host}-${given.toString(36).padStart(6, '0')}`;
}

/** What {@link ownName} makes without its end, for a folder whose end the system makes up. */
export function ownPrefix(start: string): string {
  return `${start}${process.pid}@${host}-`;
}

/**
 * Removes what processes that are gone have left in a folder under names of their own.
 * @param start only names that begin with it.
 */
export function removeLeftovers(folder: string, start: string): void {
  for (const name of namesIn(folder)) {
    const [, pid, itsHost] = (name.startsWith(start) && owner.exec(name)) || [];
    if (pid === undefined || itsHost !== host || isRunning(Number(pid))) continue;
    try {
      rmSync(join(folder, name), { recursive: true, force: true });
    } catch {
      // What cannot be removed belongs to another user, and may stay.
    }
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** TRUE while a process of this machine is there. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
