import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';

/** A file system of its own, as large as it is said to be. */
export interface SmallDisk {
  readonly folder: string;
  resize(bytes: number): void;
}

function mount(...args: readonly string[]): boolean {
  return spawnSync('mount', args, { stdio: 'ignore' }).status === 0;
}

/** Mounts a small disk at `folder` for the time of `work`; `false` where nothing may be mounted. */
export async function withSmallDisk(
  folder: string,
  bytes: number,
  work: (disk: SmallDisk) => Promise<void>,
): Promise<boolean> {
  mkdirSync(folder);
  try {
    if (!mount('-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder)) return false;
    try {
      await work({
        folder,
        resize: (more) => {
          if (!mount('-o', `remount,size=${more}`, folder)) throw new Error('cannot be resized');
        },
      });
      return true;
    } finally {
      spawnSync('umount', [folder], { stdio: 'ignore' });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
