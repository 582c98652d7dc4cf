import {
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { isRunning, ownName } from '../warehouse/own-names.ts';
import { HeldWarehouse, WarehouseError } from '../warehouse/warehouse.ts';
import { lockStart, writing } from './answers-folder.ts';
import type { FetchClock } from './fetch-clock.ts';

/** The right to ask and to write, of one process at a time. */
export interface FolderLock {
  /**
   * Says that the process is still at work.
   * @throws HeldWarehouse when another one has taken over; WarehouseError `surroundings` when the folder is gone.
   */
  touch(): void;
  release(): void;
}

/** Who holds a folder. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
}

/** What this very process holds: a number of a process that is the own one is else that of a predecessor. */
const heldHere = new Set<string>();

/** Longer than any wait between two requests: a holder that was silent for so long is gone. */
const silentMs = 900_000;

/** Who takes over looks again after so long whether another one has done the same at the same time. */
const settleMs = 100;

const retryMs = 200;

/**
 * Takes the folder, or waits for whoever has it. A holder of this machine that is gone is replaced at once, one of
 * another machine when it has been silent for 15 minutes.
 * @throws HeldWarehouse when another process has it still after `waitSeconds`, or when nobody waits any more.
 */
export async function lockFolder(
  folder: string,
  holder: Holder,
  clock: FetchClock,
  waitSeconds: number,
  stop: AbortSignal,
): Promise<FolderLock> {
  const path = join(folder, 'fetch.lock');
  const own = `${JSON.stringify({ ...holder, mark: ownName('') })}\n`;
  const waitedFrom = clock.elapsedMs();
  for (;;) {
    if (writing(folder, () => tryTake(folder, path, own))) break;
    const other = readHolder(path);
    if (other === undefined) continue;
    if (isGone(other, holder, path, clock)) {
      writing(folder, () => replaceBy(folder, path, own));
      await clock.sleep(settleMs);
      if (readText(path) === own) break;
      continue;
    }
    if (stop.aborted || clock.elapsedMs() - waitedFrom >= waitSeconds * 1000) {
      throw new HeldWarehouse(folder, `process ${other.pid} on ${other.host}`);
    }
    await clock.sleep(retryMs, stop);
  }
  heldHere.add(path);
  return {
    touch: () => {
      const text = readText(path);
      if (text === undefined) {
        throw new WarehouseError(
          'surroundings',
          `"${path}" has been taken away while it was needed`,
        );
      }
      if (text !== own) throw new HeldWarehouse(folder, 'another process that took over');
      const seconds = clock.wallMs() / 1000;
      utimesSync(path, seconds, seconds);
    },
    release: () => {
      heldHere.delete(path);
      if (readText(path) === own) rmSync(path, { force: true });
    },
  };
}

/** Codes by which a file system says that it knows no links, as those of buckets do. */
const linkless = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/** A link is there with its content or not at all, and never in the place of another. */
function tryTake(folder: string, path: string, own: string): boolean {
  const written = writeOwn(folder, own);
  try {
    try {
      linkSync(written, path);
    } catch (error) {
      if (!linkless.includes(codeOf(error))) throw error;
      writeFileSync(path, own, { flag: 'wx' });
    }
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(written, { force: true });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function replaceBy(folder: string, path: string, own: string): void {
  renameSync(writeOwn(folder, own), path);
}

function writeOwn(folder: string, own: string): string {
  const written = ownName(join(folder, lockStart));
  writeFileSync(written, own);
  return written;
}

function isGone(other: Holder, holder: Holder, path: string, clock: FetchClock): boolean {
  if (other.host === holder.host) {
    const isOwn = other.pid === holder.pid;
    if (isOwn ? !heldHere.has(path) : !isRunning(other.pid)) return true;
  }
  const touchedMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return touchedMs !== undefined && clock.wallMs() - touchedMs > silentMs;
}

/** @returns nothing when the lock was given back meanwhile. */
function readHolder(path: string): Holder | undefined {
  const text = readText(path);
  if (text === undefined) return undefined;
  try {
    const { pid = 0, host = '?' }: Partial<Holder> = JSON.parse(text);
    return { pid, host };
  } catch {
    return { pid: 0, host: '?' };
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
