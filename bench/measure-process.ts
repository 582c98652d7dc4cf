import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Measurement } from './measurement.ts';

/**
 * Node tells nothing of what a child has used, so the child tells it itself when it leaves. As a
 * text and not a file, for a file in TypeScript would take the time of being stripped.
 */
const reportUsage = `data:text/javascript,${encodeURIComponent(`
import { writeFileSync } from 'node:fs';
process.on('exit', () => {
  writeFileSync(process.env.BENCH_USAGE, JSON.stringify(process.resourceUsage()));
});`)}`;

export interface NodeProcess {
  /** File and arguments for Node. */
  readonly args: readonly string[];
  /** An existing folder to work in. */
  readonly folder: string;
  /** Exit codes that are right; 0 unless given. */
  readonly exitCodes?: readonly number[];
}

/** Where processes that work in a folder have their temporary files. */
export function temporaryFiles(folder: string): string {
  return join(folder, 'tmp');
}

/**
 * Runs Node to its end and tells what it has taken, from its start to its exit.
 * @throws when it exits with another code, with the end of what it wrote.
 */
export async function measureProcess(request: NodeProcess): Promise<Measurement> {
  const { args, folder, exitCodes = [0] } = request;
  const usageFile = join(folder, `usage-${process.pid}.json`);
  const temporary = temporaryFiles(folder);
  mkdirSync(temporary, { recursive: true });
  const startedMs = performance.now();
  const child = spawn(process.execPath, ['--import', reportUsage, ...args], {
    cwd: folder,
    env: { ...process.env, BENCH_USAGE: usageFile, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let tail = '';
  const keep = (chunk: Buffer) => {
    tail = (tail + chunk.toString()).slice(-2000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const exit = await new Promise<{ readonly code: number | null; readonly endedMs: number }>(
    (resolve, reject) => {
      let endedMs = 0;
      child.on('error', reject);
      child.on('exit', () => {
        endedMs = performance.now();
      });
      child.on('close', (code) => resolve({ code, endedMs }));
    },
  );
  if (!exitCodes.includes(exit.code ?? -1)) {
    throw new Error(`${args.join(' ')} ended with ${exit.code}:\n${tail}`);
  }
  const usage: NodeJS.ResourceUsage = JSON.parse(readFileSync(usageFile, 'utf8'));
  rmSync(usageFile);
  return {
    wallSeconds: (exit.endedMs - startedMs) / 1000,
    cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1_000_000,
    peakMiB: usage.maxRSS / 1024,
  };
}
