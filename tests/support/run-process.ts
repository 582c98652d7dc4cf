import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { linesOf } from './lines.ts';

export const repositoryRoot = resolve(import.meta.dirname, '../..');
export const commandFile = resolve(repositoryRoot, 'bin/backcourt.js');

/** The file a person runs to fill one table. */
export function jobFile(phase: 'analytics' | 'precompute', table: string): string {
  return resolve(repositoryRoot, `backfill_jobs/${phase}/${table}/${table}_${phase}_backfill.ts`);
}

export interface Ended {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly lines: readonly string[];
}

export interface Running {
  readonly pid: number;
  /** What it has said so far. */
  stdout(): string;
  /** Resolves when stdout has shown `text`. */
  says(text: string): Promise<void>;
  /** Resolves when stderr has shown `text`. */
  complains(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** Lets a process end that waits for its stdin to close. */
  closeStdin(): void;
  readonly ended: Promise<Ended>;
}

interface Surroundings {
  /** The folder it is started in; the root of the repository unless given. */
  readonly cwd?: string;
  /** Variables that are added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** A module that is loaded before the script. */
  readonly preload?: string;
  /** Runs as this user and group instead of as root. */
  readonly userId?: number | undefined;
  /** No file may grow beyond so many bytes: what a full disk looks like where none can be mounted. */
  readonly mostFileBytes?: number | undefined;
}

/** Starts a script with this very Node. */
export function startNode(
  script: string,
  args: readonly string[],
  surroundings: Surroundings = {},
): Running {
  const { preload, mostFileBytes } = surroundings;
  const before = preload === undefined ? [] : ['--import', pathToFileURL(preload).href];
  const words = [...before, script, ...args];
  if (mostFileBytes === undefined) return start(process.execPath, words, false, surroundings);
  // The signal that comes with the limit would kill; ignored, the write fails as on a full disk.
  const limit = `trap '' XFSZ; ulimit -f ${Math.floor(mostFileBytes / 1024)}; exec "$0" "$@"`;
  return start('bash', ['-c', limit, process.execPath, ...words], false, surroundings);
}

/** Starts a script with this very Node and waits for its end. */
export function runNode(
  script: string,
  args: readonly string[],
  surroundings: Surroundings = {},
): Promise<Ended> {
  return startNode(script, args, surroundings).ended;
}

/** What pasting a line into a shell does. */
export function runShellLine(line: string): Promise<Ended> {
  return start(line, [], true).ended;
}

/**
 * What pasting lines into a shell of one's own does, where nothing but the system is in the PATH; at the first line that
 * fails it ends. A signal reaches all that was started.
 */
export function startShell(
  lines: string,
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Running {
  const places = process.env['PATH']?.split(':').filter((place) => !place.includes('node_modules'));
  const words = ['600', 'bash', '-euo', 'pipefail', '-c', lines];
  return start('timeout', words, false, { cwd, env: { PATH: places?.join(':') ?? '', ...env } });
}

function start(
  command: string,
  args: readonly string[],
  shell: boolean,
  { cwd = repositoryRoot, env = {}, userId }: Surroundings = {},
): Running {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    shell,
    stdio: 'pipe',
    ...(userId !== undefined && { uid: userId, gid: userId }),
  });
  let stdout = '';
  let stderr = '';
  const waiting: (() => void)[] = [];
  const heard = () => {
    for (const look of waiting) look();
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    heard();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    heard();
  });
  const ended = new Promise<Ended>((resolveEnd, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode, signal) =>
      resolveEnd({ exitCode, signal, stdout, stderr, lines: linesOf(stdout) }),
    );
  });
  const shown = (text: string, output: () => string) =>
    Promise.race([
      new Promise<void>((resolveText) => {
        const look = () => {
          if (output().includes(text)) resolveText();
        };
        waiting.push(look);
        look();
      }),
      ended.then((end) => {
        if (!output().includes(text)) {
          throw new Error(`ended with ${end.exitCode} without saying "${text}": ${end.stderr}`);
        }
      }),
    ]);
  return {
    pid: child.pid ?? 0,
    stdout: () => stdout,
    says: (text) => shown(text, () => stdout),
    complains: (text) => shown(text, () => stderr),
    kill: (signal) => void child.kill(signal),
    closeStdin: () => void child.stdin.end(),
    ended,
  };
}
